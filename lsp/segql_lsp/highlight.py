"""textDocument/documentHighlight: where the document names the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from segql_lsp.documents import Document
from segql_lsp.targets import in_document, target

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer

_KINDS = {True: types.DocumentHighlightKind.Write, False: types.DocumentHighlightKind.Read}


def register(server: SegqlServer) -> None:
    """Show what is named at the cursor."""

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    def document_highlight(
        ls: SegqlServer, params: types.DocumentHighlightParams
    ) -> list[types.DocumentHighlight] | None:
        document = ls.document(params.text_document)
        return highlight(document, params.position) if document else None


def highlight(document: Document, position: types.Position) -> list[types.DocumentHighlight]:
    """Where the symbol at a position stands; a segment's own name is written, others are read."""
    occurrence = target(document, position)
    if occurrence is None:
        return []
    return [
        types.DocumentHighlight(document.range(found.start, found.end), _KINDS[found.is_definition])
        for found in in_document(document, occurrence.symbol)
    ]
