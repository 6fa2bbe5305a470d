"""not-between: the fix is safe where to have no answer is as good as not to match."""

from __future__ import annotations

import pytest

import segql
from segql.catalog import Catalog

KNOWN = Catalog.from_types({"n": "int", "f": "number", "d": "date", "s": "string", "t": "bool"})


def applicability(text: str, catalog: Catalog | None = KNOWN) -> str:
    problems = segql.check(f"FILTER {text}", catalog)
    (problem,) = [problem for problem in problems if problem.name == "not-between"]
    assert problem.fix
    return problem.fix.applicability


@pytest.mark.parametrize(
    "text",
    [
        "OR (n NOT BETWEEN 1 AND 9, t)",
        "OR (f NOT BETWEEN 1.5 AND 9, t)",
        'OR (t, NOT d BETWEEN "now-7d" AND "2026-03-01")',
        "t OR n NOT BETWEEN 1 AND 9",
        "OR (AND (t, n NOT BETWEEN 1 AND 9), f > 1)",
        "OR (t, (NOT n BETWEEN 1 AND 9))",
        "NOT OR (t, n NOT BETWEEN 1 AND 9)",
        "OR (t, NOT AND (f > 1, NOT (n NOT BETWEEN 1 AND 9)))",
    ],
)
def test_safe(text: str) -> None:
    assert applicability(text) == "safe"
    assert applicability(text, None) == "unsafe"  # a text may be in the field


@pytest.mark.parametrize(
    "text",
    [
        "n NOT BETWEEN 1 AND 9",  # another segment may say NOT INCLUDE of it
        "AND (t, n NOT BETWEEN 1 AND 9)",
        "OR (n NOT BETWEEN 1 AND 9)",
        "OR (t, NOT AND (f > 1, n NOT BETWEEN 1 AND 9))",
        "OR (t, NOT AND (NOT (n NOT BETWEEN 1 AND 9), f > 1))",
        "OR (t, n NOT BETWEEN 1 AND 8.5)",  # 8 is outside, and not at least 8.5
        "OR (t, d NOT BETWEEN 1 AND 9)",
        'OR (t, d NOT BETWEEN "now-7d" AND "now")',
        'OR (t, n NOT BETWEEN 1 AND "9")',
        "OR (t, f NOT BETWEEN n AND 9)",
        "OR (t, s NOT BETWEEN 1 AND 9)",
        "OR (t, unknown NOT BETWEEN 1 AND 9)",
        "OR (t, len(s) NOT BETWEEN 1 AND 9)",
    ],
)
def test_unsafe(text: str) -> None:
    assert applicability(text) == "unsafe"
