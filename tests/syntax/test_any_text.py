"""Whatever the text: a tree, never an exception, and a diagnostic where something is missing."""

from __future__ import annotations

import random
from itertools import islice

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from segql.formatter import format_text
from segql.syntax.parser import ParsedFile, parse
from segql_grammar import load as load_grammar
from tests.texts import check, of_the_grammar, soup, truncated, valid

LARK = load_grammar()


@given(st.integers(0, 2**32))
def test_a_soup_of_tokens(seed: int) -> None:
    check(soup(random.Random(seed), 60))


@settings(max_examples=20)
@given(st.integers(0, 2**32))
def test_a_long_soup_of_tokens(seed: int) -> None:
    check(soup(random.Random(seed), 3_000))


@given(st.text(max_size=60))
@example("\r")
@example("\x00")
@example('FILTER a = "\ud800"')
def test_any_characters(text: str) -> None:
    check(text)


def test_what_is_cut_anywhere_is_partly_read() -> None:
    """Every seventh text here; all of them in the long run of ``make fuzz``."""
    for text in islice(valid(), 0, None, 7):
        assert not parse(text).has_errors
        for part in truncated(text):
            parsed = check(part)
            # A comment, or nothing, is a valid file without a segment.
            assert parsed.statements or parsed.diagnostics or not _words(part, parsed)


def _words(text: str, parsed: ParsedFile) -> str:
    for comment in reversed(parsed.comments):
        text = text[: comment.start] + text[comment.end :]
    return text.strip(" \t\r\n;\ufeff")


# These texts take long to make: a tenth of the others in the long run.
@settings(max_examples=max(100, settings.default.max_examples // 10))
@given(of_the_grammar())
@example("/*0*/filter len ()filter*")
@example("*;/*\n*/--")
@example("0from@")
def test_what_the_grammar_makes_is_read_as_lark_reads_it(text: str) -> None:
    parsed = check(text)
    is_read = _is_read_by_lark(text)
    assert is_read or parsed.has_errors
    assert not is_read or {p.name for p in parsed.diagnostics} <= SEMANTIC
    if not parsed.has_errors:
        written = format_text(text)
        assert format_text(written) == written


# Mistakes that the grammar does not see.
SEMANTIC = {"duplicate-clause", "value-alone", "bad-segment-name", "bad-number", "too-deep"}


def _is_read_by_lark(text: str) -> bool:
    from lark.exceptions import UnexpectedInput

    try:
        LARK.parse(text)
    except UnexpectedInput:
        return False
    return True


@pytest.mark.parametrize("count", [1, 10, 1_000])
def test_many_statements_with_mistakes(count: int) -> None:
    text = "FILTER AND (a > , b > 2);\n" * count
    parsed = check(text)
    most = 100 + len(text) // 100  # more than anybody reads: the others are not looked into
    assert len(parsed.statements) == min(count, most)
    assert len(parsed.diagnostics) == min(count, most + 1)
