"""Put together what files say on their own and what is wrong between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from segql.diagnostics import Diagnostic
from segql.linter.asking import checks
from segql.linter.examined import Examined
from segql.linter.options import Options
from segql.linter.rules import ON_INCLUDES, ON_WORKSPACE
from segql.workspace.outline import Overview


def examine_together(overview: Overview, names: frozenset[str]) -> Iterator[tuple[int, Diagnostic]]:
    """What is wrong between files: the number of a file, and the diagnostic."""
    modules = ON_WORKSPACE if len(overview.segments) > 1 else ()
    if any(segment.includes for segment in overview.segments):
        modules += ON_INCLUDES
    for check in checks(modules, names):
        yield from check(overview)


def judge(
    examined: dict[int, Examined],
    overview: Overview,
    options: Options,
    ignored: Callable[[int], frozenset[str]],
) -> dict[int, list[Diagnostic]]:
    """The diagnostics of files that have any, by their numbers.

    Those between files are added, and the silenced gone.

    ``ignored`` says the names of the rules that a file is not asked about.
    """
    found = {n: [*file.problems] for n, file in examined.items() if file.problems}
    for number, problem in examine_together(overview, options.names):
        if number in examined:
            found.setdefault(number, []).append(problem)
    for number, file in examined.items():
        if file.suppressions:
            found.setdefault(number, [])
    today = options.settings.today
    for number, problems in found.items():
        suppressions = examined[number].suppressions
        unasked = ignored(number)
        problems = [problem for problem in problems if problem.name not in unasked]
        if suppressions:
            from segql.linter.suppressions import silence

            problems = silence(problems, suppressions, options.names - unasked, today)
        found[number] = sorted(problems, key=lambda problem: problem.span)
    return found
