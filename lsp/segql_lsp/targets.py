"""What stands at a place, and where in the folder the same is named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lsprotocol import types

from segql.syntax.nodes import Statement
from segql.workspace import Mention, Placed, slug_of
from segql.workspace.naming import stated_name
from segql.workspace.occurrences import (
    Occurrence,
    Symbol,
    occurrence_at,
    occurrences,
    own_names,
)
from segql_lsp.documents import Document
from segql_lsp.folder import Folder

NO_NAME = "(no alias)"  # in place of the name of a segment that has none


class Place(NamedTuple):
    """A segment: its statement, and its name there; the statement's begin where it has none."""

    document: Document
    statement: Statement
    start: int
    end: int

    @property
    def range(self) -> types.Range:
        """All of the statement."""
        return self.document.range(self.statement.start, self.statement.end)

    @property
    def name_range(self) -> types.Range:
        """The name alone."""
        return self.document.range(self.start, self.end)


def title(statement: Statement) -> str:
    """What people call a segment; never empty."""
    return statement.alias or slug_of(statement) or stated_name(statement) or NO_NAME


# ---- Names ------------------------------------------------------------------------------


def target(document: Document, position: types.Position) -> Occurrence | None:
    """What is named at a position."""
    return occurrence_at(document.file, document.offset(position), document.folder.catalog)


def in_document(document: Document, symbol: Symbol) -> Iterator[Occurrence]:
    """Where a document names a symbol, in the order of the text."""
    found = occurrences(document.file, document.folder.catalog)
    return (occurrence for occurrence in found if occurrence.symbol == symbol)


def in_folder(folder: Folder, symbol: Symbol) -> Iterator[tuple[Document, Occurrence]]:
    """Where the documents of a folder name a symbol."""
    for document in _documents_with(folder, symbol):
        for occurrence in in_document(document, symbol):
            yield document, occurrence


def _documents_with(folder: Folder, symbol: Symbol) -> Iterator[Document]:
    """The documents that may name a symbol: to read the others would take time."""
    if symbol.kind == "segment":
        keys = {p.path: None for p in folder.overview.segments if _names(p, symbol.name)}
        found = (folder.document(key) for key in keys if key is not None)
        yield from (document for document in found if document)
        return
    parts = symbol.name.casefold().split(".")  # each may have quotes of its own
    for document in folder.documents():
        text = document.text.casefold()
        if all(part in text for part in parts):
            yield document


def _names(placed: Placed, slug: str) -> bool:
    return placed.slug == slug or any(m.value.lower() == slug for m in placed.includes)


# ---- Segments ---------------------------------------------------------------------------


def segments(folder: Folder, slug: str) -> list[Place]:
    """The segments of a slug; more than one is a mistake."""
    known = folder.segments(slug)
    found = (segment_at(document, outline.start) for document, outline in known)
    return [place for place in found if place]


def segment_at(document: Document, offset: int) -> Place | None:
    """The segment whose statement an offset stands in."""
    path = document.file.path_at(offset)
    return place_of(document, path[0]) if path and isinstance(path[0], Statement) else None


def place_of(document: Document, statement: Statement) -> Place:
    """A segment by its statement."""
    for name in own_names(document.text, statement):
        return Place(document, statement, name.start, name.end)
    return Place(document, statement, statement.start, statement.start)


def mentions(folder: Folder, slug: str) -> Iterator[tuple[Document, Mention]]:
    """Where the segments of a folder include one; what was found out before is enough for it."""
    found: dict[str, list[Mention]] = {}
    for placed in folder.overview.segments:
        here = [mention for mention in placed.includes if mention.value.lower() == slug]
        if here:
            found.setdefault(placed.path or "", []).extend(here)
    for key, all_of_it in found.items():
        if document := folder.document(key):
            yield from ((document, mention) for mention in all_of_it)
