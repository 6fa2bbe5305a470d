"""Ask one rule about texts, whether it is on by default or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from segql.catalog import Catalog
from segql.diagnostics import Diagnostic
from segql.linter.fixing import apart, mended, wanted_fixes
from segql.linter.options import Options
from segql.linter.runner import check_files
from segql.linter.scope import Settings
from segql.syntax.parser import parse
from segql.workspace import Workspace


class Finding(NamedTuple):
    path: str
    place: str  # the text that is pointed to
    problem: Diagnostic


def ask(
    rule: str,
    texts: str | Mapping[str, str],
    *,
    external: tuple[str, ...] = (),
    catalog: Catalog | None = None,
    tags: tuple[str, ...] = (),
    today: str = "",
) -> list[Finding]:
    """What a rule finds in a text, or in files by their paths."""
    files = {"a.segql": texts} if isinstance(texts, str) else texts
    workspace = Workspace([parse(text, path) for path, text in files.items()], external)
    assert not any(file.has_errors for file in workspace.files)
    options = Options(frozenset({rule}), catalog, Settings(tags, today))
    return [
        Finding(str(file.source.path), _place(file.source.text, problem), problem)
        for file, problems in check_files(workspace, workspace.files, options)
        for problem in problems
    ]


def places(rule: str, text: str, **known: object) -> list[str]:
    """The texts that a rule points to."""
    return [finding.place for finding in ask(rule, text, **known)]  # type: ignore[arg-type]


def mend(rule: str, text: str, *, unsafe: bool = True, **known: object) -> str:
    """A text with the fixes of a rule, as often as there are any."""
    for _ in range(20):
        problems = [finding.problem for finding in ask(rule, text, **known)]  # type: ignore[arg-type]
        fixes = apart(wanted_fixes(problems, unsafe))
        if not fixes:
            return text
        text = mended(text, [fix for _, fix in fixes])
    raise AssertionError("the fixes never end")


def _place(text: str, problem: Diagnostic) -> str:
    return text[problem.span.start : problem.span.end]
