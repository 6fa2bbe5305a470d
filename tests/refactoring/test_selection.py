"""What a cursor or a stretch of text selects."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.refactoring.selection import selected
from segql.syntax.parser import parse
from tests import texts

from .marked import marked

SELECTED = [  # the text, and what of it is selected
    ("FILTER AND (a > ‸1, b)", ["a > 1"]),
    ("FILTER A‸ND (a > 1, b)", ["AND (a > 1, b)"]),
    ("FILTER AND (a > 1,  ‸  b)", ["AND (a > 1,    b)"]),
    ("FILTER AND (‸a > 1, b‸, c)", ["a > 1", "b"]),
    ("FILTER AND (‸a > 1, b,‸ c)", ["a > 1", "b"]),
    ("FILTER AND (a > 1‸, b ‸, c)", ["b"]),
    ("FILTER ‸AND (a, b)‸", ["AND (a, b)"]),
    ("FILTER AND ((‸a), b)", ["a"]),
    ("FILTER AND (‸(a), b‸)", ["a", "b"]),
    ("FILTER a AND ‸b AND c‸", ["b", "c"]),
    ("FILTER NOT ‸a > 1", ["a > 1"]),
    ("FILTER ‸NOT a > 1", ["NOT a > 1"]),
    ("FILTER a ‸NOT IN (1)", ["a NOT IN (1)"]),
    ("FILTER AND (‸-- why\n a,‸ -- because\n b)", ["a"]),
    ("FILTER a = ; FILTER ‸b", ["b"]),
]
NOTHING = [
    "FILTER AND (a ‸> 1, b‸, c)",
    "FILTER ‸a‸ > 1",
    "FILTER AND (a > 1‸, ‸b)",
    "FILTER ‸AND (a‸, b)",
    "FIL‸TER a‸",
    "FILTER a ‸ALIAS x",
    "FILTER ‸*",
    "FILTER AND (a > 1, ‸b > )",
    "‸",
    "FILTER a ALIAS x\n\n‸\n\nFILTER b ALIAS y",
]


@pytest.mark.parametrize(("text", "expected"), SELECTED)
def test_whole_phrases_are_selected(text: str, expected: list[str]) -> None:
    found = marked(text).selection
    assert found is not None
    source = found.file.source.text
    assert [source[phrase.start : phrase.end] for phrase in found.phrases] == expected


@pytest.mark.parametrize("text", NOTHING)
def test_anything_else_is_not(text: str) -> None:
    assert marked(text).selection is None


@given(texts.of_the_grammar(), st.data())
def test_any_text_and_any_stretch(text: str, data: st.DataObject) -> None:
    file = parse(text)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    found = selected(file, start, end)
    if found is not None:
        assert 0 <= found.start <= found.end <= len(text)
        assert found.start <= found.phrases[0].start
        assert found.phrases[-1].end <= found.end
        assert found.exchanged(*found.phrases) == found.statement
