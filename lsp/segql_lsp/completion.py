"""textDocument/completion: keywords where the grammar takes them, segments after INCLUDE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from segql.formatter import UnsayableError
from segql.formatter.spelling import segment as spelled
from segql.syntax.expectation import expectation_at
from segql.workspace import Outline
from segql_lsp.documents import Document

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer


def register(server: SegqlServer) -> None:
    """Offer what may be written."""

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=[" "])
    )
    def completion(ls: SegqlServer, params: types.CompletionParams) -> types.CompletionList | None:
        document = ls.document(params.text_document)
        return complete(document, params.position) if document else None


def complete(document: Document, position: types.Position) -> types.CompletionList:
    """What may be written at a position."""
    offset = document.offset(position)
    expected = expectation_at(document.text, offset)
    place = document.range(expected.start, offset)
    items = [_keyword(word, place) for word in expected.keywords]
    if expected.is_segment:
        known = document.folder.overview.segments
        items += [item for segment in known if (item := _segment(segment.outline, place))]
    return types.CompletionList(is_incomplete=False, items=items)


def _keyword(word: str, place: types.Range) -> types.CompletionItem:
    return types.CompletionItem(
        label=word,
        kind=types.CompletionItemKind.Keyword,
        text_edit=types.TextEdit(place, word),
    )


def _segment(segment: Outline, place: types.Range) -> types.CompletionItem | None:
    if segment.slug is None:
        return None
    try:
        text = spelled(segment.slug)
    except UnsayableError:
        return None
    return types.CompletionItem(
        label=segment.slug,
        kind=types.CompletionItemKind.Reference,
        detail=segment.name,
        text_edit=types.TextEdit(place, text),
    )
