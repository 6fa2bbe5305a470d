"""Diagnostics for programs: a list of objects, lines and columns from 1."""

from __future__ import annotations

from typing import Any

import msgspec

from segql.diagnostics.diagnostic import Diagnostic
from segql.diagnostics.reports import Findings
from segql.source import SourceFile


def render(findings: Findings) -> str:
    """The diagnostics of all files as one JSON list."""
    rows = [as_object(source, problem) for source, problems in findings for problem in problems]
    return msgspec.json.format(msgspec.json.encode(rows), indent=2).decode() + "\n"


def encodable(path: str) -> str:
    """A path, or a message with one, as JSON can hold it: a byte that is no UTF-8 as ``\\xff``."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def as_object(source: SourceFile, problem: Diagnostic) -> dict[str, Any]:
    """One diagnostic as the contract of the command line has it; edits hold offsets."""
    line, column = source.position(problem.span.start)
    end_line, end_column = source.position(problem.span.end)
    return {
        "path": encodable(source.path) if source.path else None,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "code": problem.code,
        "name": problem.name,
        "severity": problem.severity,
        "message": encodable(problem.message),
        "help": problem.help,
        "url": None,
        "fix": msgspec.to_builtins(problem.fix),
    }
