"""Check texts that are in memory: one, or those of a workspace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from segql.diagnostics import Diagnostic
from segql.linter.examine import USUAL, Options, examine, examine_together
from segql.linter.examined import Examined
from segql.syntax.parser import ParsedFile, parse
from segql.syntax.walk import includes
from segql.workspace import Overview, Workspace

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
    found = judge(examined, workspace.overview, options, {})
    return [(file, found[number]) for number, file in asked.items()]


def judge(
    examined: dict[int, Examined],
    overview: Overview,
    options: Options,
    ignored: Mapping[int, frozenset[str]],
) -> dict[int, list[Diagnostic]]:
    """The diagnostics of files, by their numbers: those between files added, the silenced gone.

    ``ignored`` are the names of the rules that a file is not asked about.
    """
    found = {number: [*file.problems] for number, file in examined.items()}
    for number, problem in examine_together(overview, options.names):
        if number in found:
            found[number].append(problem)
    today = options.settings.today
    for number, problems in found.items():
        unasked = ignored.get(number, frozenset())
        problems = [problem for problem in problems if problem.name not in unasked]
        suppressions = examined[number].suppressions
        if suppressions:
            from segql.linter.suppressions import silence

            problems = silence(problems, suppressions, options.names - unasked, today)
        found[number] = sorted(problems, key=lambda problem: problem.span)
    return found


def check_text(text: str, catalog: Catalog | None = None) -> list[Diagnostic]:
    """The diagnostics of one text on its own.

    INCLUDE of a segment that another file may hold is not reported: only `check_files` sees it.
    """
    parsed = parse(text)
    names = [name.value for statement in parsed.statements for name in includes(statement)]
    workspace = Workspace([parsed], external=names)
    ((_, problems),) = check_files(workspace, [parsed], Options(catalog=catalog))
    return problems
