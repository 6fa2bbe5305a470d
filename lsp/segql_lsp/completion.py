"""textDocument/completion: what may be written, and completionItem/resolve: what it is.

Descriptions are made when the client asks for that of one item, if it can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from lsprotocol.types import CompletionItemKind as Kind

from segql.catalog import FUNCTIONS
from segql.catalog.words import WORDS
from segql.syntax.expectation import Want, expectation_at
from segql_lsp import describing
from segql_lsp.abilities import ability
from segql_lsp.documents import Document
from segql_lsp.markdown import content
from segql_lsp.offered_names import option_values, options, segments, tables
from segql_lsp.offered_values import fields, functions, values
from segql_lsp.offered_words import keywords, operators, statements
from segql_lsp.offering import Item, Situation

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer

_TRIGGERS = (" ", ".", '"', "(", "`")
_QUOTES = ('"', "`")
_MOST_DESCRIBED = 300  # items, where the client does not ask for descriptions one by one
_DEFAULTS = frozenset(("editRange", "data"))
_ITEM = "text_document.completion.completion_item"
_OFFERS: dict[Want, tuple[Callable[[Situation], Iterator[Item]], ...]] = {
    "statement": (statements,),
    "field": (fields, functions),
    "operator": (operators,),
    "value": (values,),
    "segment": (segments,),
    "table": (tables,),
    "option": (options,),
    "option value": (option_values,),
}


def register(server: SegqlServer) -> None:
    """Offer what may be written."""

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION,
        types.CompletionOptions(trigger_characters=_TRIGGERS, resolve_provider=True),
    )
    def completion(ls: SegqlServer, params: types.CompletionParams) -> dict[str, Any] | None:
        document = ls.document(params.text_document)
        if document is None:
            return None
        offset = document.offset(params.position)
        typed = params.context.trigger_character if params.context else None
        situation = situate(document, offset, describing.now(), ls.client.takes_snippets)
        items = [] if _closes(situation, typed) else offers(situation)
        if not _resolves(ls) and len(items) <= _MOST_DESCRIBED:
            items = [_described(ls, item, document, situation.table) for item in items]
        defaults = ability(ls, "text_document.completion.completion_list.item_defaults")
        return listed(situation, items, _DEFAULTS.issubset(defaults or ()))

    @server.feature(types.COMPLETION_ITEM_RESOLVE)
    def resolve(ls: SegqlServer, item: types.CompletionItem) -> types.CompletionItem:
        match item.data:
            case [str(table), str(uri)] if document := ls.folders.document(uri):
                if text := description(document, item.kind, item.label, table):
                    item.documentation = _content(ls, text)
            case _:
                pass
        return item


def situate(
    document: Document, offset: int, now: datetime, takes_snippets: bool = False
) -> Situation:
    """What may be written at an offset, and what is known there; ``now``: what dates mean."""
    expected = expectation_at(document.text, offset)
    return Situation(document, offset, expected, now, takes_snippets)


def offers(situation: Situation) -> list[Item]:
    """Everything that is offered in a place, in no order; asking may make it incomplete."""
    wants = situation.expected.wants
    makers = [maker for want, makers in _OFFERS.items() if want in wants for maker in makers]
    return [item for maker in (*makers, keywords) for item in maker(situation)]


def listed(situation: Situation, items: list[Item], takes_defaults: bool) -> dict[str, Any]:
    """The offers as the protocol has them; what all share is said once where the client can."""
    expected, document = situation.expected, situation.document
    places = document.places
    place = {"start": places.json(expected.start), "end": places.json(expected.end)}
    data = [situation.table, document.uri]
    found: dict[str, Any] = {"isIncomplete": situation.is_incomplete, "items": items}
    if takes_defaults:
        return {**found, "itemDefaults": {"editRange": place, "data": data}}
    for item in items:
        text = item.pop("textEditText", item["label"])
        item |= {"textEdit": {"range": place, "newText": text}, "data": data}
    return found


def _closes(situation: Situation, typed: str | None) -> bool:
    """Whether a quote was typed that ends what was quoted: nobody asks for more."""
    return typed in _QUOTES and situation.expected.quote != typed


# ---- Descriptions -----------------------------------------------------------------------


def _resolves(server: SegqlServer) -> bool:
    properties = ability(server, f"{_ITEM}.resolve_support.properties")
    return isinstance(properties, Iterable) and "documentation" in properties


def _described(server: SegqlServer, item: Item, document: Document, table: str) -> Item:
    """An item for a client that does not ask again."""
    text = description(document, item["kind"], item["label"], table)
    if not text:
        return item
    said = _content(server, text)
    marked = said if isinstance(said, str) else {"kind": said.kind, "value": said.value}
    return {**item, "documentation": marked}


def _content(server: SegqlServer, text: str) -> types.MarkupContent | str:
    return content(text, ability(server, f"{_ITEM}.documentation_format"))


def description(document: Document, kind: int | None, name: str, table: str) -> str | None:
    """What is said of an item, in Markdown; None where its label says all."""
    describe = _DESCRIPTIONS.get(kind)
    return describe(document, name, table) if describe else None


def _field(document: Document, name: str, table: str) -> str | None:
    found = document.folder.catalog.find(name, table)
    return describing.field(found) if found else None


def _segment(document: Document, name: str, table: str) -> str | None:
    known = document.folder.segments(name)
    return describing.segment(known[0]) if known else describing.external(name)


def _word(document: Document, name: str, table: str) -> str | None:
    return describing.word(name.upper()) if name.upper() in WORDS else None


def _function(document: Document, name: str, table: str) -> str | None:
    function = FUNCTIONS.get(name)
    return describing.function(function) if function else None


def _option(document: Document, name: str, table: str) -> str | None:
    return describing.option(name)


_DESCRIPTIONS: dict[int | None, Callable[[Document, str, str], str | None]] = {
    Kind.Field.value: _field,
    Kind.Reference.value: _segment,
    Kind.Function.value: _function,
    Kind.Property.value: _option,
    **dict.fromkeys((Kind.Keyword.value, Kind.Operator.value, Kind.Constant.value), _word),
}
