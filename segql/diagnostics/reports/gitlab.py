"""Diagnostics as a Code Quality report of GitLab, which shows what a merge request brings.

The format: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from typing import Any

from segql.diagnostics.diagnostic import Diagnostic
from segql.diagnostics.reports import Findings
from segql.diagnostics.reports.fingerprints import with_fingerprints
from segql.diagnostics.reports.json import as_text
from segql.diagnostics.reports.paths import encodable, shown_path
from segql.source import SourceFile

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(findings: Findings) -> str:
    """The diagnostics of all files as one JSON list."""
    return as_text([_issue(*found) for found in with_fingerprints(findings)])


def _issue(source: SourceFile, problem: Diagnostic, fingerprint: str) -> dict[str, Any]:
    # GitLab shows no more than the description, and of a place no more than the line.
    help = f" ({problem.help})" if problem.help else ""
    line, _ = source.position(problem.span.start)
    return {
        "description": encodable(f"{problem.code} {problem.message}{help}"),
        "check_name": problem.name,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[problem.severity],
        "location": {"path": shown_path(source), "lines": {"begin": line}},
    }
