"""Whatever the text, formatting keeps its meaning and its comments, or refuses."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from segql.formatter import FormatError, format_text, statement_text
from segql.syntax import nodes as n
from segql.syntax.parser import parse
from segql_grammar.scanner import scan
from tests import trees
from tests.vectors import load

TEXTS = [case["ql"] for case in load("accept")]


@given(trees.phrases(), st.sampled_from([20, 88]))
def test_a_tree_is_read_back_from_its_canonical_text(phrase: n.Phrase, line_length: int) -> None:
    statement = n.Statement(phrase)
    written = statement_text(statement, line_length)
    parsed = parse(written)
    assert parsed.diagnostics == ()
    assert parsed.statements == (statement,)
    assert format_text(written, line_length) == written + "\n"


@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False))
def test_comments_anywhere_survive_in_order(text: str, chance: random.Random) -> None:
    """Put a comment between any two tokens: a line comment ends its line."""
    tokens = scan(text)
    marks = ("-- {}\n", "# {}\n", "// {}\n", "/* {} */", "\n/* {}\n*/\n", "\n-- {}\n")
    pieces, begin = [], 0
    for number, end in enumerate(tokens.ends):
        pieces.append(text[begin:end])
        if chance.random() < 0.15:
            pieces.append(" " + chance.choice(marks).format(number))
        begin = end
    commented = "".join(pieces) + text[begin:]
    parsed = parse(commented)
    if parsed.has_errors:  # a line break decides between a list and infix
        return
    written = format_text(commented)
    assert [c.text for c in parse(written).comments] == [c.text for c in parsed.comments]
    assert parse(written).statements == parsed.statements


@given(st.sampled_from(TEXTS), st.integers(0, 400), st.integers(0, 30), st.text(max_size=5))
@example("-- top comment\nFilter a", 4, 2, "\r")
@example("-- top comment\nFilter a", 2, 4, "\r")
def test_a_damaged_text_is_formatted_or_refused(
    text: str, start: int, length: int, inserted: str
) -> None:
    damaged = text[:start] + inserted + text[start + length :]
    parsed = parse(damaged)
    assert all(0 <= p.span.start <= p.span.end <= len(damaged) for p in parsed.diagnostics)
    if parsed.has_errors:
        with pytest.raises(FormatError):
            format_text(damaged)
    else:
        written = format_text(damaged)
        assert format_text(written) == written
