"""Every word of the language is described, and the fields of WITH are those of the API."""

from __future__ import annotations

import pytest

from segql import check
from segql.catalog import OPERATORS
from segql.catalog.words import KEYWORD_WORDS, KINDS, OPERATOR_WORDS, OPTIONS, WORDS
from segql.compiler.emission import PAYLOAD_OPTIONS
from segql_grammar import parser_tables as t


def test_every_keyword_and_operator_has_a_line() -> None:
    assert {word.upper() for word in t.KEYWORDS} <= WORDS.keys()
    assert OPERATOR_WORDS.keys() >= set(OPERATORS)
    assert not OPERATOR_WORDS.keys() & KEYWORD_WORDS.keys()


@pytest.mark.parametrize("text", [*WORDS.values(), *(o.summary for o in OPTIONS.values())])
def test_a_line_is_one_line(text: str) -> None:
    assert text.endswith(".")
    assert "\n" not in text
    assert text.count("`") % 2 == 0


def test_the_options_are_those_that_travel_to_the_api() -> None:
    assert OPTIONS.keys() == set(PAYLOAD_OPTIONS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_one_that_the_rule_knows(kind: str) -> None:
    text = f'FILTER a > 1 WITH kind = "{kind}" ALIAS x'
    assert check(text) == []
