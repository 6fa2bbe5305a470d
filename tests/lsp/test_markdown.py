"""Markdown that shows what people wrote as they wrote it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import MarkupContent, MarkupKind

from segql_lsp.markdown import block, code, content, escaped, plain


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Plain words, as they are: 1.5 (not more).", "Plain words, as they are: 1.5 (not more)."),
        ("[x](command:y)", "\\[x\\](command:y)"),
        ("<a> & *b* `c` _d_ # e", "\\<a\\> \\& \\*b\\* \\`c\\` \\_d\\_ \\# e"),
        ("- a list\n- of two", "\\- a list - of two"),
        ("1. first", "1\\. first"),
    ],
)
def test_a_text_is_shown_as_it_is(text: str, markdown: str) -> None:
    assert escaped(text) == markdown


@pytest.mark.parametrize(
    ("text", "markdown"),
    [("a", "`a`"), ("a`b", "``a`b``"), ("`a`", "`` `a` ``"), ("a\nb", "`a b`")],
)
def test_code_holds_backticks(text: str, markdown: str) -> None:
    assert code(text) == markdown


def test_a_block_ends_where_it_should() -> None:
    assert block('a = "```"') == '````segql\na = "```"\n````'


@given(st.text())
def test_plain_text_is_what_was_written(text: str) -> None:
    assert plain(escaped(text)) == " ".join(text.split())


def test_marks_go_for_clients_that_show_them() -> None:
    text = f"{block('FILTER a *')}\n\n**Bold** [link](file:///x) {code('c')}"
    bare = "FILTER a *\n\nBold link c"
    assert content(text, None) == bare
    assert content(text, []) == bare
    assert content(text, [MarkupKind.PlainText]) == MarkupContent(MarkupKind.PlainText, bare)
    assert content(text, [MarkupKind.Markdown]) == MarkupContent(MarkupKind.Markdown, text)
