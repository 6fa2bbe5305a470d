"""Segments that may go to an account: all of them compile, and each slug is there once."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from segql.cli.failures import FINDINGS, Failure
from segql.cli.inputs import read_selections, report, stop_on_errors
from segql.compiler import CompileError, compile_statement
from segql.linter import check_files
from segql.workspace import Segment, Selection


def checked_segments(paths: Sequence[Path], stdin_filename: str | None) -> list[Segment]:
    """The segments of PATHS, all of which compile; otherwise print the errors and exit with 1."""
    return segments_of(read_selections(paths, stdin_filename))


def segments_of(selections: Sequence[Selection]) -> list[Segment]:
    """The same for files that have been read."""
    for selection in selections:
        stop_on_errors(check_files(selection.workspace, selection.files))
        _stop_on_uncompilable(selection)
    segments = [segment for selection in selections for segment in selection.segments]
    _stop_on_shared_slugs(segments)
    if not segments:
        raise Failure("there is no segment in these files", "name files that hold some")
    return segments


def _stop_on_uncompilable(selection: Selection) -> None:
    errors = [(s.file.source, problems) for s in selection.segments if (problems := _problems(s))]
    if errors:
        report(errors)
        sys.exit(FINDINGS)


def _problems(segment: Segment) -> list[Any]:
    try:
        compile_statement(segment.statement)
    except CompileError as error:
        return error.diagnostics
    return []


def _stop_on_shared_slugs(segments: list[Segment]) -> None:
    """Inside a workspace the rules see this; two workspaces may still share a slug."""
    seen: dict[str | None, Segment] = {}
    for segment in segments:
        first = seen.setdefault(segment.slug, segment)
        if first is not segment:
            places = f"{first.file.source.path} and {segment.file.source.path}"
            raise Failure(f"`{segment.slug}` is in {places}", "push one of the two")
