"""textDocument/formatting: the canonical form, as `segql format` writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from segql.formatter import FormatError, UnsayableError, format_parsed
from segql_lsp.documents import Document

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


def format_document(document: Document) -> list[types.TextEdit] | None:
    """One edit that makes the text canonical; none where it is, or where it has errors."""
    try:
        written = format_parsed(document.file, document.folder.line_length)
    except (FormatError, UnsayableError):  # the diagnostics say why
        return None
    if written == document.text:
        return []
    return [types.TextEdit(document.range(0, len(document.text)), written)]
