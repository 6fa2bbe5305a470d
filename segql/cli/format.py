"""``segql format``: rewrite segments in canonical form."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from segql.cli.failures import FINDINGS
from segql.cli.inputs import STDIN_NAME, paths_argument, read_selections, report
from segql.cli.writing import write_atomically
from segql.formatter import FormatError, UnsayableError, format_parsed
from segql.syntax.parser import ParsedFile
from segql.workspace import STDIN


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
    changes = 0
    unchanged = 0
    failures = 0
    for file, written in _formatted(paths, stdin_filename, line_length):
        if written is None:
            failures += 1
        elif written == file.source.text and not _is_stdin(file, paths, stdin_filename):
            unchanged += 1
        else:
            changes += written != file.source.text
            _show_or_write(file, written, check, diff, _is_stdin(file, paths, stdin_filename))
    if Path(STDIN) not in paths:
        click.echo(_summary(changes, unchanged, failures, check or diff), err=True)
    if failures or (changes and (check or diff)):
        sys.exit(FINDINGS)


def _formatted(
    paths: tuple[Path, ...], stdin_filename: str | None, line_length: int | None
) -> Iterator[tuple[ParsedFile, str | None]]:
    """Each file with its canonical form, or with None where it has errors."""
    for selection in read_selections(paths, stdin_filename):
        for file in selection.files:
            try:
                yield file, format_parsed(file, line_length or selection.config.line_length)
            except FormatError as error:
                _report(file, error)
                yield file, None
            except UnsayableError as error:
                click.echo(f"segql: {file.source.path}: {error}", err=True)
                yield file, None


def _report(file: ParsedFile, error: FormatError) -> None:
    if error.diagnostics:
        report([(file.source, error.diagnostics)])
    else:
        click.echo(f"segql: {file.source.path}: left as it is: {error}", err=True)


def _is_stdin(file: ParsedFile, paths: tuple[Path, ...], stdin_filename: str | None) -> bool:
    return Path(STDIN) in paths and file.source.path == (stdin_filename or STDIN_NAME)


def _show_or_write(file: ParsedFile, written: str, check: bool, diff: bool, is_stdin: bool) -> None:
    path = file.source.path or ""
    if diff:
        click.echo(_diff(file.source.text, written, path), nl=False)
    elif check:
        if written != file.source.text:
            click.echo(f"would reformat {path}")
    elif is_stdin:
        click.echo(written, nl=False)
    else:
        write_atomically(Path(path), written)


def _diff(before: str, after: str, path: str) -> str:
    from difflib import unified_diff

    lines = unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), path, path
    )
    # A last line without a line break would run into the next line of the diff.
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _summary(changes: int, unchanged: int, failures: int, dry: bool) -> str:
    parts = (
        (changes, "would be reformatted" if dry else "reformatted"),
        (unchanged, "left unchanged"),
        (failures, "with errors"),
    )
    counted = [f"{n} file{'' if n == 1 else 's'} {what}" for n, what in parts if n]
    return ", ".join(counted) + "."
