"""The sizes in a plan: where they come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from segql.catalog import Catalog
from segql.cli.environments import Wanted
from segql.cli.evaluating import catalog_of
from segql.cli.extras import required
from segql.cli.failures import Failure
from segql.cli.profiles import Reader, rereading

if TYPE_CHECKING:
    from segql.api import Client
    from segql.api import Segment as RemoteSegment
    from segql.deploy.plan import Plan
    from segql.profiles import Profiles
    from segql.sizing import Source

_FEW = 2  # questions that nobody has to be told of


def no_sizes(plan: Plan, wanted: Wanted, remotes: Sequence[RemoteSegment], client: Client) -> Plan:
    """The plan as it is."""
    return plan


def local_sizes(
    plan: Plan, wanted: Wanted, remotes: Sequence[RemoteSegment], client: Client
) -> Plan:
    """Count on the profiles of the configuration. Raises `Failure`, ``OSError``."""
    selection = wanted.selections[0]
    if len(wanted.selections) > 1:
        raise Failure("--sizes profiles counts in one workspace", "name files of one")
    if not selection.config.profile_paths:
        help = 'write `profiles = ["people.ndjson"]` in segql.toml'
        raise Failure("there are no profiles to count", help)
    catalog = catalog_of(selection, ()) or Catalog()
    readers: dict[Path, Reader] = {}
    with required("sql"):
        from segql.deploy.sizes import with_local_sizes

        sources = [_source(path, catalog, readers) for path in selection.config.profile_paths]
        now = datetime.now(UTC).replace(microsecond=0)
        sized = with_local_sizes(plan, wanted.segments, remotes, sources, catalog, now)
    for reader in readers.values():
        reader.tell()
    return sized


def account_sizes(
    plan: Plan, wanted: Wanted, remotes: Sequence[RemoteSegment], client: Client
) -> Plan:
    """Ask the API. Raises ``ApiError``."""
    from segql.deploy.sizes import with_account_sizes

    return with_account_sizes(plan, client, _tell)


# What --sizes can be.
COUNTERS: dict[str, Callable[[Plan, Wanted, Sequence[RemoteSegment], Client], Plan]] = {
    "none": no_sizes,
    "profiles": local_sizes,
    "account": account_sizes,
}


def _tell(questions: int) -> None:
    if questions > _FEW:
        minutes = f"{questions / 6:.0f} minutes" if questions > 9 else "a minute or two"
        line = f"segql: asking for {questions} sizes, one in ten seconds: this takes {minutes}"
        click.echo(line, err=True)


def _source(path: Path, catalog: Catalog, readers: dict[Path, Reader]) -> Source:
    from segql.profiles import format_of, read_profiles
    from segql.sizing import Source

    def read_stream(stream: BinaryIO, path: Path | None) -> Profiles:
        return read_profiles(stream, path, find=catalog.find)

    return Source(path, format_of(path), rereading(path, read_stream, readers))
