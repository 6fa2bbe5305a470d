"""``segql test``: run the cases that are written beside the segments."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click

from segql.cases.coverage import Coverage, percent
from segql.cases.finding import CasesOf, find_case_files, group_by_workspace
from segql.cases.model import Problem
from segql.cases.mutating import Mutated
from segql.cases.reading import SUFFIX
from segql.cases.running import Result
from segql.cases.session import Session
from segql.cli.failures import CANNOT_RUN, FINDINGS, Failure
from segql.cli.inputs import errors_in, report
from segql.cli.streams import wants_colour
from segql.linter.setup import setup


class _Options(NamedTuple):
    """What was asked for, besides the paths."""

    pattern: str
    output_format: str
    junit: Path | None
    coverage: bool
    coverage_min: float | None
    mutate: bool

    @property
    def measures(self) -> bool:
        return self.coverage or self.coverage_min is not None


@click.command(name="test")
@click.argument("paths", nargs=-1, type=click.Path(readable=False, path_type=Path))
@click.option("-k", "pattern", default="", metavar="TEXT", help="Only cases whose name has this.")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json", "junit"]),
    default="text",
    show_default=True,
    help="How the results are printed.",
)
@click.option(
    "--junit", type=click.Path(path_type=Path), help="Write the results to this file as well."
)
@click.option("--coverage", is_flag=True, help="Show which phrases the cases try.")
@click.option(
    "--coverage-min",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Fail where fewer phrases decide in some case.",
)
@click.option("--mutate", is_flag=True, help="Show which mistakes the cases would not find.")
@click.option("--watch", is_flag=True, help="Run them again whenever a file changes.")
def command(paths: tuple[Path, ...], watch: bool, **rest: object) -> None:
    """Run the cases that are written beside the segments.

    PATHS are files of cases (*.segql.toml) or folders that hold some; without any, the current
    folder. The name of a case, for -k, is its file, its segment and what it is called.
    """
    options = _Options(**rest)  # pyright: ignore[reportArgumentType]
    if watch:
        from segql.cli.watching import watch_files

        watch_files(paths, lambda: _test(paths, options), also=lambda: find_case_files(paths))
    else:
        sys.exit(_test(paths, options))


def _test(paths: Sequence[Path], options: _Options) -> int:
    """Run and print; return the exit code."""
    groups = group_by_workspace(_files(paths))
    sessions = [_session(group, options) for group in groups]
    problems = [told for session in sessions for told in session.problems()]
    if problems:
        _tell(problems)
        return CANNOT_RUN
    broken = errors_in((f, f.diagnostics) for group in groups for f in group.workspace.files)
    if broken:
        report(broken)
        return FINDINGS
    outcome = _outcome(sessions, options, not any(path.is_file() for path in paths))
    if not outcome.results:
        raise _nothing(options)
    _print(outcome, options)
    return 0 if _is_well(outcome, options) else FINDINGS


def _nothing(options: _Options) -> Failure:
    if options.pattern:
        help = "leave out -k, or see all names with `--output-format json`"
        return Failure(f"no case has `{options.pattern}` in its name", help)
    return Failure("there is no case in these files", "write one, as docs/testing.md shows")


class _Outcome(NamedTuple):
    results: list[Result]
    coverage: list[Coverage]
    mutated: list[Mutated]


def _is_well(outcome: _Outcome, options: _Options) -> bool:
    survivors = (survivor for one in outcome.mutated for survivor in one.survivors)
    if any(survivor.case for survivor in survivors):
        return False
    is_enough = percent(outcome.coverage) >= (options.coverage_min or 0)
    return is_enough and not any(result.message for result in outcome.results)


def _outcome(sessions: Sequence[Session], options: _Options, is_whole: bool) -> _Outcome:
    """Run everything; all segments are measured where no file and no case was chosen."""
    outcome = _Outcome([], [], [])
    for session in sessions:
        ran = session.cases()
        outcome.results.extend(one.result for one in ran)
        outcome.results.extend(session.properties())
        if options.measures:
            outcome.coverage.extend(session.coverage(ran, is_whole and not options.pattern))
        if options.mutate:
            outcome.mutated.extend(session.mutated(ran))
    return outcome


def _files(paths: Sequence[Path]) -> list[Path]:
    for path in paths:
        path.stat()  # what is named must be there
        if path.is_file() and path.suffix != ".toml":
            raise Failure(f"{path}: cases are in files *{SUFFIX}", "name one, or a folder")
    files = find_case_files(paths)
    if not files:
        where = ", ".join(map(str, paths)) or "the current folder"
        help = "write some, as docs/testing.md shows, or let `segql generate` write them"
        raise Failure(f"no files *{SUFFIX} in {where}", help)
    return files


def _session(group: CasesOf, options: _Options) -> Session:
    group.config.require()
    arranged = setup(group.config)
    if arranged.problems:
        report(arranged.problems)
        raise Failure("a catalog cannot be read", "mend it first: types decide what matches")
    return Session(group, arranged.options.catalog, options.pattern)


def _tell(problems: Sequence[tuple[str, Problem]]) -> None:
    from segql.diagnostics.reports.text import visible

    for path, problem in problems:
        click.echo(visible(f"{path}:{problem.line}: {problem.message}"), err=True)
        click.echo(visible(f"  help: {problem.help}"), err=True)


def _print(outcome: _Outcome, options: _Options) -> None:
    from segql.cases.reports import junit

    results, found, mutated = outcome
    if options.junit:
        from segql.cli.writing import write_text

        write_text(options.junit, junit.render(results))
    if options.output_format == "junit":
        click.echo(junit.render(results), nl=False)
    elif options.output_format == "json":
        click.echo(_as_json(outcome, options))
    else:
        from segql.cases.reports import coverage, mutants, text

        click.echo(text.render(results, colour=wants_colour(sys.stdout)), nl=False)
        click.echo(coverage.render(found) if options.measures else "", nl=False)
        click.echo(mutants.render(mutated) if options.mutate else "", nl=False)
        click.echo(text.summary(results))
    if percent(found) < (options.coverage_min or 0):
        least = f"{options.coverage_min:g} %"
        click.echo(
            f"segql: the coverage is {percent(found):.1f} %, and {least} are asked", err=True
        )


def _as_json(outcome: _Outcome, options: _Options) -> str:
    from json import dumps

    from segql.cases.reports import coverage, json, mutants

    told: dict[str, object] = {"results": json.rows(outcome.results)}
    if options.measures:
        told["coverage"] = coverage.rows(outcome.coverage)
    if options.mutate:
        told["survivors"] = mutants.rows(outcome.mutated)
    return dumps(told, indent=2, ensure_ascii=False)
