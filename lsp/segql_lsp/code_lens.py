"""textDocument/codeLens: what stands above a segment, one function for each kind of lens.

A lens that does something is only for clients that have a command for it: in others it would be a
button that fails.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from segql.syntax.walk import is_whole
from segql.workspace import Placed
from segql_lsp.documents import Document
from segql_lsp.folder import key_of
from segql_lsp.targets import mentions
from segql_lsp.why import WHY_AT_CLIENT

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer

NOTHING = ""  # a lens that is only read
_WHY = "why is a profile in it, or not?"
SHOW_REFERENCES = "segql.showReferences"  # of the client: [uri, position, locations]


def register(server: SegqlServer) -> None:
    """Show who includes a segment; where those stand is looked up for what is seen."""

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensOptions(resolve_provider=True))
    def code_lens(ls: SegqlServer, params: types.CodeLensParams) -> list[types.CodeLens] | None:
        document = ls.document(params.text_document)
        if document is None:
            return None
        wanted = ls.settings.code_lens
        return [
            *(includes(document) if wanted.includes and _can(ls, SHOW_REFERENCES) else ()),
            *(members(ls, document) if wanted.members else ()),
        ]

    @server.feature(types.CODE_LENS_RESOLVE)
    def resolve(ls: SegqlServer, lens: types.CodeLens) -> types.CodeLens:
        data: dict[str, Any] = lens.data if isinstance(lens.data, dict) else {}
        document = ls.folders.document(str(data.get("uri")))
        if document:
            lens.command = _show_references(document, str(data.get("slug")), lens.range.start)
        return lens


def _can(server: SegqlServer, command: str) -> bool:
    return command in server.client.commands


# ---- Who includes it --------------------------------------------------------------------


def includes(document: Document) -> Iterator[types.CodeLens]:
    """A lens above each segment that others include."""
    overview, key = document.folder.overview, key_of(document.uri)
    counts = Counter(slug for placed in overview.segments for slug in _included(placed))
    for placed in overview.segments:
        if placed.path == key and placed.slug and counts[placed.slug]:
            start = types.Position(placed.outline.line - 1, 0)
            data = {"uri": document.uri, "slug": placed.slug}
            yield types.CodeLens(types.Range(start, start), data=data)


def _included(placed: Placed) -> set[str]:
    return {mention.value.lower() for mention in placed.includes}


def _show_references(document: Document, slug: str, position: types.Position) -> types.Command:
    found = mentions(document.folder, slug)
    locations = [other.location(mention.start, mention.end) for other, mention in found]
    count = sum(slug in _included(placed) for placed in document.folder.overview.segments)
    title = f"included by {count} segment{'' if count == 1 else 's'}"
    arguments = [document.uri, position, locations]
    return types.Command(title, SHOW_REFERENCES, arguments=arguments)


# ---- Who is in it -----------------------------------------------------------------------


def members(server: SegqlServer, document: Document) -> Iterator[types.CodeLens]:
    """How many profiles each segment has, as far as they are counted; and why one is in it."""
    counts = server.counter.counts(document)
    if not document.folder.profiles:
        return
    from segql_lsp.counting import Asked

    for statement in filter(is_whole, document.file.statements):
        start = types.Position(document.position(statement.start).line, 0)
        found = counts.found.get(Asked.by(statement)) if counts else None
        if counts and found is not None:
            size = found if statement.limit is None else min(found, statement.limit)
            share = types.Command(_share(size, counts.total), NOTHING)
            yield types.CodeLens(types.Range(start, start), share)
        if _can(server, WHY_AT_CLIENT):
            why = types.Command(_WHY, WHY_AT_CLIENT, arguments=[document.uri, start])
            yield types.CodeLens(types.Range(start, start), why)


def _share(size: int, total: int) -> str:
    profiles = f"{total:,} profile{'' if total == 1 else 's'}"
    return f"{size:,} of {profiles} ({100 * size / total:.1f} %)"
