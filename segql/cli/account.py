"""How the commands reach an account: what the command line says of it, and the client for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

if TYPE_CHECKING:
    from segql.api import Attempt, Client, Credentials, Retry

F = TypeVar("F", bound=Callable[..., Any])
C = TypeVar("C", bound="Client")
_META = "segql.connection"


class Connection(NamedTuple):
    """What --retries, --timeout and --verbose say."""

    retries: int = 3
    timeout: float = 30
    verbose: bool = False

    @property
    def retry(self) -> Retry:
        """What is done about failures that may pass."""
        from segql.api import Retry

        return Retry(retries=self.retries)

    def open(self, kind: type[C], credentials: Credentials, *, is_patient: bool = True) -> C:
        """A client of a kind for an account; an impatient one repeats nothing."""
        from segql.api import NO_RETRIES

        return kind(
            credentials,
            timeout=self.timeout,
            retry=self.retry if is_patient else NO_RETRIES,
            report=_tell if self.verbose else None,
        )


def require_name(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> str | None:
    """Refuse an empty name: a variable that is not set must not lead to another account."""
    if value == "":
        raise click.BadParameter("The name is empty.")
    return value


def profile_option(command: F) -> F:
    """Add --profile."""
    return click.option(
        "--profile",
        metavar="NAME",
        callback=require_name,
        help="A profile of ~/.lytics/accounts.toml; without it the token is LYTICS_API_TOKEN.",
    )(command)


def connection_options(command: F) -> F:
    """Add --retries, --timeout and --verbose: `connection` knows them while the command runs."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def connection() -> Connection:
    """What the command line says about requests."""
    return Connection(**click.get_current_context().meta.get(_META, {}))


def connect(profile: str | None, *, is_patient: bool = True) -> Client:
    """A client for an account. Raises ``CredentialsError``."""
    from segql.api import Client  # the HTTP library takes long to import

    return connection().open(Client, account(profile), is_patient=is_patient)


def account(profile: str | None) -> Credentials:
    """The url and token of a profile or of the environment. Raises ``CredentialsError``."""
    from segql.api import load_credentials

    return load_credentials(os.environ, profile)


def _keep(context: click.Context, option: click.Parameter, value: object) -> None:
    context.meta.setdefault(_META, {})[option.name] = value


_option = partial(click.option, expose_value=False, callback=_keep)
_OPTIONS = (
    _option(
        "--retries",
        type=click.IntRange(0, 100),
        default=Connection().retries,
        show_default=True,
        envvar="SEGQL_RETRIES",
        help="How often a failure that may pass is tried again, where that is safe.",
    ),
    _option(
        "--timeout",
        type=click.FloatRange(0, 3600, min_open=True),
        default=Connection().timeout,
        show_default=True,
        metavar="SECONDS",
        help="How long to wait for a connection, and for each piece of an answer.",
    ),
    _option(
        "-v",
        "--verbose",
        is_flag=True,
        help="Print each request to standard error.",
    ),
)


def _tell(attempt: Attempt) -> None:
    from segql.diagnostics.reports.text import visible

    click.echo(visible(attempt.line()), err=True)
