"""textDocument/documentSymbol and workspace/symbol: the segments, and what they are made of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from lsprotocol import types

from segql.syntax import nodes as n
from segql.workspace import Placed
from segql.workspace.naming import stated_name
from segql_lsp.abilities import ability
from segql_lsp.documents import Document
from segql_lsp.folder import Folder
from segql_lsp.targets import NO_NAME, place_of, title

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer

_LONGEST = 80  # characters of a condition
_DEEPEST = 16  # lists in lists: who looks for more looks at the text
_MOST = 1_000  # segments that are found at once: nobody reads more, and clients get slow
_MISSING = "(missing)"

_Kind = types.SymbolKind
_KINDS: dict[type[n.Node], types.SymbolKind] = {
    **dict.fromkeys((n.And, n.Or, n.Not), _Kind.Operator),
    n.Include: _Kind.Class,
    n.Call: _Kind.Function,
    n.MatchAll: _Kind.Constant,
    n.Bad: _Kind.Null,
}
_OF_A_CONDITION = _Kind.Boolean
_LISTS: dict[type[n.Node], str] = {n.And: "AND", n.Or: "OR"}


def register(server: SegqlServer) -> None:
    """List what there is: in a document, and in all folders."""

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def document_symbol(
        ls: SegqlServer, params: types.DocumentSymbolParams
    ) -> list[types.DocumentSymbol] | list[types.SymbolInformation] | None:
        document = ls.document(params.text_document)
        if document is None:
            return None
        nests = ability(ls, "text_document.document_symbol.hierarchical_document_symbol_support")
        return nested(document) if nests else flat(document)

    @server.feature(types.WORKSPACE_SYMBOL)
    def workspace_symbol(
        ls: SegqlServer, params: types.WorkspaceSymbolParams
    ) -> list[types.WorkspaceSymbol]:
        found = (s for folder in ls.folders.all() for s in search(folder, params.query))
        return [*islice(found, _MOST)]


# ---- Of a document ----------------------------------------------------------------------


def flat(document: Document) -> list[types.SymbolInformation]:
    """The segments alone."""
    return [
        types.SymbolInformation(
            location=document.location(statement.start, statement.end),
            name=title(statement),
            kind=_Kind.Class,
        )
        for statement in document.file.statements
    ]


def nested(document: Document) -> list[types.DocumentSymbol]:
    """The segments with their lists and conditions."""
    return [_segment(document, statement) for statement in document.file.statements]


def _segment(document: Document, statement: n.Statement) -> types.DocumentSymbol:
    place = place_of(document, statement)
    first_line = statement.comment.partition("\n")[0]
    return types.DocumentSymbol(
        name=title(statement),
        kind=_Kind.Class,
        range=place.range,
        selection_range=place.name_range,
        detail=stated_name(statement) or first_line or None,
        children=[_phrase(document, statement.filter, 1)],
    )


def _phrase(document: Document, phrase: n.Node, depth: int) -> types.DocumentSymbol:
    """A list with its phrases, or a condition."""
    place = document.range(phrase.start, phrase.end)
    inner = _inner(phrase)
    children = [_phrase(document, part, depth + 1) for part in inner or () if depth < _DEEPEST]
    return types.DocumentSymbol(
        name=_condition(document, phrase) if inner is None else _of_list(phrase),
        kind=_KINDS.get(type(phrase), _OF_A_CONDITION),
        range=place,
        selection_range=place,
        detail=None if inner is None else _count(len(inner)),
        children=children or None,
    )


def _inner(phrase: n.Node) -> tuple[n.Node, ...] | None:
    """The phrases of a list; NOT of a list is that list, NOT of a condition is a condition."""
    match phrase:
        case n.And(phrases) | n.Or(phrases):
            return phrases
        case n.Not(inner):
            return _inner(inner)
        case _:
            return None


def _of_list(phrase: n.Node) -> str:
    match phrase:
        case n.Not(inner):
            return f"NOT {_of_list(inner)}"
        case _:
            return _LISTS[type(phrase)]


def _count(phrases: int) -> str:
    return f"{phrases} phrase{'' if phrases == 1 else 's'}"


def _condition(document: Document, phrase: n.Node) -> str:
    """A condition as it is written, on one line; clients do not take an empty name."""
    text = document.text[phrase.start : phrase.end][: 2 * _LONGEST]
    words = " ".join(text.split())
    return f"{words[: _LONGEST - 1]}…" if len(words) > _LONGEST else words or _MISSING


# ---- Of all folders ---------------------------------------------------------------------


def search(folder: Folder, query: str) -> Iterator[types.WorkspaceSymbol]:
    """The segments whose slug or name has the letters of a query, in their order."""
    wanted = "".join(query.lower().split())
    for placed in folder.overview.segments:
        names = [name for name in (placed.slug, placed.outline.name) if name] or [NO_NAME]
        found = next((name for name in names if _has(name, wanted)), None)
        if found:
            others = [name for name in names if name != found]
            yield _found(folder, placed, found, *others[:1])


def _has(name: str, wanted: str) -> bool:
    letters = iter(name.lower())
    return all(letter in letters for letter in wanted)


def _found(
    folder: Folder, placed: Placed, name: str, other: str | None = None
) -> types.WorkspaceSymbol:
    """A segment at its line: to know more, its file would have to be read."""
    start = types.Position(placed.outline.line - 1, 0)
    location = types.Location(folder.uri(placed.path or ""), types.Range(start, start))
    return types.WorkspaceSymbol(location, name, _Kind.Class, container_name=other)
