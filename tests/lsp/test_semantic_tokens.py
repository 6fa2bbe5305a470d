"""What the words of a text are, as the protocol encodes it; whole, in part, and what changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from segql_lsp.documents import Document
from segql_lsp.semantic_tokens import LEGEND, difference, encoded, painted
from tests.lsp.any_text import TEXTS
from tests.lsp.desk import Desk, said

FULL = types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL
DELTA = types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA
RANGE = types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE

# A text, and its words with what they are; ``+`` stands before a modifier.
WORDS = {
    "FILTER a > 1": "FILTER keyword, a property, > operator, 1 number",
    "FILTER NOT a.b IN (-1, TRUE)": (
        "FILTER keyword, NOT keyword, a.b property, IN keyword, - number, 1 number, TRUE enumMember"
    ),
    'FILTER `a b` LIKE "x" AND c': (
        'FILTER keyword, `a b` property, LIKE keyword, "x" string, AND keyword, c property'
    ),
    'FILTER a > "now-3d"': (
        'FILTER keyword, a property, > operator, " string, now-3d enumMember, " string'
    ),
    'FILTER a > "now-3D"': 'FILTER keyword, a property, > operator, "now-3D" string',
    "FILTER Len(a) > mine(b)": (
        "FILTER keyword, Len function+defaultLibrary, a property, > operator, "
        "mine function, b property"
    ),
    'FILTER AND (INCLUDE a, INCLUDE "b", INCLUDE 5d)': (
        'FILTER keyword, AND keyword, INCLUDE keyword, a class, INCLUDE keyword, "b" class, '
        "INCLUDE keyword, 5d class"
    ),
    "* FROM content LIMIT 5 ALIAS 5d": (
        "* operator, FROM keyword, content type, LIMIT keyword, 5 number, ALIAS keyword, "
        "5d class+declaration"
    ),
    'a WITH name = "x", kind = aspect, t = ["y"] ALIAS z': (
        'a property, WITH keyword, name parameter, = operator, "x" string, kind parameter, '
        '= operator, aspect string, t parameter, = operator, "y" string, ALIAS keyword, '
        "z class+declaration"
    ),
    'a WITH {"n": "x", "m": {"k": [null, "now-1d"]}} ALIAS z': (
        'a property, WITH keyword, "n" parameter, "x" string, "m" parameter, "k" parameter, '
        'null enumMember, "now-1d" string, ALIAS keyword, z class+declaration'
    ),
    "FILTER AND (limit > 5, INCLUDE with, from = alias) FROM user": (
        "FILTER keyword, AND keyword, limit property, > operator, 5 number, INCLUDE keyword, "
        "with class, from property, = operator, alias property, FROM keyword, user type"
    ),
    "-- one\na /* two */ # three": "-- one comment, a property, /* two */ comment, # three comment",
    "a /* b\n   c */ > 1": "a property, /* b comment, c */ comment, > operator, 1 number",
    'a = "x\r\n\r\n y"': 'a property, = operator, "x string, y" string',
    "": "",
    'broken > "open': 'broken property, > operator, "open string',
    "FILTER AND (a > , b IN (1\nALIAS x": (
        "FILTER keyword, AND keyword, a property, > operator, b property, IN keyword, 1 number, "
        "ALIAS keyword, x class+declaration"
    ),
    "FILTER a WITH name\n;FILTER `open": (
        "FILTER keyword, a property, WITH keyword, name string, FILTER keyword, `open property"
    ),
    "INCLUDE ALIAS x /* open\nb": (
        "INCLUDE keyword, ALIAS keyword, x class+declaration, /* open comment, b comment"
    ),
}


@pytest.mark.parametrize("text", WORDS)
def test_words(text: str, tmp_path: Path) -> None:
    document = Desk(tmp_path, {}).open("a.segql", text)
    assert ", ".join(_told(document, encoded(document, painted(document)))) == WORDS[text]


def _told(document: Document, data: Any) -> list[str]:
    """Every word with what is said of it."""
    found = []
    for range, kind, modifiers in _decoded(data):
        names = [
            f"+{name}" for bit, name in enumerate(LEGEND.token_modifiers) if modifiers >> bit & 1
        ]
        found.append(f"{said(document, range)} {LEGEND.token_types[kind]}{''.join(names)}")
    return found


def _decoded(data: Any) -> list[tuple[types.Range, int, int]]:
    line = column = 0
    found = []
    for i in range(0, len(data), 5):
        lines, columns, length, kind, modifiers = data[i : i + 5]
        line, column = line + lines, columns if lines else column + columns
        place = types.Range(types.Position(line, column), types.Position(line, column + length))
        found.append((place, kind, modifiers))
    return found


@pytest.mark.parametrize(
    ("encoding", "places"),
    [
        ("utf-8", [(0, 6), (7, 1), (9, 4)]),
        ("utf-16", [(0, 4), (5, 1), (7, 3)]),
        ("utf-32", [(0, 3), (4, 1), (6, 3)]),
    ],
)
def test_units_of_the_client(encoding: str, places: list[tuple[int, int]], tmp_path: Path) -> None:
    document = Desk(tmp_path, {}, encoding=encoding).open("a.segql", '-- 😀\r\n`😀` = "é"')
    _, *found = _decoded(encoded(document, painted(document)))
    assert [(p.start.character, p.end.character - p.start.character) for p, *_ in found] == places
    assert {place.start.line for place, *_ in found} == {1}


def test_the_legend_has_standard_names_only() -> None:
    assert set(LEGEND.token_types) <= {kind.value for kind in types.SemanticTokenTypes}
    assert set(LEGEND.token_modifiers) <= {kind.value for kind in types.SemanticTokenModifiers}


def test_a_range_has_the_words_that_are_seen(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": "FILTER a\n‸AND b‸bb\nAND c"})
    params = types.SemanticTokensRangeParams(desk.identifier("a.segql"), desk.range("a.segql"))
    data = desk.ask(RANGE, params).data
    assert _told(desk.document("a.segql"), data) == ["AND keyword", "bbb property"]
    whole = desk.ask(FULL, types.SemanticTokensParams(desk.identifier("a.segql"))).data
    assert [row for row in _decoded(whole) if row[0].start.line == 1] == _decoded(data)


# ---- Differences ------------------------------------------------------------------------


def _changed(desk: Desk, text: str, previous: str) -> Any:
    desk.open("a.segql", text)
    return desk.ask(DELTA, types.SemanticTokensDeltaParams(desk.identifier("a.segql"), previous))


def _asked(desk: Desk) -> types.SemanticTokens:
    return desk.ask(FULL, types.SemanticTokensParams(desk.identifier("a.segql")))


def test_only_what_changed_is_told(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {})
    desk.open("a.segql", "FILTER a\nAND b\nAND c")
    first = _asked(desk)
    assert first.result_id
    second = _changed(desk, "FILTER a\nAND bb\nAND c", first.result_id)
    (edit,) = second.edits
    assert (edit.start, edit.delete_count, len(edit.data)) == (15, 5, 5)
    third = _changed(desk, "FILTER a\nAND bb\nAND c", second.result_id)
    assert third.edits == []
    fourth = _changed(desk, "FILTER a", third.result_id)
    assert _asked(desk).data == _applied(_applied(first.data, second.edits), fourth.edits)


def test_who_asks_for_another_difference_is_told_everything(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {})
    desk.open("a.segql", "FILTER a")
    first = _asked(desk)
    _asked(desk)
    assert isinstance(_changed(desk, "FILTER b", first.result_id or ""), types.SemanticTokens)


def test_what_was_told_is_forgotten_when_a_document_is_closed(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": "FILTER a"})
    desk.open("a.segql", "FILTER a")
    before = _asked(desk).result_id or ""
    desk.server.folders.close(desk.uri("a.segql"))
    _asked(desk)  # of the file on disk
    assert isinstance(_changed(desk, "FILTER b", before), types.SemanticTokens)


def test_no_document_no_tokens(tmp_path: Path) -> None:
    desk, nowhere = Desk(tmp_path, {}), types.TextDocumentIdentifier("file:///nowhere/a.segql")
    empty = types.Range(types.Position(0, 0), types.Position(0, 0))
    assert desk.ask(FULL, types.SemanticTokensParams(nowhere)) is None
    assert desk.ask(DELTA, types.SemanticTokensDeltaParams(nowhere, "1")) is None
    assert desk.ask(RANGE, types.SemanticTokensRangeParams(nowhere, empty)) is None


def _applied(data: Any, edits: Any) -> list[int]:
    data = list(data)
    for edit in edits:
        data[edit.start : edit.start + edit.delete_count] = edit.data or ()
    return data


TOKENS = st.lists(st.tuples(*[st.integers(0, 2)] * 5), max_size=8).map(
    lambda rows: [number for row in rows for number in row]
)


@given(before=TOKENS, after=TOKENS)
def test_a_difference_makes_one_of_the_other(before: list[int], after: list[int]) -> None:
    edits = difference(before, after)
    assert _applied(before, edits) == after
    assert all(edit.start % 5 == edit.delete_count % 5 == 0 for edit in edits)


# ---- Any text ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@given(text=TEXTS, encoding=st.sampled_from(("utf-8", "utf-16", "utf-32")))
def test_any_text(text: str, encoding: str, root: Path) -> None:
    document = Desk(root, {}, encoding=encoding).open("any.segql", text)
    before = types.Position(0, 0)
    for place, kind, modifiers in _decoded(encoded(document, painted(document))):
        assert (before.line, before.character) <= (place.start.line, place.start.character)
        start, end = document.span(place)
        assert place.start != place.end
        assert document.range(start, end) == place, "a word ends where its line does, or before"
        assert kind < len(LEGEND.token_types)
        assert modifiers < 1 << len(LEGEND.token_modifiers)
        before = place.end
