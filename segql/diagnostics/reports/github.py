"""Diagnostics as workflow commands of GitHub Actions, which shows them beside the changed lines.

A runner reads its job's output line by line, and undoes the escapes of a line that is a command.
The commands: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from segql.diagnostics.diagnostic import Diagnostic
from segql.diagnostics.reports import Findings
from segql.diagnostics.reports.paths import shown_path
from segql.diagnostics.reports.text import visible
from segql.source import SourceFile

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_MESSAGE = str.maketrans(_ESCAPES)
_IN_PROPERTY = str.maketrans(_ESCAPES | {":": "%3A", ",": "%2C"})


def render(findings: Findings) -> str:
    """One line a diagnostic; "" where there is none."""
    return "".join(
        f"{_command(source, problem)}\n" for source, problems in findings for problem in problems
    )


def _command(source: SourceFile, problem: Diagnostic) -> str:
    properties = _place(source, problem) | {"title": f"{problem.code} {problem.name}"}
    listed = ",".join(f"{key}={_escaped(value)}" for key, value in properties.items())
    message = f"{problem.message}\nhelp: {problem.help}" if problem.help else problem.message
    return f"::{_COMMANDS[problem.severity]} {listed}::{visible(message.translate(_IN_MESSAGE))}"


def _place(source: SourceFile, problem: Diagnostic) -> dict[str, str]:
    """File, lines and columns. The runner wants no columns where the lines are different."""
    line, column = source.position(problem.span.start)
    end_line, end_column = source.position(problem.span.end)
    place = {"file": shown_path(source), "line": f"{line}"}
    if line != end_line:
        return place | {"endLine": f"{end_line}"}
    return place | {"col": f"{column}", "endLine": f"{line}", "endColumn": f"{end_column}"}


def _escaped(value: str) -> str:
    return visible(value.translate(_IN_PROPERTY))
