"""textDocument/formatting, of all, of a range and while typing: as `segql format` writes it.

The line length is the configuration's, and indentation that of the canonical form: what the client
says of tabs does not matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from segql.diagnostics import Edit
from segql.formatter import FormatError, UnsayableError, format_parsed
from segql.refactoring.formatting import formatted_between, indentation, is_in_text
from segql_lsp.documents import Document
from segql_lsp.edits import text_edits

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer


def register(server: SegqlServer) -> None:
    """Format on request."""

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    def formatting(
        ls: SegqlServer, params: types.DocumentFormattingParams
    ) -> list[types.TextEdit] | None:
        document = ls.document(params.text_document)
        return format_document(document) if document else None

    @server.feature(types.TEXT_DOCUMENT_RANGE_FORMATTING)
    def range_formatting(
        ls: SegqlServer, params: types.DocumentRangeFormattingParams
    ) -> list[types.TextEdit] | None:
        document = ls.document(params.text_document)
        return format_range(document, params.range) if document else None

    @server.feature(
        types.TEXT_DOCUMENT_ON_TYPE_FORMATTING,
        types.DocumentOnTypeFormattingOptions(
            first_trigger_character="\n", more_trigger_character=[")"]
        ),
    )
    def on_type_formatting(
        ls: SegqlServer, params: types.DocumentOnTypeFormattingParams
    ) -> list[types.TextEdit] | None:
        document = ls.document(params.text_document)
        return format_typed(document, params.position, params.ch) if document else None


def format_document(document: Document) -> list[types.TextEdit] | None:
    """The edits that make a text canonical; none where it is, or where it has errors."""
    try:
        written = format_parsed(document.file, document.folder.line_length)
    except (FormatError, UnsayableError):  # the diagnostics say why
        return None
    return text_edits(document, [Edit(0, len(document.text), written)])


def format_range(document: Document, range: types.Range) -> list[types.TextEdit] | None:
    """The edits that make canonical the statements that a range touches."""
    edits = formatted_between(document.file, *document.span(range), document.folder.line_length)
    return None if edits is None else text_edits(document, edits)


def format_typed(
    document: Document, position: types.Position, typed: str
) -> list[types.TextEdit] | None:
    """The edit that indents the line in which something was typed."""
    offset = document.offset(position)
    start = document.offset(types.Position(position.line, 0))
    line = document.text[start:].partition("\n")[0].rstrip("\r")
    white = len(line) - len(line.lstrip(" \t"))
    if typed == ")" and (line[white : white + 1] != ")" or offset != start + white + 1):
        return None
    if is_in_text(document.text, start + white):
        return None
    wanted = indentation(document.text, start)
    if wanted is None or line[:white] == " " * wanted:
        return None
    return [types.TextEdit(document.range(start, start + white), " " * wanted)]
