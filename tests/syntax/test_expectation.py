"""What may stand where somebody writes. The mark ``‸`` is the cursor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.syntax.cursor import argument_at, cursor_at
from segql.syntax.expectation import Expectation, expectation_at
from segql.syntax.nodes import Call, Identifier
from tests.texts import SPACES, WORDS

PHRASE = {"AND", "OR", "NOT", "EXISTS", "INCLUDE"}


def expected(marked: str) -> tuple[str, Expectation]:
    """A text without its mark, and what is expected there."""
    offset = marked.index("‸")
    text = marked.replace("‸", "")
    return text, expectation_at(text, offset)


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("‸", {"statement", "field", "value"}),
        ("FILTER a ALIAS b\n‸", {"statement"}),
        ("FILTER ‸", {"field", "value"}),
        ("FILTER AND (a > 1, ‸", {"field", "value"}),
        ("FILTER AND (a > 1,\r\n  b >, 🛒, ‸", {"field", "value"}),
        ("FILTER a ‸", {"statement", "operator"}),
        ("FILTER a NOT ‸", {"operator"}),
        ("FILTER a > ‸", {"field", "value"}),
        ('FILTER a = "‸', {"value"}),
        ('FILTER a IN ("x", ‸', {"value"}),
        ("FILTER `a‸", {"field"}),
        ("FILTER INCLUDE ‸", {"segment"}),
        ('FILTER AND (x >, INCLUDE "‸', {"segment"}),
        ('FILTER in_segment("‸")', {"segment"}),
        ("FILTER a FROM ‸", {"table"}),
        ("FILTER a WITH ‸", {"option"}),
        ('FILTER a WITH {"‸', {"option"}),
        ("FILTER a WITH kind = ‸", {"option value"}),
        ('FILTER a WITH {"kind": "‸"}', {"option value"}),
        ('FILTER a WITH {"x": {"‸', set()),
        ("FILTER a ALIAS ‸", set()),
        ("FILTER a LIMIT ‸", set()),
        ("FILTER a -- ‸", set()),
        ("FILTER a /* ‸", set()),
        ('FILTER a WITH description = "one\ntwo ‸\nthree" ALIAS b', set()),
        ("FILTER 🛒 visits = ‸", {"field", "value"}),
        ('FILTER a = "never closed\nFILTER b > ‸', {"field", "value"}),
    ],
)
def test_what_is_wanted(text: str, wants: set[str]) -> None:
    assert expected(text)[1].wants == wants


@pytest.mark.parametrize(
    ("text", "present", "absent"),
    [
        ("FILTER AND (a, ‸", PHRASE, {"FROM", "LIKE", "FILTER"}),
        ("FILTER a NOT ‸", {"IN", "LIKE", "CONTAINS", "INTERSECTS", "BETWEEN"}, {"FROM", "IS"}),
        ("FILTER AND (a NOT ‸", {"IN", "LIKE", *PHRASE}, {"FROM"}),
        ("FILTER a ‸", {"FROM", "LIMIT", "WITH", "ALIAS", "IS"}, {"EXISTS"}),
        ("FILTER a FROM user ‸", {"LIMIT", "WITH", "ALIAS"}, {"FROM"}),
        ("FILTER * LIMIT 5 ‸", {"FROM", "WITH", "ALIAS"}, {"LIMIT"}),
        ("FILTER INCLUDE ‸", set(), {"FROM", "NOT"}),
        ('FILTER a = "‸', set(), {"TRUE", "NULL"}),
    ],
)
def test_keywords(text: str, present: set[str], absent: set[str]) -> None:
    keywords = set(expected(text)[1].keywords)
    assert present <= keywords
    assert not absent & keywords


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("FILTER vis‸its > 5", "visits"),
        ("FILTER counts.we‸b-shop > 5", "counts.web-shop"),
        ("FILTER counts.`We‸b hit` > 5", "counts.`Web hit`"),
        ("FILTER ‸visits > 5", ""),
        ('FILTER city = "Por‸tland", a', '"Portland"'),
        ('FILTER city = "a ""b"" ‸c" OR x', '"a ""b"" c"'),
        ('FILTER AND (city = "Por‸, b = "x")', '"Por'),
        ('FILTER AND (city = "Por‸\n, b = "x")', '"Por'),
        ('FILTER INCLUDE "v‸ip"', '"vip"'),
        ("FILTER a = 😀 AND naïv‸eté", "naïveté"),
        ("FILTER a -‸b", ""),
    ],
)
def test_what_a_choice_takes_the_place_of(text: str, taken: str) -> None:
    bare, found = expected(text)
    assert bare[found.start : found.end] == taken


@pytest.mark.parametrize(
    ("text", "subject", "operator"),
    [
        ("FILTER visits ‸", Identifier("visits"), ""),
        ("FILTER visits NOT ‸", Identifier("visits"), ""),
        ("FILTER visits > ‸", Identifier("visits"), ">"),
        ("FILTER `a b`.c == ‸", Identifier("a b.c"), "="),
        ("FILTER visits NOT IN (1, ‸", Identifier("visits"), "IN"),
        ("FILTER visits BETWEEN ‸", Identifier("visits"), "BETWEEN"),
        ("FILTER visits BETWEEN -1 AND ‸", Identifier("visits"), "BETWEEN"),
        ("FILTER visits BETWEEN 1 AND 2 AND ‸", None, ""),
        ("FILTER lower(f(a), b) LIKE ‸", Call("lower", ()), "LIKE"),
        ("FILTER AND (a > 1, ‸", None, ""),
        ("FILTER 🛒 visits = ‸", Identifier("visits"), "="),
        ("= ‸", None, "="),
        ("‸ IN (1)", None, ""),
    ],
)
def test_what_a_value_is_for(text: str, subject: object, operator: str) -> None:
    found = expected(text)[1]
    assert (found.subject, found.operator) == (subject, operator)


@pytest.mark.parametrize(
    ("text", "option", "options"),
    [
        ("FILTER a WITH ‸", "", set()),
        ('FILTER a WITH name = "x", ‸', "", {"name"}),
        ("FILTER a WITH Kind = ‸", "kind", {"kind"}),
        ('FILTER a WITH name = "x", tags = ["a", ‸', "tags", {"name", "tags"}),
        ('FILTER a WITH {"name": "x", "‸"}', "", {"name"}),
        ('FILTER a WITH {"is_public": ‸}', "is_public", {"is_public"}),
    ],
)
def test_fields_of_with(text: str, option: str, options: set[str]) -> None:
    found = expected(text)[1]
    assert (found.option, found.options) == (option, options)


@pytest.mark.parametrize(
    ("text", "table", "alias"),
    [
        ("FILTER a > ‸ FROM content ALIAS x; FILTER b FROM user", "content", "x"),
        ('FILTER AND (a > "‸", b > ) FROM content', "content", None),
        ("FILTER a FROM content ALIAS `x y` WITH ‸", "content", "x y"),
        ("FILTER b FROM user ALIAS y; FILTER a > ‸", None, None),
        ("FILTER a > ‸\nFILTER b FROM user ALIAS y", None, None),
    ],
)
def test_the_clauses_around(text: str, table: str | None, alias: str | None) -> None:
    found = expected(text)[1]
    assert (found.table, found.alias) == (table, alias)


@pytest.mark.parametrize(
    ("text", "function", "position", "total"),
    [
        ("FILTER timewindow(‸", "timewindow", 0, 1),
        ("FILTER timewindow(visits, ‸", "timewindow", 1, 2),
        ("FILTER timewindow(visits, ‸, 7)", "timewindow", 1, 3),
        ('FILTER f("a, b", len((a + ‸b), c), d)', "len", 0, 2),
        ("FILTER f(a, (b + ‸c), d)", "f", 1, 3),
        ("FILTER contains(a, ‸", "contains", 1, 2),
        ('FILTER f(a, "x, ‸y")', "f", 1, 2),
        ("FILTER f(a)‸", None, 0, 0),
        ("FILTER AND (f(a), ‸", None, 0, 0),
        ("FILTER a IN (‸", None, 0, 0),
        ("FILTER f(a FILTER (‸", None, 0, 0),
    ],
)
def test_the_argument_of_a_function(
    text: str, function: str | None, position: int, total: int
) -> None:
    bare = text.replace("‸", "")
    cursor = cursor_at(bare, text.index("‸"))
    assert cursor
    found = argument_at(cursor)
    assert (found and found.function) == function
    assert found is None or (found.position, found.total) == (position, total)
    assert found is None or bare.startswith(found.function, found.start)


@given(st.lists(st.sampled_from((*WORDS, *SPACES)), max_size=30).map("".join), st.data())
def test_any_place_of_any_text_is_answered(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    found = expectation_at(text, offset)
    assert 0 <= found.start <= offset <= found.end <= len(text)
    assert not found.quote or found.quote in text[found.start : offset]
