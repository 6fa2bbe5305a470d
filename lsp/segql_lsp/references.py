"""textDocument/references: every place in the folder that names the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from segql_lsp.documents import Document
from segql_lsp.targets import in_folder, target

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer


def register(server: SegqlServer) -> None:
    """Find what names the same."""

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def references(ls: SegqlServer, params: types.ReferenceParams) -> list[types.Location] | None:
        document = ls.document(params.text_document)
        if document is None:
            return None
        return refer(document, params.position, params.context.include_declaration)


def refer(
    document: Document, position: types.Position, with_declaration: bool
) -> list[types.Location]:
    """Where the symbol at a position is named: a segment, a field, a key, a function, a table."""
    occurrence = target(document, position)
    if occurrence is None:
        return []
    return [
        other.location(found.start, found.end)
        for other, found in in_folder(document.folder, occurrence.symbol)
        if with_declaration or not found.is_definition
    ]
