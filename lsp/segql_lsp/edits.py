"""Edits as the protocol has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import TYPE_CHECKING

from lsprotocol import types

from segql.diagnostics import Edit
from segql_lsp.abilities import ability
from segql_lsp.documents import Document

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer

_MOST_LINES = 2_000  # of a stretch that is compared line by line: beyond, it takes too long


def text_edits(document: Document, edits: Iterable[Edit]) -> list[types.TextEdit]:
    """Edits of a document; of each, only the lines that become others."""
    found: list[types.TextEdit] = []
    for edit in edits:
        found += _by_lines(document, edit)
    return found


def workspace_edit(
    server: SegqlServer,
    edits: Mapping[Document, Sequence[types.TextEdit | types.SnippetTextEdit]],
    created: tuple[str, str] | None = None,
) -> types.WorkspaceEdit:
    """Edits of documents, and the uri and the text of a file that is created.

    They are for the versions that they were made from, where the client knows versions.
    """
    if not ability(server, "workspace.workspace_edit.document_changes"):
        plain = {
            document.uri: [edit for edit in made if isinstance(edit, types.TextEdit)]
            for document, made in edits.items()
        }
        return types.WorkspaceEdit(changes=plain)
    changes: list[types.CreateFile | types.TextDocumentEdit] = []
    if created:
        uri, text = created
        begin = types.Position(0, 0)
        whole = types.TextEdit(types.Range(begin, begin), text)
        changes += [types.CreateFile(uri), _changed(uri, None, [whole])]
    changes += [_changed(document.uri, document.version, made) for document, made in edits.items()]
    return types.WorkspaceEdit(document_changes=changes)


def _changed(
    uri: str, version: int | None, edits: Sequence[types.TextEdit | types.SnippetTextEdit]
) -> types.TextDocumentEdit:
    identifier = types.OptionalVersionedTextDocumentIdentifier(uri, version)
    return types.TextDocumentEdit(identifier, edits)


def _by_lines(document: Document, edit: Edit) -> Iterator[types.TextEdit]:
    """An edit as several: cursors and marks stay in the lines that stay what they are."""
    old = document.text[edit.start : edit.end].splitlines(keepends=True)
    new = edit.text.splitlines(keepends=True)
    starts = [*accumulate(map(len, old), initial=edit.start)]
    for i, j, k, m in _differences(old, new):
        yield types.TextEdit(document.range(starts[i], starts[j]), "".join(new[k:m]))


def _differences(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """From which to which line two texts differ."""
    shorter = min(len(old), len(new))
    same = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    left = shorter - same
    below = next((i for i in range(left) if old[-1 - i] != new[-1 - i]), left)
    last, end = len(old) - below, len(new) - below
    if max(last, end) - same > _MOST_LINES:
        yield same, last, same, end
        return
    matcher = SequenceMatcher(None, old[same:last], new[same:end])
    for kind, *places in matcher.get_opcodes():
        if kind != "equal":
            i, j, k, m = places
            yield same + i, same + j, same + k, same + m
