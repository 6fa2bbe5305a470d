"""Run the rules over a workspace."""

from __future__ import annotations

from collections.abc import Iterable

from segql.diagnostics import Diagnostic
from segql.linter.rules import RULES
from segql.syntax.parser import ParsedFile, parse
from segql.syntax.walk import includes
from segql.workspace import Workspace

Findings = list[tuple[ParsedFile, list[Diagnostic]]]


def check_files(workspace: Workspace, files: Iterable[ParsedFile]) -> Findings:
    """Every file with its diagnostics, sorted by place; the rules see the whole workspace."""
    found: dict[int, list[Diagnostic]] = {id(f): list(f.diagnostics) for f in workspace.files}
    for rule in RULES:
        for file, problem in rule(workspace):
            found[id(file)].append(problem)
    return [(file, sorted(found[id(file)], key=lambda problem: problem.span)) for file in files]


def check_text(text: str) -> list[Diagnostic]:
    """The diagnostics of one text on its own.

    INCLUDE of a segment that another file may hold is not reported: only `check_files` sees it.
    """
    parsed = parse(text)
    names = [name.value for statement in parsed.statements for name in includes(statement)]
    ((_, problems),) = check_files(Workspace([parsed], external=names), [parsed])
    return problems
