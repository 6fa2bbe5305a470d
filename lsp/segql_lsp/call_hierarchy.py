"""Call hierarchy: who includes a segment, and whom it includes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from segql.workspace import slug_of
from segql.workspace.naming import stated_name
from segql.workspace.occurrences import in_statement
from segql_lsp.documents import Document
from segql_lsp.targets import (
    Place,
    mentions,
    place_of,
    segment_at,
    segments,
    target,
    title,
)

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer


def register(server: SegqlServer) -> None:
    """Answer one step at a time: the client asks on, and so a circle is no trap."""

    @server.feature(types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY)
    def prepare_call_hierarchy(
        ls: SegqlServer, params: types.CallHierarchyPrepareParams
    ) -> list[types.CallHierarchyItem] | None:
        document = ls.document(params.text_document)
        return prepare(document, params.position) if document else None

    @server.feature(types.CALL_HIERARCHY_INCOMING_CALLS)
    def incoming_calls(
        ls: SegqlServer, params: types.CallHierarchyIncomingCallsParams
    ) -> list[types.CallHierarchyIncomingCall] | None:
        place = _place_of(ls, params.item)
        return incoming(place) if place else None

    @server.feature(types.CALL_HIERARCHY_OUTGOING_CALLS)
    def outgoing_calls(
        ls: SegqlServer, params: types.CallHierarchyOutgoingCallsParams
    ) -> list[types.CallHierarchyOutgoingCall] | None:
        place = _place_of(ls, params.item)
        return outgoing(place) if place else None


def prepare(document: Document, position: types.Position) -> list[types.CallHierarchyItem]:
    """The segment that is named at a position, else the one that is written there."""
    occurrence = target(document, position)
    if occurrence and occurrence.symbol.kind == "segment":
        found = segments(document.folder, occurrence.symbol.name)
    else:
        here = segment_at(document, document.offset(position))
        found = [here] if here else []
    return [_item(place) for place in found]


def incoming(place: Place) -> list[types.CallHierarchyIncomingCall]:
    """The segments of the folder that include one, and where."""
    slug = slug_of(place.statement)
    callers: dict[tuple[str, int], tuple[Place, list[types.Range]]] = {}
    for document, mention in mentions(place.document.folder, slug) if slug else ():
        caller = segment_at(document, mention.start)
        if caller:
            key = document.uri, caller.statement.start
            _, ranges = callers.setdefault(key, (caller, []))
            ranges.append(document.range(mention.start, mention.end))
    return [
        types.CallHierarchyIncomingCall(_item(caller), ranges)
        for caller, ranges in callers.values()
    ]


def outgoing(place: Place) -> list[types.CallHierarchyOutgoingCall]:
    """The segments of the folder that one includes, and where; the account's own have no text."""
    document, found = place.document, dict[str, list[types.Range]]()
    for occurrence in in_statement(document.text, place.statement):
        if occurrence.symbol.kind == "segment" and not occurrence.is_definition:
            where = document.range(occurrence.start, occurrence.end)
            found.setdefault(occurrence.symbol.name, []).append(where)
    return [
        types.CallHierarchyOutgoingCall(_item(included), ranges)
        for slug, ranges in found.items()
        for included in segments(document.folder, slug)
    ]


def _item(place: Place) -> types.CallHierarchyItem:
    name = stated_name(place.statement)
    return types.CallHierarchyItem(
        name=title(place.statement),
        kind=types.SymbolKind.Class,
        uri=place.document.uri,
        range=place.range,
        selection_range=place.name_range,
        detail=name,
        data={"slug": slug_of(place.statement)},
    )


def _place_of(server: SegqlServer, item: types.CallHierarchyItem) -> Place | None:
    """The segment of an item; where the text changed meanwhile, the one that has its slug now."""
    document = server.folders.document(item.uri)
    if document is None:
        return None
    slug = item.data.get("slug") if isinstance(item.data, dict) else None
    here = segment_at(document, document.offset(item.selection_range.start))
    if slug is None or (here and slug_of(here.statement) == slug):
        return here
    named = (s for s in document.file.statements if slug_of(s) == slug)
    return next((place_of(document, statement) for statement in named), None)
