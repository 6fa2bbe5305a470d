"""Mend texts: put fixes into a text so that none touches another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from segql.diagnostics import Diagnostic, Edit, Fix

# A problem, and the fix it comes with.
ToMake: TypeAlias = tuple[Diagnostic, Fix]


def wanted_fixes(problems: Iterable[Diagnostic], unsafe: bool) -> list[ToMake]:
    """The problems that come with a fix, the unsafe ones only when they are wanted."""
    return [
        (problem, problem.fix)
        for problem in problems
        if problem.fix and (unsafe or problem.fix.applicability == "safe")
    ]


def apart(fixes: Iterable[ToMake]) -> list[ToMake]:
    """As many fixes as can be made at once: at least a character stays between two of them."""
    chosen: list[ToMake] = []
    end = -1
    for problem, fix in sorted(fixes, key=lambda row: _reach(row[1])):
        first, last = _reach(fix)
        if first > end:
            chosen.append((problem, fix))
            end = last
    return chosen


def mended(text: str, fixes: Sequence[Fix]) -> str:
    """The text with the edits of fixes that are `apart`."""
    edits = sorted((edit for fix in fixes for edit in fix.edits), key=_place)
    parts: list[str] = []
    position = 0
    for edit in edits:
        parts += (text[position : edit.start], edit.text)
        position = edit.end
    return "".join((*parts, text[position:]))


def _reach(fix: Fix) -> tuple[int, int]:
    return min(edit.start for edit in fix.edits), max(edit.end for edit in fix.edits)


def _place(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end
