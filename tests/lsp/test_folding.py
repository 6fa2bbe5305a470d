"""What can be folded, for clients that fold whole lines and for those that fold characters."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from lsprotocol import types

from segql_lsp.folding import Style, fold
from tests.lsp.any_text import TEXTS
from tests.lsp.desk import Desk, said

BY_LINE = Style(is_by_line=True, has_text=True)
BY_CHARACTER = Style(has_text=True)

FORMATTED = """\
-- Customers who get the sale
-- two days early.
FILTER AND (
    INCLUDE active,
    OR (
        a IN (
            "x",
        ),
        b,
    ),
)
WITH name = "VIP",
    tags = [
        "value",
    ]
ALIAS vip
"""

# A text, and the lines that a client can fold: the first stays to be seen.
LINES = {
    "one line": ("FILTER AND (a, b) ALIAS x", []),
    "formatted": (
        FORMATTED,
        ["0-1 comment", "2-15", "4-8", "5-6", "11-14", "12-13"],
    ),
    "two statements": ("FILTER a\nALIAS x\n\nFILTER b\nALIAS y\n", ["0-1", "3-4"]),
    "without FILTER": ("a >\n 1;\nb\n", ["0-1"]),
    "infix": ("FILTER a\n  AND b\n  AND c", ["0-2"]),
    "a call": ("FILTER x AND len(\n a\n) > 1", ["0-2"]),
    "a bracket below": ("FILTER x\nAND len(\n a\n) > 1", ["0-3", "1-2"]),
    "JSON": ('FILTER a\nWITH {\n "n": {\n  "m": 1\n }\n}', ["0-5", "1-5", "2-3"]),
    "text behind the closing bracket stays": ("FILTER x AND\n(a,\n b) > 2", ["0-2"]),
    "a description": ('FILTER a WITH k = 1,\n name = "b\nc\nd"', ["0-3", "1-3"]),
    "comments apart": (
        "-- a\n-- b\n\n-- c\n\n/* d\n e */\nFILTER x",
        ["0-1 comment", "5-6 comment"],
    ),
    "comments of two kinds": ("/* a\n */\n-- b\nFILTER x", ["0-2 comment"]),
    "comments behind phrases": ("FILTER x -- a\n-- b\n-- c\n", ["1-2 comment"]),
    "a long comment behind a phrase": ("FILTER x /* a\n b */", ["0-1 comment"]),
    "a statement between comments": ("-- a\nFILTER x -- b\n-- c", []),
    "other line ends": ("FILTER AND (\r\n😀,\r\n b\r\n)\r\n\r\n# a\r\n# b", ["0-3", "5-6 comment"]),
    "only returns": ("FILTER AND (\r a\r)", ["0-2"]),
    "broken: a bracket open": ("FILTER AND (\n a,\n OR (\n  b\n )\n;\nFILTER c", ["0-4", "2-3"]),
    "broken: a bracket too many": ("FILTER AND (\n a)\n) ALIAS x\nFILTER (\nb\n)", ["0-2", "3-5"]),
    "broken: the other bracket": ("FILTER x IN (\n 1]\n)", ["0-2"]),
    "broken: a comment open": ("FILTER a\n/* b\nc", ["0-2", "1-2 comment"]),
    "broken: nothing is right": ("%%%\n(\n$\n)", ["0-3", "1-2"]),
    "nothing": ("", []),
    "only comments": ("-- a\n-- b", ["0-1 comment"]),
}


@pytest.mark.parametrize("case", LINES)
def test_lines(case: str, tmp_path: Path) -> None:
    text, expected = LINES[case]
    document = Desk(tmp_path, {"a.segql": ""}).open("a.segql", text)
    found = fold(document, BY_LINE)
    assert [_lines(range) for range in found] == expected
    assert all(range.start_character is None for range in found)


def _lines(range: types.FoldingRange) -> str:
    kind = f" {range.kind.value}" if isinstance(range.kind, types.FoldingRangeKind) else ""
    return f"{range.start_line}-{range.end_line}{kind}"


# A text, and what a client sees of each fold when it alone is folded.
SEEN = {
    "AND (\n a,\n b\n)": ["AND…", "AND (…)"],
    "FILTER a\nWITH name = 1\n, k = 2\nALIAS b": ["FILTER… ALIAS b", "FILTER a\nWITH…\nALIAS b"],
    "-- 😀 a\r\n-- b\r\nx": ["--…\r\nx"],
    "FILTER a ALIAS b\nLIMIT 5": ["FILTER…"],
    'FILTER "😀" == a AND ("😀" == b,\n c)': ["FILTER…", 'FILTER "😀" == a AND (…)'],
}


@pytest.mark.parametrize("text", SEEN)
def test_characters(text: str, tmp_path: Path) -> None:
    document = Desk(tmp_path, {"a.segql": ""}).open("a.segql", text)
    seen = []
    for range in fold(document, BY_CHARACTER):
        start, end = document.span(_range(range))
        seen.append(f"{text[:start]}{range.collapsed_text}{text[end:]}")
    assert seen == SEEN[text]


def _range(range: types.FoldingRange) -> types.Range:
    assert range.start_character is not None
    assert range.end_character is not None
    return types.Range(
        types.Position(range.start_line, range.start_character),
        types.Position(range.end_line, range.end_character),
    )


def test_what_a_client_shows_of_folded_lines(tmp_path: Path) -> None:
    document = Desk(tmp_path, {"a.segql": ""}).open("a.segql", FORMATTED)
    assert [range.collapsed_text for range in fold(document, BY_LINE)] == [
        "-- Customers who get the sale…",
        "FILTER AND (… ALIAS vip",
        "    OR (…",
        "        a IN (…",
        'WITH name = "VIP",…',
        "    tags = […",
    ]
    plain = fold(document, Style(is_by_line=True))
    assert {range.collapsed_text for range in plain} == {None}


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (0, []),
        (1, ["0-1"]),
        (2, ["0-1", "2-15"]),
        (4, ["0-1", "2-15", "4-8", "11-14"]),
        (99, ["0-1", "2-15", "4-8", "5-6", "11-14", "12-13"]),
    ],
)
def test_a_client_that_wants_few_gets_the_outermost(
    limit: int, expected: list[str], tmp_path: Path
) -> None:
    document = Desk(tmp_path, {"a.segql": ""}).open("a.segql", FORMATTED)
    found = fold(document, Style(is_by_line=True, limit=limit))
    assert [f"{range.start_line}-{range.end_line}" for range in found] == expected


def test_the_capabilities_of_the_client_decide(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": FORMATTED})
    params = types.FoldingRangeParams(desk.identifier("a.segql"))
    answers = []
    for can in (None, types.FoldingRangeClientCapabilities(range_limit=2, line_folding_only=True)):
        desk.server.protocol.client_capabilities = types.ClientCapabilities(
            text_document=types.TextDocumentClientCapabilities(folding_range=can)
        )
        answers.append(desk.ask(types.TEXT_DOCUMENT_FOLDING_RANGE, params))
    by_character, by_line = answers
    assert [said(desk.document("a.segql"), _range(range)) for range in by_character[-1:]] == [
        '\n        "value",\n    '
    ]
    assert [_lines(range) for range in by_line] == ["0-1 comment", "2-15"]


def test_no_document_no_folds(tmp_path: Path) -> None:
    params = types.FoldingRangeParams(types.TextDocumentIdentifier("file:///nowhere/a.segql"))
    assert Desk(tmp_path, {}).ask(types.TEXT_DOCUMENT_FOLDING_RANGE, params) is None


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@given(text=TEXTS)
def test_any_text(text: str, root: Path) -> None:
    document = Desk(root, {}).open("any.segql", text)
    last_line = len(document.source.line_starts) - 1
    for range in fold(document, BY_CHARACTER):
        start, end = document.span(_range(range))
        assert 0 <= start < end <= len(text)
        assert document.range(start, end) == _range(range)
    lines = fold(document, BY_LINE)
    assert all(0 <= range.start_line < range.end_line <= last_line for range in lines)
    firsts = [range.start_line for range in lines]
    assert firsts == sorted(set(firsts))
