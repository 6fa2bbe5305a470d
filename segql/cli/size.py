"""``segql size``: how many profiles are members of segments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from segql.cli.evaluating import catalog_of, instant_of
from segql.cli.extras import required
from segql.cli.failures import Failure
from segql.cli.inputs import paths_argument, read_selections, stop_on_errors
from segql.cli.profiles import STDIN, Reader, rereading

if TYPE_CHECKING:
    from segql.catalog import Catalog, Found
    from segql.sizing import Source
    from segql.sizing.asking import Asked
    from segql.workspace import Selection

_FORMATS = ("text", "json", "csv", "svg")


@click.command(name="size")
@paths_argument
@click.option(
    "--profiles",
    "files",
    multiple=True,
    type=click.Path(readable=False, path_type=Path),
    metavar="F",
    help="NDJSON, JSON, CSV or Parquet; - is standard input. May be repeated.  [default: the"
    " setting `profiles`]",
)
@click.option(
    "--profiles-format",
    type=click.Choice(["json", "csv", "parquet"]),
    help="What the files hold, where neither name nor content tells.",
)
@click.option("--overlap", is_flag=True, help="How many members each two segments share.")
@click.option("--funnel", is_flag=True, help="How many profiles are left after each phrase.")
@click.option(
    "--at",
    "dates",
    multiple=True,
    metavar="DATE",
    help="Date math counts from this instant; several make a history.",
)
@click.option("--now", metavar="DATE", help="The same, for one.  [default: the present]")
@click.option(
    "--catalog",
    "catalogs",
    multiple=True,
    type=click.Path(readable=False, path_type=Path),
    metavar="F",
    help="A catalog of fields; may be given several times.",
)
@click.option(
    "--output-format",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="svg is a picture of --overlap.",
)
def command(
    paths: tuple[Path, ...],
    stdin_filename: str | None,
    files: tuple[Path, ...],
    profiles_format: str | None,
    overlap: bool,
    funnel: bool,
    dates: tuple[str, ...],
    now: str | None,
    catalogs: tuple[Path, ...],
    output_format: str,
) -> None:
    """Print how many profiles are members of each segment of PATHS.

    All segments are counted at once, by DuckDB. INCLUDE is looked up in the workspace, types in its
    catalogs. No segment has more members than its LIMIT.
    """
    _require_sense(overlap, funnel, dates, now, output_format)
    instants = [cast("datetime", instant_of(date, "--at")) for date in dates]
    present = instant_of(now) or datetime.now(UTC).replace(microsecond=0)
    with required("sql"):
        from segql.sizing import reports
        from segql.sizing.asking import ask

        found: list[Asked] = []
        for selection in read_selections(paths, stdin_filename):
            stop_on_errors((file, file.diagnostics) for file in selection.files)
            if selection.segments:
                catalog = catalog_of(selection, catalogs)
                files_ = _Files(_paths(files, selection), profiles_format, catalog)
                asked = ask(
                    selection.segments,
                    selection.workspace,
                    catalog,
                    files_.sources(),
                    instants or [present],
                    with_overlap=overlap,
                    with_funnel=funnel,
                )
                files_.tell(asked)
                found.append(asked)
    if not found:
        raise Failure("there are no segments in these files", "write one, or name other files")
    for part in reports.RENDERERS[output_format](found):
        click.echo(part, nl=False)


def _require_sense(
    overlap: bool, funnel: bool, dates: Sequence[str], now: str | None, output_format: str
) -> None:
    if dates and (overlap or funnel):
        what = "--overlap" if overlap else "--funnel"
        raise Failure(f"--at and {what} do not go together", "write --now DATE in place of --at")
    if overlap and funnel:
        raise Failure("--overlap and --funnel do not go together", "ask one after the other")
    if dates and now:
        raise Failure("--at and --now say the same", "leave one of them out")
    if output_format == "svg" and not overlap:
        raise Failure("svg is a picture of --overlap", "add --overlap")


def _paths(files: Sequence[Path], selection: Selection) -> Sequence[Path]:
    """The files of profiles that are named, or those of the setting."""
    found = files or selection.config.profile_paths
    if not found:
        help = 'write --profiles F, or `profiles = ["people.ndjson"]` in segql.toml'
        raise Failure("there are no profiles to count", help)
    if [*map(str, found)].count(str(STDIN)) > 1:
        raise Failure("standard input (-) is asked for twice", "name a file for one of them")
    return found


class _Files:
    """Files of profiles, which are read by DuckDB or one by one, and what is wrong in them."""

    def __init__(self, paths: Sequence[Path], format: str | None, catalog: Catalog | None) -> None:
        self._paths, self._format = paths, cast("Any", format)
        self._catalog = catalog
        self._readers: dict[Path, Reader] = {}

    def sources(self) -> list[Source]:
        """Each file as it is asked. Raises ``OSError``."""
        from segql.profiles import format_of
        from segql.sizing import Source

        found: list[Source] = []
        for path in self._paths:
            read = self._reading(path)
            if path == STDIN:
                found.append(Source(None, None, read))
            else:
                format = format_of(path)
                found.append(Source(path, format and (self._format or format), read))
        return found

    def _reading(self, path: Path) -> Callable[[], Reader]:
        from segql.profiles import read_profiles

        def read(stream: Any, path: Path | None) -> Any:
            return read_profiles(stream, path, format=self._format, find=self._find)

        return rereading(path, read, self._readers)

    def _find(self, name: str) -> Found | None:
        return self._catalog.find(name) if self._catalog else None

    def tell(self, asked: Asked) -> None:
        """Print what could not be read, and what took longer. Raises `Failure`."""
        from segql.diagnostics.reports.text import visible

        for reader in self._readers.values():
            reader.tell()
        if not asked.total:
            names = ", ".join(visible(str(path)) for path in self._paths)
            help = "give one JSON object a line, a JSON list, CSV with a header, or Parquet"
            raise Failure(f"there is no profile in {names}", help)
        if asked.one_by_one:
            names = ", ".join(map(visible, asked.one_by_one))
            click.echo(f"segql: counted one by one, as SQL cannot say them: {names}", err=True)
