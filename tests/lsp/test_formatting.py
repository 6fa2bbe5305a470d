"""Formatting of all and of a range: small edits, which together make the canonical form."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from segql.formatter import FormatError, format_text
from segql.syntax.parser import parse
from segql_lsp.documents import Document
from tests import texts
from tests.lsp.desk import Desk, applied, nowhere, said

# Whatever the client wants: the canonical form has four spaces.
OPTIONS = types.FormattingOptions(tab_size=2, insert_spaces=False)

RANGES = [
    (
        'FILTER   a ALIAS a\n\nFILTER AND (s = "😀",\n  b)‸ ALIAS b\n\nFILTER   c ALIAS c',
        'FILTER   a ALIAS a\n\nFILTER AND (s = "😀", b) ALIAS b\n\nFILTER   c ALIAS c',
    ),
    (
        "FILTER   a > ALIAS a\r\n\r\nFILTER   ‸b\r\nALIAS b -- b\r\n",
        "FILTER   a > ALIAS a\r\n\r\nFILTER b ALIAS b  -- b\r\n",
    ),
    ("FILTER   a > ‸ALIAS a\n", "FILTER   a > ALIAS a\n"),
]


def formatted(desk: Desk, name: str) -> list[types.TextEdit] | None:
    params = types.DocumentFormattingParams(desk.identifier(name), OPTIONS)
    return desk.ask(types.TEXT_DOCUMENT_FORMATTING, params)


def untitled(folder: Path, text: str, encoding: str = "utf-16") -> tuple[Desk, Document]:
    desk = Desk(folder, {}, encoding=encoding)
    uri = "untitled:Untitled-1"
    desk.server.folders.open(types.TextDocumentItem(uri, "segql", 1, text))
    document = desk.server.folders.document(uri)
    assert document is not None
    return desk, document


def test_only_the_lines_that_change_are_touched(tmp_path: Path) -> None:
    text = 'FILTER a ALIAS a\r\n\r\nFILTER s="😀" ALIAS b\r\n\r\nFILTER c ALIAS c\r\n'
    desk = Desk(tmp_path, {"a.segql": text})
    edits = formatted(desk, "a.segql")
    assert edits is not None
    (edit,) = edits
    document = desk.document("a.segql")
    assert said(document, edit.range) == 'FILTER s="😀" ALIAS b\r\n'
    assert edit.new_text == 'FILTER s = "😀" ALIAS b\r\n'


def test_what_is_canonical_needs_no_edit(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": "FILTER a ALIAS a\n"})
    assert formatted(desk, "a.segql") == []


def test_a_text_with_errors_is_left_alone(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": "FILTER   a\n\nFILTER b >"})
    assert formatted(desk, "a.segql") is None


def test_the_line_length_is_the_configurations(tmp_path: Path) -> None:
    text = "FILTER AND (first > 1, second > 2)\n"
    desk = Desk(tmp_path, {"a.segql": text, "segql.toml": "line-length = 20\n"})
    expected = "FILTER AND (\n    first > 1,\n    second > 2,\n)\n"
    assert applied(desk.document("a.segql"), formatted(desk, "a.segql")) == expected


@pytest.mark.parametrize(("text", "expected"), RANGES)
def test_a_range(tmp_path: Path, text: str, expected: str) -> None:
    desk = Desk(tmp_path, {"a.segql": text})
    params = types.DocumentRangeFormattingParams(
        desk.identifier("a.segql"), desk.range("a.segql"), OPTIONS
    )
    edits = desk.ask(types.TEXT_DOCUMENT_RANGE_FORMATTING, params)
    assert applied(desk.document("a.segql"), edits) == expected


@given(
    st.lists(st.sampled_from(texts.valid()), max_size=4),
    st.sampled_from(["\n\n", "\r\n\r\n", "\n\n\n-- 😀\n"]),
    st.sampled_from(["utf-8", "utf-16", "utf-32"]),
)
def test_the_edits_together_are_the_canonical_form(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str], joint: str, encoding: str
) -> None:
    text = joint.join(parts)
    desk, document = untitled(nowhere(tmp_path_factory), text, encoding)
    whole = document.range(0, len(text))
    identifier = types.TextDocumentIdentifier(document.uri)
    of_all = desk.ask(
        types.TEXT_DOCUMENT_FORMATTING, types.DocumentFormattingParams(identifier, OPTIONS)
    )
    of_range = desk.ask(
        types.TEXT_DOCUMENT_RANGE_FORMATTING,
        types.DocumentRangeFormattingParams(identifier, whole, OPTIONS),
    )
    try:
        expected = format_text(text)
    except FormatError:
        assert of_all is None
        return
    assert applied(document, of_all) == expected
    assert applied(document, of_range) == expected


@given(texts.of_the_grammar(), st.data())
def test_a_range_of_any_text(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject
) -> None:
    desk, document = untitled(nowhere(tmp_path_factory), text)
    places = st.integers(0, len(text))
    range = document.range(*sorted(data.draw(st.tuples(places, places))))
    identifier = types.TextDocumentIdentifier(document.uri)
    params = types.DocumentRangeFormattingParams(identifier, range, OPTIONS)
    edits = desk.ask(types.TEXT_DOCUMENT_RANGE_FORMATTING, params)
    if edits is not None:
        assert parse(applied(document, edits)).statements == document.file.statements
