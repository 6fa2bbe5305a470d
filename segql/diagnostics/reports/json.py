"""Diagnostics for programs: a list of objects, lines and columns from 1."""

from __future__ import annotations

from typing import Any

import msgspec

from segql.diagnostics.codes import page_url
from segql.diagnostics.diagnostic import Diagnostic, Fix
from segql.diagnostics.reports import Findings
from segql.diagnostics.reports.paths import encodable
from segql.source import SourceFile


def render(findings: Findings) -> str:
    """The diagnostics of all files as one JSON list."""
    return as_text([as_object(source, problem) for source, found in findings for problem in found])


def as_text(value: Any) -> str:
    """A value as JSON that people can read as well."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"


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
        "help": encodable(problem.help),
        "url": page_url(problem.code),
        "fix": _fix(problem.fix) if problem.fix else None,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "applicability": fix.applicability,
        "message": encodable(fix.message),
        "edits": [{"start": e.start, "end": e.end, "text": encodable(e.text)} for e in fix.edits],
    }
