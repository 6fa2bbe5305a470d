"""``segql check``: report mistakes in segments, and mend them."""

from __future__ import annotations

import sys
import time
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import click

from segql.cli.diff import show_diff
from segql.cli.failures import FINDINGS, Failure
from segql.cli.inputs import find_inputs, paths_argument
from segql.cli.streams import wants_colour
from segql.cli.writing import write_atomically, write_text
from segql.diagnostics.choice import UnknownRuleError
from segql.linter.session import Mended, Session
from segql.linter.setup import Findings, Setup, Wishes, setup
from segql.workspace import STDIN, Found

_FORMATS = ("text", "json", "sarif", "github", "gitlab", "junit")


class _Options(NamedTuple):
    """What was asked for, besides the paths."""

    fix: bool
    unsafe_fixes: bool
    diff: bool
    baseline: Path | None
    update_baseline: bool
    output_format: str
    statistics: bool
    no_cache: bool

    @property
    def mends(self) -> bool:
        return self.fix or self.unsafe_fixes or self.diff


@click.command(name="check")
@paths_argument
@click.option("--fix", is_flag=True, help="Make the fixes that change no meaning.")
@click.option("--unsafe-fixes", is_flag=True, help="Make the fixes that may change it as well.")
@click.option("--diff", is_flag=True, help="Write nothing; print what the fixes would change.")
@click.option("--select", metavar="RULES", help="Only these codes, names or families; ALL is all.")
@click.option("--extend-select", metavar="RULES", help="These as well.")
@click.option("--ignore", metavar="RULES", help="All but these.")
@click.option(
    "--catalog",
    "catalogs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A catalog of fields; may be given several times.",
)
@click.option(
    "--baseline", type=click.Path(path_type=Path), help="Do not tell what this file knows."
)
@click.option("--update-baseline", is_flag=True, help="Write what is found to the baseline.")
@click.option(
    "--output-format",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="How the diagnostics are printed.",
)
@click.option("--statistics", is_flag=True, help="Only count, by rule.")
@click.option("--no-cache", is_flag=True, help="Read every file, and remember nothing.")
@click.option("--watch", is_flag=True, help="Check again whenever a file changes.")
def command(
    paths: tuple[Path, ...],
    stdin_filename: str | None,
    select: str | None,
    extend_select: str | None,
    ignore: str | None,
    catalogs: tuple[Path, ...],
    watch: bool,
    **rest: object,
) -> None:
    """Report mistakes in segments.

    PATHS are files, folders, or - for standard input; without any, the current folder is checked.
    An INCLUDE is looked up in the whole workspace, not only in PATHS. RULES are separated by
    commas. With --fix, standard input is printed as the fixes leave it.
    """
    options = _Options(**rest)  # pyright: ignore[reportArgumentType]
    wishes = Wishes(
        None if select is None else _listed(select),
        _listed(extend_select),
        _listed(ignore),
        catalogs or None,
        time.strftime("%Y-%m-%d"),
    )
    if watch:
        from segql.cli.watching import watch_files

        watch_files(paths, lambda: _check(paths, stdin_filename, wishes, options))
    elif _check(paths, stdin_filename, wishes, options):
        sys.exit(FINDINGS)


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(part for part in (text or "").replace(",", " ").split() if part)


def _check(
    paths: tuple[Path, ...], stdin_filename: str | None, wishes: Wishes, options: _Options
) -> bool:
    """Check, mend and print; return whether there is something left to do."""
    grouped: dict[Path | None, Findings] = {}
    made: Counter[str] = Counter()
    is_different = False
    reads_stdin = Path(STDIN) in paths
    for found in find_inputs(paths, stdin_filename):
        arranged = _setup(found, wishes)
        session = Session(found, arranged, use_cache=not options.no_cache)
        if options.mends:
            files, counted = session.mend(options.unsafe_fixes)
            is_different = is_different or bool(files)
            made += counted
            _show(files, found) if options.diff else _write(files, found)
        group = grouped.setdefault(_baseline(found, options), [])
        group += arranged.problems + session.findings()
    if options.diff:
        click.echo(f"{_counted(made)} would be made.", err=True)
        return is_different
    findings = [f for path, group in grouped.items() for f in _new(group, path, options)]
    _print(findings, made, options, to_stderr=reads_stdin and options.mends)
    return any(problems for _, problems in findings)


def _setup(found: Found, wishes: Wishes) -> Setup:
    try:
        return setup(found.config, wishes)
    except UnknownRuleError as error:
        raise Failure(str(error), error.help) from None


# ---- Files that fixes change ------------------------------------------------------------


def _show(files: list[Mended], found: Found) -> None:
    for file in files:
        show_diff(file.source.path or "", file.source.text, file.text)


def _write(files: list[Mended], found: Found) -> None:
    """Write files in place; standard input is printed, as the fixes leave it."""
    stdin = found.stdin.source if found.stdin else None
    texts = {file.source.path: file.text for file in files}
    if stdin:
        click.echo(texts.pop(stdin.path, stdin.text), nl=False)
    for path, text in texts.items():
        write_atomically(Path(path or ""), _mark_of(Path(path or "")) + text)


def _mark_of(path: Path) -> str:
    """The byte order mark that a file begins with, or nothing."""
    with path.open("rb") as file:
        return "\ufeff" if file.read(3) == b"\xef\xbb\xbf" else ""


# ---- Reports ----------------------------------------------------------------------------


def _baseline(found: Found, options: _Options) -> Path | None:
    """The baseline of some files: the one that was named, else the one that is configured."""
    configured = found.config.baseline
    return options.baseline or (found.config.root / configured if configured else None)


def _new(findings: Findings, path: Path | None, options: _Options) -> Findings:
    """The findings that the baseline does not know; with --update-baseline it knows all."""
    if path is None:
        if options.update_baseline:
            raise Failure("--update-baseline needs --baseline", "name the file: `--baseline F`")
        return findings
    from segql.linter.baseline import baseline_of, read_baseline, without_known

    folder = path.absolute().parent
    if options.update_baseline:
        write_text(path, baseline_of(findings, folder))
        return [(source, []) for source, _ in findings]
    try:
        return without_known(findings, read_baseline(path), folder)
    except FileNotFoundError:
        raise Failure(f"{path}: there is no such file", "make it: `--update-baseline`") from None
    except ValueError as error:
        raise Failure(f"{path}: {error}", "make it anew: `--update-baseline`") from None


def _print(findings: Findings, made: Counter[str], options: _Options, to_stderr: bool) -> None:
    if options.statistics:
        from segql.diagnostics.reports.statistics import as_json, as_text

        counts = as_json if options.output_format == "json" else as_text
        click.echo(counts(findings), nl=False, err=to_stderr)
        return
    report = import_module(f"segql.diagnostics.reports.{options.output_format}")
    if options.output_format != "text":
        click.echo(report.render(findings), nl=False, err=to_stderr)
        return
    colour = wants_colour(sys.stderr if to_stderr else sys.stdout)
    click.echo(report.render(findings, colour=colour), nl=False, err=to_stderr)
    if made:
        click.echo(f"{_counted(made)} made.", err=to_stderr)
    click.echo(report.summary(findings), err=to_stderr)


def _counted(made: Counter[str]) -> str:
    count = made.total()
    return f"{count} fix{'' if count == 1 else 'es'}"
