"""Check texts that are in memory: one, or those of a workspace."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from segql.diagnostics import Diagnostic
from segql.linter.examine import examine
from segql.linter.judging import judge
from segql.linter.options import USUAL, Options
from segql.syntax.parser import ParsedFile, parse
from segql.syntax.walk import includes
from segql.workspace import Workspace

if TYPE_CHECKING:
    from segql.catalog import Catalog

Findings = list[tuple[ParsedFile, list[Diagnostic]]]


def check_files(
    workspace: Workspace, files: Iterable[ParsedFile], options: Options = USUAL
) -> Findings:
    """Every file with its diagnostics, sorted by place; some rules see the whole workspace."""
    numbers = {id(file): number for number, file in enumerate(workspace.files)}
    asked = {numbers[id(file)]: file for file in files}
    examined = {number: examine(file, options) for number, file in asked.items()}
    found = judge(examined, workspace.overview, options, lambda number: frozenset())
    return [(file, found.get(number, [])) for number, file in asked.items()]


def check_text(text: str, catalog: Catalog | None = None) -> list[Diagnostic]:
    """The diagnostics of one text on its own.

    INCLUDE of a segment that another file may hold is not reported: only `check_files` sees it.
    """
    parsed = parse(text)
    names = [name.value for statement in parsed.statements for name in includes(statement)]
    workspace = Workspace([parsed], external=names)
    ((_, problems),) = check_files(workspace, [parsed], Options(catalog=catalog))
    return problems
