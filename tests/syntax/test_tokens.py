"""Brackets of texts that may have mistakes."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.syntax.tokens import brackets, tokens_of
from tests.texts import soup

# A text, and what its brackets hold.
HELD = {
    "AND (a, len(b) > 1)": ["b", "a, len(b) > 1"],
    "a IN [1, 2] WITH {}": ["1, 2", ""],
    "AND (a, (b)": ["b"],
    "(a)) AND (b)": ["a", "b"],
    "(a IN [1) AND b": ["a IN [1"],
    "(a; b)": [],
    "(a FILTER b)": [],
    '("(", b) -- )': ['"(", b'],
    "(" * 300 + ")" * 300: ["(" * depth + ")" * depth for depth in range(300)],
}


@pytest.mark.parametrize("text", HELD)
def test_brackets(text: str) -> None:
    tokens = tokens_of(text)
    found = [
        text[tokens.ends[opener] : tokens.starts[closer]] for opener, closer in brackets(tokens)
    ]
    assert found == HELD[text]


def test_a_forgotten_quotation_mark_ends_with_its_line() -> None:
    tokens = tokens_of('a = "b\nc = "d"\n')
    assert tokens.lexemes == ["a", "=", '"b', "c", "=", '"d"']


def test_a_string_may_span_lines() -> None:
    assert tokens_of('a = "b\nc"').lexemes == ["a", "=", '"b\nc"']


@given(st.integers())
def test_any_text(seed: int) -> None:
    tokens = tokens_of(soup(random.Random(seed), 60))
    pairs = [*brackets(tokens)]
    assert len({index for pair in pairs for index in pair}) == 2 * len(pairs)
    for opener, closer in pairs:
        assert tokens.lexemes[opener] + tokens.lexemes[closer] in ("()", "[]", "{}")
        assert opener < closer
        inside = [pair for pair in pairs if opener < pair.opener < closer]
        assert all(pair.closer < closer for pair in inside), "they do not cross"
