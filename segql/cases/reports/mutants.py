"""The mistakes that no case finds: text for people, rows for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from segql.cases.mutating import Mutated, Survivor
from segql.cases.writing import write_cases
from segql.diagnostics.reports.text import visible


def render(found: Sequence[Mutated]) -> str:
    """Each survivor with a case that would find it, and a line that counts."""
    survivors = [survivor for one in found for survivor in one.survivors]
    lines = [line for survivor in survivors for line in _lines(survivor)]
    tried = sum(one.tried for one in found)
    same = sum(survivor.case is None for survivor in survivors)
    counted = f"{tried - len(survivors)} of {tried} mistakes were found"
    if same:
        counted += f", {same} may change nothing"
    return "".join(f"{visible(line)}\n" for line in (*lines, f"mutation: {counted}"))


def _lines(survivor: Survivor) -> Iterator[str]:
    path, line, column = place(survivor)
    slug, change = survivor.segment.slug, survivor.mutant.change
    if survivor.case is None:
        yield f"{path}:{line}:{column}: {slug}: {change}: no profile tells them apart"
        return
    yield f"{path}:{line}:{column}: SURVIVED {slug}: {change}; this case would find it:"
    text = write_cases([survivor.case._replace(now=None)])
    yield from (f"    {line}" for line in text.strip().splitlines())
    yield ""


def place(survivor: Survivor) -> tuple[str, int, int]:
    """Where the phrase stands that was changed."""
    source = survivor.segment.file.source
    return source.path or "", *source.position(survivor.mutant.phrase.start)


def rows(found: Sequence[Mutated]) -> list[dict[str, Any]]:
    """An object a survivor."""
    return [_row(survivor) for one in found for survivor in one.survivors]


def _row(survivor: Survivor) -> dict[str, Any]:
    path, line, column = place(survivor)
    case = survivor.case
    return {
        "segment": survivor.segment.slug,
        "path": path,
        "line": line,
        "column": column,
        "change": survivor.mutant.change,
        "case": write_cases([case]) if case else None,
    }
