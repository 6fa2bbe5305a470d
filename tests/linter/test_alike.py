"""Phrases of a list are alike when they say the same, or one what the other negates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.linter.alike import Likeness, likenesses
from segql.linter.scope import Scope
from segql.syntax import nodes as n
from segql.syntax.parser import parse

# Each row says one thing in several ways, and may negate it.
SAYINGS = (
    ("a = 1", "a == 1", "NOT a = 1", "not (a=1)"),
    ("a = 10", "NOT a = 10"),
    ('a = "1"', '(a = "1")'),
    ("1 = a",),
    ("a > 1", "a > 1"),
    ("a IN (1, 2)", "a in [1,2]", "a NOT IN (1, 2)"),
    ("a IN (1, 3)", "NOT a IN (1, 3)"),
    ("a IN ()",),
    ("a BETWEEN 1 AND 5", "NOT a BETWEEN 1 AND 5"),
    ("a BETWEEN 1 AND 6",),
    ("a = NULL", "a IS NULL"),
    ("a", "`a`", "NOT a"),
    ("EXISTS a", "EXISTS (a)", "NOT EXISTS a"),
    ("INCLUDE a", 'INCLUDE "a"', "NOT INCLUDE a"),
    ("len(a)", "NOT len(a)"),
    ("now()",),
    ("len(a) = 1",),
    ("len(a) = 2",),
    ("a + 1 = 2", "a+1 == 2"),
    ("AND ()",),
    ("AND (a = 1, b = 2)", "(a == 1 AND b = 2)", "NOT AND (a = 1, b = 2)"),
    ("AND (a = 1, b = 3)",),
    ("OR (a = 1, b = 2)",),
    ("NOT NOT a = 1",),
)
PHRASES = [text for row in SAYINGS for text in row]


def alike(*texts: str) -> list[tuple[int, Likeness]]:
    file = parse("FILTER OR (\n" + ",\n".join(texts) + ",\n)")
    assert not file.has_errors
    statement = file.statements[0]
    assert isinstance(statement.filter, n.Or)
    return likenesses(statement.filter.phrases, Scope(file, statement))


@given(st.lists(st.sampled_from(PHRASES), min_size=1, max_size=12))
def test_what_equality_says(texts: list[str]) -> None:
    phrases = [_phrase(text) for text in texts]
    inner = [phrase.phrase if isinstance(phrase, n.Not) else phrase for phrase in phrases]
    expected = [
        (at, Likeness(inner.index(one), isinstance(phrases[at], n.Not)))
        for at, one in enumerate(inner)
        if inner.count(one) > 1
    ]
    assert alike(*texts) == expected


def _phrase(text: str) -> n.Phrase:
    return parse(f"FILTER {text}").statements[0].filter


@pytest.mark.parametrize("texts", [row for row in SAYINGS if len(row) > 1])
def test_one_thing_in_several_ways(texts: tuple[str, ...]) -> None:
    assert [(at, found.first) for at, found in alike(*texts)] == [
        (at, 0) for at in range(len(texts))
    ]


def test_in_most_lists_there_are_none() -> None:
    assert not alike(*(row[0] for row in SAYINGS))
