"""Selections that grow: each is what a person would take next."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from segql_lsp.selection import select
from tests.lsp.any_text import TEXTS
from tests.lsp.desk import Desk, said

# A text with a cursor, and what is selected each time the selection grows. The last is the text.
GROWING = {
    "a field": (
        "FILTER AND (a, vis‸its > 5) ALIAS x",
        [
            "visits",
            "visits > 5",
            "a, visits > 5",
            "(a, visits > 5)",
            "AND (a, visits > 5)",
            "FILTER AND (a, visits > 5)",
            "FILTER AND (a, visits > 5) ALIAS x",
        ],
    ),
    "a part of a name": ("FILTER counts.we‸b", ["web", "counts.web", "FILTER counts.web"]),
    "behind a name": ("FILTER a‸>1", ["a", "a>1", "FILTER a>1"]),
    "an operator": ("FILTER a >‸ 1", [">", "a > 1", "FILTER a > 1"]),
    "a word in a string": (
        'FILTER a = "two wo‸rds"',
        ["words", "two words", '"two words"', 'a = "two words"', 'FILTER a = "two words"'],
    ),
    "an item of an array": (
        "FILTER a IN ( 1, ‸2 )",
        ["2", "1, 2", "( 1, 2 )", "a IN ( 1, 2 )", "FILTER a IN ( 1, 2 )"],
    ),
    "an argument": (
        "FILTER len(‸a) > 1",
        ["a", "(a)", "len(a)", "len(a) > 1", "FILTER len(a) > 1"],
    ),
    "between items": (
        "FILTER OR (a, ‸ b)",
        ["a,  b", "(a,  b)", "OR (a,  b)", "FILTER OR (a,  b)"],
    ),
    "a clause": (
        'FILTER a WITH k = "v", na‸me = 1 LIMIT 5',
        ["name", "name = 1", 'WITH k = "v", name = 1', 'FILTER a WITH k = "v", name = 1 LIMIT 5'],
    ),
    "JSON": (
        'FILTER a WITH {"n": "‸v"}',
        ["v", '"v"', '"n": "v"', '{"n": "v"}', 'WITH {"n": "v"}', 'FILTER a WITH {"n": "v"}'],
    ),
    "the comment above": (
        "x;\n-- one\n-- t‸wo\nFILTER a",
        [
            "two",
            "-- two",
            "-- one\n-- two",
            "-- one\n-- two\nFILTER a",
            "x;\n-- one\n-- two\nFILTER a",
        ],
    ),
    "a statement below its comment": (
        "-- why\nFILTER‸ a;\nb",
        ["FILTER", "FILTER a", "-- why\nFILTER a", "-- why\nFILTER a;\nb"],
    ),
    "between statements": ("FILTER a\n‸\nFILTER b", ["FILTER a\n\nFILTER b"]),
    "a comment in a list": (
        "FILTER AND (a, /* o‸ne */ b)",
        [
            "one",
            "/* one */",
            "a, /* one */ b",
            "(a, /* one */ b)",
            "AND (a, /* one */ b)",
            "FILTER AND (a, /* one */ b)",
        ],
    ),
    "emoji and other line ends": (
        'FILTER AND (\r\n "😀 ‸x" = a\r\n)',
        [
            "x",
            "😀 x",
            '"😀 x"',
            '"😀 x" = a',
            '(\r\n "😀 x" = a\r\n)',
            'AND (\r\n "😀 x" = a\r\n)',
            'FILTER AND (\r\n "😀 x" = a\r\n)',
        ],
    ),
    "broken: a bracket open": (
        "FILTER AND (a, len(‸b) >",
        ["b", "(b)", "len(b)", "len(b) >", "AND (a, len(b) >", "FILTER AND (a, len(b) >"],
    ),
    "broken: a string open": ('FILTER a = "on‸e', ["one", '"one', 'a = "one', 'FILTER a = "one']),
    "broken: nothing is right": ("$ (% ‸x) $", ["x", "% x", "(% x)", "$ (% x) $"]),
    "nothing": ("‸", [""]),
}


@pytest.mark.parametrize("case", GROWING)
def test_growing(case: str, tmp_path: Path) -> None:
    marked, expected = GROWING[case]
    desk = Desk(tmp_path, {"a.segql": marked})
    document = desk.document("a.segql")
    (found,) = select(document, [desk.position("a.segql")])
    assert [said(document, range) for range in _outward(found)] == expected


def _outward(found: types.SelectionRange) -> list[types.Range]:
    return [found.range, *(_outward(found.parent) if found.parent else ())]


def test_every_position_has_an_answer(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": "FILTER ‸a\nALIAS ‸b"})
    positions = [desk.position("a.segql", 1), desk.position("a.segql", 0), types.Position(99, 99)]
    params = types.SelectionRangeParams(desk.identifier("a.segql"), positions)
    found = desk.ask(types.TEXT_DOCUMENT_SELECTION_RANGE, params)
    document = desk.document("a.segql")
    assert [said(document, selected.range) for selected in found] == ["b", "a", "b"]


def test_no_document_no_selection(tmp_path: Path) -> None:
    nowhere = types.TextDocumentIdentifier("file:///nowhere/a.segql")
    params = types.SelectionRangeParams(nowhere, [types.Position(0, 0)])
    assert Desk(tmp_path, {}).ask(types.TEXT_DOCUMENT_SELECTION_RANGE, params) is None


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@given(text=TEXTS, data=st.data())
def test_any_text(text: str, data: st.DataObject, root: Path) -> None:
    document = Desk(root, {}).open("any.segql", text)
    position = document.position(data.draw(st.integers(0, len(text))))
    offset = document.offset(position)  # no cursor stands inside a line break
    (found,) = select(document, [position])
    spans = [document.span(range) for range in _outward(found)]
    assert spans[-1] == (0, len(text))
    for (start, end), (outer_start, outer_end) in pairwise(spans):
        assert outer_start <= start <= offset <= end <= outer_end
        assert (start, end) != (outer_start, outer_end)
