"""``segql sync``: bring one account to what another holds."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from segql.cli.account import account, connection, connection_options, require_name
from segql.cli.applying import Place, Report, confirm, go_on, stop_on, tell
from segql.cli.choosing import chosen, only_option
from segql.cli.environments import CHANGES_PENDING
from segql.cli.failures import CANNOT_RUN, FINDINGS, Failure
from segql.cli.streams import is_terminal, wants_colour
from segql.workspace import Config, Environment, config_for

if TYPE_CHECKING:
    from segql.api import Client, Credentials
    from segql.deploy.plan import Plan


@click.command(name="sync")
@click.argument("source", callback=require_name)
@click.argument("target", callback=require_name)
@only_option
@connection_options
@click.option("--dry-run", is_flag=True, help="Show what would be done; exit with 3 if anything.")
@click.option("--auto-approve", is_flag=True, help="Do not ask before the first write.")
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def command(
    source: str,
    target: str,
    only: tuple[str, ...],
    dry_run: bool,
    auto_approve: bool,
    output_format: str,
) -> None:
    """Bring the account TARGET to what the account SOURCE holds; nothing is deleted.

    Both are environments of the configuration, or profiles of ~/.lytics/accounts.toml. Segments
    are found by their slug, and INCLUDE of an id names the slug instead. What the environment
    TARGET protects stays as it is.

    All is written as `segql apply` writes. When it is interrupted, another call does the rest.

    Exit codes: 0 TARGET holds it, 1 something cannot be copied or the API refuses, 2 the command
    could not run, 3 there are changes (--dry-run).
    """
    if not (dry_run or auto_approve or is_terminal(sys.stdin, sys.stderr)):
        raise Failure("there is no terminal to ask on", "add --auto-approve")
    config = config_for(Path())
    config.require()
    ends = _End.of(config, source), _End.of(config, target)
    if ends[0].credentials == ends[1].credentials:
        raise Failure(f"`{source}` and `{target}` are the same account", "name two")
    with ExitStack() as stack:
        asking = [stack.enter_context(end.client(is_patient=True)) for end in ends]
        if dry_run:
            plan, is_whole = _planned(ends, asking, only)
            _show(plan, output_format)
            sys.exit(0 if plan.is_empty and is_whole else CHANGES_PENDING)
        place = Place(config, target, source)
        place.make()
        stack.enter_context(place.alone())
        plan, is_whole = _planned(ends, asking, only)
        place.journal.unlink(missing_ok=True)  # this plan was made from what is there by now
        _stop_on_problems(asking[1], plan)
        if plan.writes:
            confirm(plan, auto_approve)
            writing = stack.enter_context(ends[1].client(is_patient=False))
            _carry_out(plan, asking[1], writing, output_format, place)
        else:
            Report(plan, output_format).end()
    if not is_whole:
        sys.exit(FINDINGS)


class _End(NamedTuple):
    """One of the two accounts."""

    name: str
    environment: Environment
    credentials: Credentials

    @classmethod
    def of(cls, config: Config, name: str) -> _End:
        """The environment of a name, else the profile. Raises ``CredentialsError``."""
        known = {environment.name: environment for environment in config.env}
        environment = known.get(name, Environment(profile=name))
        return cls(name, environment, account(environment.profile))

    def client(self, *, is_patient: bool) -> Client:
        """A client that repeats what may have failed for a moment, or one that repeats nothing."""
        from segql.api import Client

        return connection().open(Client, self.credentials, is_patient=is_patient)


def _planned(
    ends: tuple[_End, _End], clients: list[Client], only: tuple[str, ...]
) -> tuple[Plan, bool]:
    """The plan, and whether all that was asked for is in it; what is not is told."""
    from segql.deploy.planning import list_remotes, make_plan
    from segql.deploy.syncing import copies_of

    (source, target), (asked, written) = ends, clients
    theirs = list_remotes(asked, [])
    copies = copies_of(
        theirs,
        source.name,
        wanted=chosen(theirs, only),
        owner_tag=source.environment.owner_tag,
    )
    tell(copies.left)
    remotes = list_remotes(written, copies.segments, target.environment)
    url = target.credentials.url
    plan = make_plan(copies.segments, remotes, url=url, env=target.environment)
    return plan, not copies.left


def _stop_on_problems(client: Client, plan: Plan) -> None:
    """Exit where something cannot be written, before anything is."""
    from segql.deploy.applying import refusals

    blocked = [(c.slug, c.reason) for c in plan.changes if c.action == "blocked"]
    refused = [(each.change.slug, each.reason) for each in refusals(client, plan)]
    stop_on([*blocked, *refused], CANNOT_RUN if blocked else FINDINGS)


def _show(plan: Plan, output_format: str) -> None:
    from segql.deploy.reports import json, text

    is_json = output_format == "json"
    shown = json.render(plan) if is_json else text.render(plan, wants_colour(sys.stdout))
    click.echo(shown, nl=False)


def _carry_out(
    plan: Plan, asking: Client, writing: Client, output_format: str, place: Place
) -> None:
    from segql.deploy.journal import start

    go_on(asking, writing, start(place.journal, plan), output_format, place)
