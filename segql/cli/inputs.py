"""What the commands that take PATHS have in common: options, reading, local checks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from segql.cli.failures import FINDINGS, Failure
from segql.cli.streams import standard_input, wants_colour
from segql.diagnostics import Diagnostic
from segql.diagnostics.reports import Findings
from segql.workspace import STDIN, Found, find, read_bytes

if TYPE_CHECKING:
    from segql.syntax.parser import ParsedFile
    from segql.workspace import Selection

F = TypeVar("F", bound=Callable[..., Any])
STDIN_NAME = "<stdin>"


def paths_argument(command: F) -> F:
    """Add PATHS and --stdin-filename."""
    # Whether a path can be read is seen when it is read, and said in the same words for all.
    kind = click.Path(readable=False, path_type=Path)
    command = click.argument("paths", nargs=-1, type=kind)(command)
    return click.option(
        "--stdin-filename",
        metavar="NAME",
        help="The path that standard input (PATHS is -) stands for.",
    )(command)


def find_inputs(paths: Sequence[Path], stdin_filename: str | None) -> list[Found]:
    """Find the files of PATHS. Raises `Failure` where there is nothing to read."""
    stdin, named = _split(paths, stdin_filename)
    for path in named:
        path.stat()  # what is named must be there
    found = find(named, stdin)
    if not any(group.asked or group.stdin for group in found):
        raise _nothing(named)
    return found


def read_selections(paths: Sequence[Path], stdin_filename: str | None) -> list[Selection]:
    """Read the files of PATHS. Raises `Failure` where there is nothing to read."""
    from segql.workspace import select  # `check` does not parse what it remembers

    stdin, named = _split(paths, stdin_filename)
    selections = select(named, stdin)
    if not any(selection.files for selection in selections):
        raise _nothing(named)
    return selections


def _nothing(named: Sequence[Path]) -> Failure:
    where = ", ".join(str(path) for path in named) or "the current folder"
    return Failure(f"no .segql files in {where}", "name a file, or a folder that holds some")


def read_files(paths: Sequence[Path], stdin_filename: str | None) -> list[ParsedFile]:
    """The files of PATHS alone, without the workspaces around them."""
    return [f for selection in read_selections(paths, stdin_filename) for f in selection.files]


def errors_in(findings: Iterable[tuple[ParsedFile, Sequence[Diagnostic]]]) -> Findings:
    """The errors of each file that has any."""
    kept = ((file.source, [p for p in problems if p.is_error]) for file, problems in findings)
    return [(source, problems) for source, problems in kept if problems]


def stop_on_errors(findings: Iterable[tuple[ParsedFile, Sequence[Diagnostic]]]) -> None:
    """Where there are errors, print them to standard error and exit with 1."""
    errors = errors_in(findings)
    if errors:
        report(errors)
        sys.exit(FINDINGS)


def report(findings: Findings) -> None:
    """Print diagnostics for people to standard error."""
    from segql.diagnostics.reports import text

    click.echo(text.render(findings, colour=wants_colour(sys.stderr)), err=True, nl=False)


def _split(paths: Sequence[Path], name: str | None) -> tuple[ParsedFile | None, list[Path]]:
    if Path(STDIN) not in paths:
        if name is not None:
            raise Failure("--stdin-filename goes with -", "add `-` to read standard input")
        return None, list(paths)
    content = standard_input().read()
    return read_bytes(content, name or STDIN_NAME), [path for path in paths if path != Path(STDIN)]
