"""What the commands that run segments on profiles have in common."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from segql.cli.failures import CANNOT_RUN, FINDINGS, Failure
from segql.cli.inputs import errors_in, read_selections, report
from segql.cli.profiles import STDIN, Reader
from segql.diagnostics import did_you_mean

if TYPE_CHECKING:
    from segql.catalog import Catalog, Found
    from segql.evaluator import Predicate
    from segql.profiles import Profiles
    from segql.workspace import Segment, Selection, Workspace

F = TypeVar("F", bound=Callable[..., Any])
_MOST_NAMED = 5  # segments, in a message


def evaluating_options(command: F) -> F:
    """Add SEGMENT, and how profiles are read and compared."""
    path = click.Path(readable=False, path_type=Path)
    for add in (
        click.option(
            "--now",
            metavar="DATE",
            help="The instant that date math counts from.  [default: the present]",
        ),
        click.option(
            "--catalog",
            "catalogs",
            multiple=True,
            type=path,
            metavar="F",
            help="A catalog of fields; may be given several times.",
        ),
        click.option(
            "--profiles-format",
            type=click.Choice(["json", "csv", "parquet"]),
            help="What the files hold, where neither name nor content tells.",
        ),
        click.argument("segment"),
    ):
        command = add(command)
    return command


class Question(NamedTuple):
    """A segment, ready to be asked about profiles."""

    segment: Segment
    workspace: Workspace  # in which INCLUDE looks
    predicate: Predicate
    catalog: Catalog | None
    table: str

    @property
    def name(self) -> str:
        """What people call the segment."""
        return self.segment.slug or self.segment.file.source.path or "the segment"

    def reader(self, path: Path, format: Any) -> Reader:
        """The profiles of a file, with the types of their table."""
        from segql.profiles import read_profiles

        def read(stream: Any, path: Path | None) -> Profiles:
            return read_profiles(stream, path, format=format, find=self._field)

        return Reader(path, read)

    def _field(self, name: str) -> Found | None:
        return self.catalog.find(name, self.table) if self.catalog else None


def question(asked: str, catalogs: Sequence[Path], now: str | None) -> Question:
    """The segment that is asked for, with its workspace and the catalogs of it.

    Exits where it, or one that it includes, was not understood. Raises `Failure`.
    """
    from segql.catalog import DEFAULT_TABLE
    from segql.evaluator import compile_predicate

    instant = instant_of(now)
    segment, selection = _find(asked)
    _stop_on_broken(segment, selection)
    catalog = catalog_of(selection, catalogs)
    workspace = selection.workspace

    def included(slug: str) -> Any:
        found = workspace.find(slug)
        return found.statement if found else None

    statement = segment.statement
    predicate = compile_predicate(statement, types=catalog, now=instant, includes=included)
    return Question(segment, workspace, predicate, catalog, statement.table or DEFAULT_TABLE)


def check_stdin(asked: str, paths: Iterable[Path]) -> None:
    """Standard input can be read once."""
    if [asked, *map(str, paths)].count(str(STDIN)) > 1:
        raise Failure("standard input (-) is asked for twice", "name a file for one of them")


def instant_of(text: str | None, option: str = "--now") -> datetime | None:
    """The value of an option that is a date. Raises `Failure`."""
    from segql.catalog.dates import parse_date

    if text is None:
        return None
    found = parse_date(text)
    if found is None:
        help = "write one such as 2026-01-31 or 2026-01-31T12:00:00Z"
        raise Failure(f"{option}: `{text}` is no date", help)
    return found


# ---- Segments ---------------------------------------------------------------------------


def _find(asked: str) -> tuple[Segment, Selection]:
    """A segment by its file (``-`` is standard input), by ``FILE#ALIAS``, or by its alias."""
    if asked == str(STDIN) or _is_file(asked):
        return _in_file(asked, None)
    file, mark, alias = asked.rpartition("#")
    return _in_file(file, alias) if mark else _in_workspace(asked)


def _is_file(name: str) -> bool:
    return name.endswith(".segql") or Path(name).is_file()


def _in_file(file: str, alias: str | None) -> tuple[Segment, Selection]:
    (selection,) = read_selections([Path(file)], None)
    segments = selection.segments
    if alias is not None:
        found = next((s for s in segments if s.slug == alias.lower()), None)
        return found or _unknown(alias, file, segments), selection
    if len(segments) == 1:
        return segments[0], selection
    if not segments:
        _stop(selection.files)
        raise Failure(f"there is no segment in {file}", "write one, or name another file")
    slugs = [segment.slug for segment in segments if segment.slug]
    named = ", ".join(f"{file}#{slug}" for slug in slugs[:_MOST_NAMED])
    more = ", ..." if len(slugs) > _MOST_NAMED else ""
    help = f"name one of them: {named}{more}" if slugs else "give them aliases, and name one"
    raise Failure(f"there are {len(segments)} segments in {file}", help)


def _in_workspace(alias: str) -> tuple[Segment, Selection]:
    selections = read_selections([], None)
    for selection in selections:
        found = selection.workspace.find(alias)
        if found:
            return found, selection
    segments = [s for selection in selections for s in selection.workspace.segments]
    return _unknown(alias, "this workspace", segments), selections[0]


def _unknown(alias: str, where: str, segments: Iterable[Segment]) -> Segment:
    near = did_you_mean(alias, [s.slug for s in segments if s.slug])
    help = f"did you mean `{near}`?" if near else "name a file, its alias, or FILE#ALIAS"
    raise Failure(f"there is no segment `{alias}` in {where}", help)


def _stop_on_broken(segment: Segment, selection: Selection) -> None:
    """Report the mistakes around a segment that was not understood, or that includes such a one."""
    from segql.syntax import is_whole

    seen: dict[int, Segment] = {}
    pending = [segment]
    while pending:
        found = pending.pop()
        if id(found) not in seen:
            seen[id(found)] = found
            named = (selection.workspace.find(name.value) for name in found.includes)
            pending += [each for each in named if each]
    broken = [found.file for found in seen.values() if not is_whole(found.statement)]
    _stop({id(file): file for file in broken}.values())


def _stop(files: Iterable[Any]) -> None:
    errors = errors_in((file, file.diagnostics) for file in files)
    if errors:
        report(errors)
        sys.exit(FINDINGS)


def catalog_of(selection: Selection, catalogs: Sequence[Path]) -> Catalog | None:
    """What is known of the fields; exits where a catalog or the configuration is wrong."""
    from segql.linter.setup import Wishes, setup

    found = setup(selection.config, Wishes(catalogs=tuple(catalogs) or None))
    if found.problems:
        report(found.problems)
        sys.exit(CANNOT_RUN)
    return found.options.catalog
