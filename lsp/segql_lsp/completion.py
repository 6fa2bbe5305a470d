"""textDocument/completion: keywords where the grammar takes them, segments after INCLUDE."""

from __future__ import annotations

from lsprotocol import types

from segql.formatter import UnsayableError
from segql.formatter.spelling import segment as spelled
from segql.syntax.expectation import expectation_at
from segql.workspace import Segment
from segql_lsp.documents import OpenDocument


def complete(document: OpenDocument, position: types.Position) -> types.CompletionList:
    """What may be written at a position."""
    offset = document.offset(position)
    expected = expectation_at(document.file.source.text, offset)
    place = document.range(expected.start, offset)
    items = [_keyword(word, place) for word in expected.keywords]
    if expected.is_segment:
        items += [item for s in document.workspace.segments if (item := _segment(s, place))]
    return types.CompletionList(is_incomplete=False, items=items)


def _keyword(word: str, place: types.Range) -> types.CompletionItem:
    return types.CompletionItem(
        label=word,
        kind=types.CompletionItemKind.Keyword,
        text_edit=types.TextEdit(place, word),
    )


def _segment(segment: Segment, place: types.Range) -> types.CompletionItem | None:
    if segment.slug is None:
        return None
    try:
        text = spelled(segment.slug)
    except UnsayableError:
        return None
    name = segment.statement.options.get("name")
    return types.CompletionItem(
        label=segment.slug,
        kind=types.CompletionItemKind.Reference,
        detail=name if isinstance(name, str) else None,
        documentation=segment.statement.comment or None,
        text_edit=types.TextEdit(place, text),
    )
