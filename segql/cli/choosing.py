"""Which segments of an account a command is about: all, or those of --only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from segql.cli.failures import Failure
from segql.workspace.environments import matches

if TYPE_CHECKING:
    from segql.api import Segment as RemoteSegment

F = TypeVar("F", bound=Callable[..., Any])


def only_option(command: F) -> F:
    """Add --only."""
    return click.option(
        "--only",
        multiple=True,
        metavar="SLUG",
        help="A segment, or a pattern such as vip*; may be given several times.  [default: all]",
    )(command)


def slug_or_id(remote: RemoteSegment) -> str:
    """The slug; of a segment that has none, its id."""
    return (remote.slug_name or remote.id).lower()


def chosen(remotes: Sequence[RemoteSegment], only: Sequence[str]) -> list[RemoteSegment]:
    """The segments of --only. Raises `Failure` for a pattern that none has."""
    if not only:
        return [*remotes]
    found = {pattern: _matching(remotes, pattern) for pattern in only}
    for pattern, matching in found.items():
        if not matching:
            raise Failure(f"the account has no segment `{pattern}`", "")
    ids = set[str]().union(*found.values())
    return [remote for remote in remotes if remote.id in ids]


def _matching(remotes: Sequence[RemoteSegment], pattern: str) -> set[str]:
    return {remote.id for remote in remotes if matches(slug_or_id(remote), pattern)}
