"""textDocument/definition: from INCLUDE to the segment, from a field to its line in the catalog."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from segql.catalog.defining import find_definition
from segql.linter.setup import catalog_paths
from segql.workspace.occurrences import Symbol
from segql_lsp.abilities import ability
from segql_lsp.documents import Document, uri_of
from segql_lsp.folder import Folder
from segql_lsp.places import Places
from segql_lsp.targets import segments, target

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer

# A document, all of what is defined there, and its name alone.
_Defined = tuple[str, types.Range, types.Range]


def register(server: SegqlServer) -> None:
    """Say where a name is defined."""

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(
        ls: SegqlServer, params: types.DefinitionParams
    ) -> list[types.LocationLink] | list[types.Location] | None:
        document = ls.document(params.text_document)
        if document is None:
            return None
        links = define(document, params.position)
        if ability(ls, "text_document.definition.link_support"):
            return links
        return [types.Location(link.target_uri, link.target_selection_range) for link in links]


def define(document: Document, position: types.Position) -> list[types.LocationLink]:
    """Where the name at a position is defined; of a segment defined twice, both places."""
    occurrence = target(document, position)
    if occurrence is None:
        return []
    origin = document.range(occurrence.start, occurrence.end)
    found = _defined(document.folder, occurrence.symbol)
    return [types.LocationLink(uri, whole, name, origin) for uri, whole, name in found]


def _defined(folder: Folder, symbol: Symbol) -> Iterator[_Defined]:
    if symbol.kind == "segment":
        for place in segments(folder, symbol.name):
            yield place.document.uri, place.range, place.name_range
    elif symbol.kind in ("field", "key"):
        yield from _defined_in_catalog(folder, symbol)


def _defined_in_catalog(folder: Folder, symbol: Symbol) -> Iterator[_Defined]:
    """The line of a field; of a key that of its map."""
    known = folder.catalog.find(symbol.name, symbol.table)
    if known is None or folder.config is None:
        return
    for path in reversed(catalog_paths(folder.config)):  # what comes last wins
        found = find_definition(path, known.field.name, symbol.table)
        if found:
            source, span = found
            places = Places(source, folder.encoding)
            ends = (types.Position(*places.place(offset)) for offset in (span.start, span.end))
            name = types.Range(*ends)
            yield uri_of(str(path)), name, name
            return
