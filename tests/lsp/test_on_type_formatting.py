"""Formatting while somebody types: one line's indentation, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from tests import texts
from tests.lsp.desk import Desk, applied, nowhere

OPTIONS = types.FormattingOptions(tab_size=2, insert_spaces=False)

TYPED = [  # what was typed, the text then, and after it
    ("\n", "FILTER AND (\n‸", "FILTER AND (\n    "),
    ("\n", "FILTER AND (\n  ‸)", "FILTER AND (\n)"),
    ("\n", "FILTER AND (\n  ‸a,", "FILTER AND (\n    a,"),
    ("\n", 'FILTER AND (\r\n\ts = "😀",\r\n‸\r\n)', 'FILTER AND (\r\n\ts = "😀",\r\n    \r\n)'),
    ("\n", "FILTER a > 1\n    ‸ALIAS x", "FILTER a > 1\nALIAS x"),
    ("\n", "FILTER AND (\n    ‸", None),  # as it should be
    ("\n", 'FILTER a = "(\n‸', None),
    ("\n", "/* (\n‸", None),
    ("\n", "FILTER AND (a > , OR (\n‸\nFILTER b", "FILTER AND (a > , OR (\n    \nFILTER b"),
    (")", "FILTER AND (\n    a,\n    )‸", "FILTER AND (\n    a,\n)"),
    (")", "FILTER AND (\n    OR (\n        a,\n)‸", "FILTER AND (\n    OR (\n        a,\n    )"),
    (")", "FILTER AND (\n  a)‸", None),  # not on a line of its own
    (")", "FILTER AND (\n  ), b)‸", None),
    (")", "FILTER AND (\n  -- )‸", None),
    (")", 'FILTER AND (a = "\n  )‸"', None),
]


def typed(desk: Desk, name: str, character: str) -> list[types.TextEdit] | None:
    position = desk.position(name)
    params = types.DocumentOnTypeFormattingParams(
        desk.identifier(name), position, character, OPTIONS
    )
    return desk.ask(types.TEXT_DOCUMENT_ON_TYPE_FORMATTING, params)


@pytest.mark.parametrize(("character", "text", "expected"), TYPED)
def test_a_line_is_indented(
    tmp_path: Path, character: str, text: str, expected: str | None
) -> None:
    desk = Desk(tmp_path, {"a.segql": text})
    edits = typed(desk, "a.segql", character)
    document = desk.document("a.segql")
    assert (edits and applied(document, edits)) == expected


@given(texts.of_the_grammar(), st.data(), st.sampled_from(["\n", ")"]))
def test_nothing_but_white_space_of_one_line_changes(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject, character: str
) -> None:
    place = data.draw(st.integers(0, len(text)))
    text = f"{text[:place]}{character}{text[place:]}"
    desk = Desk(nowhere(tmp_path_factory), {})
    uri = "untitled:Untitled-1"
    desk.server.folders.open(types.TextDocumentItem(uri, "segql", 1, text))
    document = desk.server.folders.document(uri)
    assert document is not None
    position = document.position(place + 1)
    params = types.DocumentOnTypeFormattingParams(
        types.TextDocumentIdentifier(uri), position, character, OPTIONS
    )
    for edit in desk.ask(types.TEXT_DOCUMENT_ON_TYPE_FORMATTING, params) or ():
        start, end = document.span(edit.range)
        assert edit.range.start == types.Position(position.line, 0)
        assert not text[start:end].strip(" \t")
        assert not edit.new_text.strip(" ")
