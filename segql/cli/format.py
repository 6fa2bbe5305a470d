"""``segql format``: rewrite segments in canonical form."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click

from segql.cli.diff import show_diff
from segql.cli.failures import FINDINGS
from segql.cli.inputs import STDIN_NAME, paths_argument, read_selections, report
from segql.cli.writing import write_atomically
from segql.diagnostics.reports.text import visible
from segql.formatter import LINE_LENGTH, FormatError, UnsayableError, format_parsed
from segql.syntax.parser import ParsedFile
from segql.workspace import STDIN

# What is done with a file and its canonical form; most do nothing where the two are the same.
_Show = Callable[[ParsedFile, str], None]

_CHANGED = "reformatted"
_WOULD_CHANGE = "would be reformatted"
_UNCHANGED = "left unchanged"
_ERRORS = "with errors"


@click.command(name="format")
@paths_argument
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing; print what would change.")
@click.option(
    "--line-length",
    type=click.IntRange(20, 1000),
    metavar="N",
    help="The longest line, in characters.  [default: 88, or the configuration's]",
)
def command(
    paths: tuple[Path, ...],
    stdin_filename: str | None,
    check: bool,
    diff: bool,
    line_length: int | None,
) -> None:
    """Rewrite segments in canonical form; the tree and every comment stay as they are.

    PATHS are files, folders, or - for standard input, whose canonical form is then printed.
    A file with errors is left as it is.
    """
    show = _show_diff if diff else _announce if check else _write
    has_stdin = Path(STDIN) in paths
    stdin_path = stdin_filename or STDIN_NAME
    outcomes: Counter[str] = Counter()
    for selection in read_selections(paths, stdin_filename):
        length = line_length or selection.config.line_length or LINE_LENGTH
        for file in selection.files:
            is_stdin = has_stdin and file.source.path == stdin_path
            outcomes[_format(file, length, _print if is_stdin and show is _write else show)] += 1
    if not has_stdin:
        click.echo(_summary(outcomes, check or diff), err=True)
    if outcomes[_ERRORS] or (outcomes[_CHANGED] and (check or diff)):
        sys.exit(FINDINGS)


def _format(file: ParsedFile, line_length: int, show: _Show) -> str:
    """Format one file and show it; return what became of it."""
    try:
        written = format_parsed(file, line_length)
    except (FormatError, UnsayableError) as error:
        _report(file, error)
        return _ERRORS
    show(file, written)
    return _UNCHANGED if written == file.source.text else _CHANGED


def _report(file: ParsedFile, error: FormatError | UnsayableError) -> None:
    if isinstance(error, FormatError) and error.diagnostics:
        report([(file.source, error.diagnostics)])
    else:
        click.echo(f"segql: {_name(file)}: left as it is: {error}", err=True)


def _write(file: ParsedFile, written: str) -> None:
    if written != file.source.text:
        write_atomically(Path(file.source.path or ""), written)


def _print(file: ParsedFile, written: str) -> None:
    click.echo(written, nl=False)


def _announce(file: ParsedFile, written: str) -> None:
    if written != file.source.text:
        click.echo(f"would reformat {_name(file)}")


def _show_diff(file: ParsedFile, written: str) -> None:
    show_diff(file.source.path or "", file.source.text, written)


def _name(file: ParsedFile) -> str:
    return visible(file.source.path or "")


def _summary(outcomes: Counter[str], is_dry: bool) -> str:
    words = {_CHANGED: _WOULD_CHANGE} if is_dry else {}
    counted = (
        f"{outcomes[what]} file{'' if outcomes[what] == 1 else 's'} {words.get(what, what)}"
        for what in (_CHANGED, _UNCHANGED, _ERRORS)
        if outcomes[what]
    )
    return ", ".join(counted) + "."
