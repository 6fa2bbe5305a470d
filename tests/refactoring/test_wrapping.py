"""Lists and negations, as tables: a text with what is selected, and the text after it."""

from __future__ import annotations

import pytest

from segql.refactoring.wrapping import as_list, negated, unwrapped, wrapped
from segql.syntax import nodes as n

from .marked import after

WRAPPED = [
    ("FILTER ‸a > 1 ALIAS x", "FILTER OR (a > 1) ALIAS x"),
    ("FILTER AND (a, ‸b, c‸)", "FILTER AND (a, OR (b, c))"),
    ("FILTER AND (a ‸NOT b‸ c)", "FILTER AND (a, OR (NOT b) c)"),
    ("FILTER AND (a\n    ‸b c‸\n)", "FILTER AND (a\n    OR (b, c)\n)"),
    ("FILTER ‸a AND b‸ AND c", "FILTER OR (a, b) AND c"),
    ("FILTER NOT ‸(a > 1)", "FILTER NOT OR (a > 1)"),
    ("FILTER NOT(‸a > 1)", "FILTER NOT OR (a > 1)"),
    ('FILTER AND (\r\n  ‸s = "😀", t‸\r\n)', 'FILTER AND (\r\n  OR (s = "😀", t)\r\n)'),
    (
        "FILTER AND (\n    a,\n    ‸b,  -- why b\n    c,  -- why c‸\n)",
        "FILTER AND (\n    a,\n    OR (\n        b,  -- why b\n        c,  -- why c\n    ),\n)",
    ),
    (
        "FILTER AND (\n    ‸-- why\n    a,\n    b‸\n)",
        "FILTER AND (\n    OR (\n        -- why\n        a,\n        b,\n    )\n)",
    ),
    (
        'FILTER AND (\n  ‸s = "two\n  lines", /* c */ b‸)',
        'FILTER AND (\n  OR (\n      s = "two\n  lines",\n      /* c */\n      b,\n  ))',
    ),
]
NEGATED = [
    ("FILTER ‸a > 1", "FILTER NOT a > 1"),
    ("FILTER AND (EXISTS a ‸b = 1)", "FILTER AND (EXISTS a, NOT b = 1)"),
    ("FILTER AND (a, ‸NOT b = 1)", "FILTER AND (a, b = 1)"),
    ("FILTER ‸a IN (1)", "FILTER a NOT IN (1)"),
    ('FILTER a ‸NOT LIKE ("x")', 'FILTER a LIKE "x"'),
    ("FILTER a OR ‸b = 1 AND c", "FILTER a OR (NOT b = 1) AND c"),
    ("FILTER ‸len(a) > 1", "FILTER NOT (len(a) > 1)"),
    ("FILTER N‸OT (-- why\n a)", "FILTER -- why\na"),
]
UNWRAPPED = [
    ("FILTER AND (‸a > 1)", "FILTER a > 1"),
    ("FILTER AND (b, O‸R (a > 1))", "FILTER AND (b, a > 1)"),
    ("FILTER AND (a, AN‸D (b, c), d)", "FILTER AND (a, b, c, d)"),
    ("FILTER a OR (b O‸R c)", "FILTER OR (a, b, c)"),
    (
        "FILTER AND (\n    a,\n    AN‸D (b, -- why\n    c)\n)",
        "FILTER AND (\n    a,\n    b,  -- why\n    c,\n)",
    ),
    ("FILTER OR (a, AN‸D (b, c))", None),
]
LISTS = [
    ("FILTER ‸a AND b OR c", "FILTER OR (AND (a, b), c)"),
    ("FILTER AND (a, (b OR ‸c))", "FILTER AND (a, OR (b, c))"),
    ("FILTER NOT (a AND ‸b)", "FILTER NOT AND (a, b)"),
    ("FILTER a -- why\n AND ‸b", "FILTER AND (\n    a,  -- why\n    b,\n)"),
    ("FILTER AND (‸a, b)", None),
]


@pytest.mark.parametrize(("text", "expected"), WRAPPED)
def test_phrases_are_put_into_a_list(text: str, expected: str) -> None:
    assert after(text, lambda selection: wrapped(selection, n.Or, 88)) == expected


@pytest.mark.parametrize(("text", "expected"), NEGATED)
def test_a_phrase_is_negated(text: str, expected: str) -> None:
    assert after(text, lambda selection: negated(selection, 88)) == expected


@pytest.mark.parametrize(("text", "expected"), UNWRAPPED)
def test_a_list_that_says_nothing_goes(text: str, expected: str | None) -> None:
    assert after(text, lambda selection: unwrapped(selection, 88)) == expected


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_infix_becomes_a_list(text: str, expected: str | None) -> None:
    assert after(text, lambda selection: as_list(selection, 88)) == expected


def test_several_phrases_are_not_negated_together() -> None:
    assert after("FILTER AND (‸a, b‸, c)", lambda selection: negated(selection, 88)) is None


def test_what_does_not_fit_goes_over_lines() -> None:
    text = "FILTER AND (\n    ‸first > 1, second > 2‸,\n)"
    expected = "FILTER AND (\n    OR (\n        first > 1,\n        second > 2,\n    ),\n)"
    assert after(text, lambda selection: wrapped(selection, n.Or, 30)) == expected
    assert after(text, lambda selection: wrapped(selection, n.Or, 31)) != expected
