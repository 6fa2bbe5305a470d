"""A server without a connection: files in a folder, and the answers of its features.

The mark ``‸`` in a text is a cursor: it is taken out, and says where something is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from segql_lsp.client import Client
from segql_lsp.documents import Document
from segql_lsp.folders import Folders
from segql_lsp.server import make_server
from segql_lsp.settings import Settings

MARK = "‸"
_CLIENT, _SETTINGS = Client(), Settings()


def nowhere(factory: pytest.TempPathFactory) -> Path:
    """A folder without files, for those who only look at open ones."""
    folder = factory.getbasetemp() / "nowhere"
    folder.mkdir(exist_ok=True)
    return folder


class Desk:
    """Files on disk and open ones. ``open`` makes the client's text differ from the disk's."""

    def __init__(
        self,
        root: Path,
        files: Mapping[str, str],
        *,
        client: Client = _CLIENT,
        settings: Settings = _SETTINGS,
        encoding: str = "utf-16",
    ) -> None:
        self.root = root
        self.marks: dict[str, list[int]] = {}
        self.server = make_server()
        self.server.client = client
        self.server.settings = settings
        self.server.folders = Folders(encoding, [root.as_uri()])
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self._unmarked(name, text), encoding="utf-8", newline="")

    def _unmarked(self, name: str, text: str) -> str:
        first, *rest = text.split(MARK)
        self.marks[name] = [len(first)]
        for part in rest:
            self.marks[name].append(self.marks[name][-1] + len(part))
        self.marks[name].pop()
        return first + "".join(rest)

    def uri(self, name: str) -> str:
        return (self.root / name).as_uri()

    def open(self, name: str, text: str) -> Document:
        """The client has a document open, with a text of its own."""
        item = types.TextDocumentItem(self.uri(name), "segql", 1, self._unmarked(name, text))
        self.server.folders.open(item)
        return self.document(name)

    def document(self, name: str) -> Document:
        document = self.server.folders.document(self.uri(name))
        assert document is not None, name
        return document

    def identifier(self, name: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri(name))

    def position(self, name: str, mark: int = 0) -> types.Position:
        """Where the cursor is in a document."""
        return self.document(name).position(self.marks[name][mark])

    def range(self, name: str) -> types.Range:
        """What lies between the two marks of a document; of one mark, nothing."""
        marks = self.marks[name]
        return self.document(name).range(marks[0], marks[-1])

    def ask(self, method: str, params: object) -> Any:
        """What the server answers."""
        return self.server.protocol.fm.features[method](params)

    def texts(self, edit: types.WorkspaceEdit | None) -> dict[str, str]:
        """What an edit makes of the files that it touches, by their names; also of new ones."""
        assert edit is not None
        found: dict[str, str] = {}
        changes: list[Any] = [*(edit.document_changes or ())]
        changes += [
            types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri), edits)
            for uri, edits in (edit.changes or {}).items()
        ]
        for change in changes:
            if isinstance(change, types.CreateFile):
                found[self._name(change.uri)] = ""
                continue
            assert isinstance(change, types.TextDocumentEdit)
            name = self._name(change.text_document.uri)
            found[name] = self._edited(name, found.get(name), change.edits)
        return found

    def _name(self, uri: str) -> str:
        return uri.removeprefix(self.root.as_uri() + "/")

    def _edited(self, name: str, text: str | None, edits: Any) -> str:
        if text is not None:  # a new file, or one that was edited already
            (only,) = edits
            assert only.range.start == only.range.end == types.Position(0, 0)
            return only.new_text + text
        document = self.document(name)
        return applied(document, edits)


def applied(document: Document, edits: Any) -> str:
    """A document's text after edits, which must not overlap."""
    rows = sorted((*document.span(edit.range), edit.new_text) for edit in edits)
    text, done = "", 0
    for start, end, new in rows:
        assert start >= done, "two edits overlap"
        text += document.text[done:start] + new
        done = end
    return text + document.text[done:]


def said(document: Document, range: types.Range) -> str:
    """The text of a range."""
    start, end = document.span(range)
    return document.text[start:end]
