"""textDocument/formatting: the canonical form, as `segql format` writes it."""

from __future__ import annotations

from lsprotocol import types

from segql.formatter import FormatError, UnsayableError, format_parsed
from segql_lsp.documents import OpenDocument


def format_document(document: OpenDocument) -> list[types.TextEdit] | None:
    """One edit that makes the text canonical; none where it is, or where it has errors."""
    try:
        written = format_parsed(document.file, document.line_length)
    except (FormatError, UnsayableError):  # the diagnostics say why
        return None
    text = document.file.source.text
    if written == text:
        return []
    return [types.TextEdit(document.range(0, len(text)), written)]
