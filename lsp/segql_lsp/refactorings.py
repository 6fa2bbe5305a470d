"""Refactorings: lists, negations, and segments made of phrases and the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lsprotocol import types

from segql.diagnostics import Edit
from segql.refactoring.extracting import Extraction, extracted, fresh_slug
from segql.refactoring.inlining import included, inlined, is_in_circle
from segql.refactoring.selection import Selection, selected
from segql.refactoring.wrapping import as_list, negated, unwrapped, wrapped
from segql.syntax import nodes as n
from segql_lsp.actions import EXTRACT, INLINE, REWRITE, Request
from segql_lsp.documents import uri_of
from segql_lsp.edits import text_edits, workspace_edit
from segql_lsp.folder import Folder

_CHANGES = " (changes the meaning)"


def rewritings(request: Request) -> Iterator[types.CodeAction]:
    """Phrases put into a list, taken out of one, negated."""
    selection = _selection(request)
    if selection is None:
        return
    length = request.document.folder.line_length
    rows = [(title, wrapped(selection, kind, length)) for title, kind in _wraps(selection)]
    title = "Remove NOT" if isinstance(selection.phrase, n.Not) else "Wrap in NOT"
    rows += [
        (f"{title}{_CHANGES}", negated(selection, length)),
        ("Unwrap the list", unwrapped(selection, length)),
        ("Write AND and OR between phrases as a list", as_list(selection, length)),
    ]
    yield from (request.action(title, REWRITE, [edit]) for title, edit in rows if edit)


def _wraps(selection: Selection) -> Iterator[tuple[str, type[n.And | n.Or]]]:
    """The lists that phrases can be put into, but for those that they are in already."""
    parent = selection.parent
    for kind in (n.And, n.Or):
        is_all = isinstance(parent, kind) and parent.phrases == selection.phrases
        if is_all or isinstance(selection.phrase, kind):
            continue
        is_same = selection.phrase is not None or isinstance(parent, kind)
        yield f"Wrap in {kind.__name__.upper()} (...){'' if is_same else _CHANGES}", kind


def extractions(request: Request) -> Iterator[types.CodeAction]:
    """Phrases made a segment of their own, above their statement or in another file."""
    selection = _selection(request)
    if selection is None:
        return
    document = request.document
    path = Path(document.source.path) if document.source.path else None
    slug = fresh_slug(_names(document.folder) | _files(path))
    found = extracted(selection, slug, document.folder.line_length)
    if found and found.above:
        title = "Extract into a new segment"
        yield request.action(title, EXTRACT, [found.above, found.edit])
    if found and path and request.server.client.takes_file_creation:
        yield _into_file(request, found, path)


def _into_file(request: Request, found: Extraction, path: Path) -> types.CodeAction:
    document = request.document
    break_ = "\r\n" if "\r\n" in document.text else "\n"
    created = uri_of(str(path.with_name(f"{found.slug}.segql"))), f"{found.text}{break_}"
    edits = text_edits(document, [found.edit])
    edit = workspace_edit(request.server, {document: edits}, created)
    return types.CodeAction("Extract into a new segment in a new file", EXTRACT, edit=edit)


def _names(folder: Folder) -> set[str]:
    """The names that a new segment cannot have: of segments, and of those that are missing."""
    segments = folder.overview.segments
    mentions = (mention.value.lower() for s in segments for mention in s.includes)
    return {*folder.overview.by_slug, *folder.overview.external, *mentions}


def _files(path: Path | None) -> set[str]:
    """The names that stand for a file already beside the document."""
    try:
        return {other.stem.lower() for other in path.parent.iterdir()} if path else set()
    except OSError:
        return set()


def inlinings(request: Request) -> Iterator[types.CodeAction]:
    """The filter of a segment in the place of its INCLUDE."""
    selection = _selection(request)
    if selection is None or (slug := included(selection)) is None:
        return
    folder = request.document.folder
    known = folder.segments(slug)
    if len(known) != 1 or is_in_circle(folder.overview.graph, slug):
        return
    edit: Edit | None = inlined(selection, known[0].document.file, folder.line_length)
    if edit:
        yield request.action(f"Inline INCLUDE {slug}", INLINE, [edit])


def _selection(request: Request) -> Selection | None:
    """What is selected; a cursor that only moves asks for no refactoring."""
    if request.is_automatic and request.start == request.end and not request.only:
        return None
    return selected(request.document.file, request.start, request.end)
