"""An editor with a real server process: what a person does in it, and what is seen."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient
from pytest_lsp.client import register_lsp_features

PATIENCE = 30  # seconds until a server that does not answer fails a test
_CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


class Editor(LanguageClient):
    """An editor with the files of a folder. Places are said by the words before them."""

    root: Path
    encoding: str
    server: types.ServerCapabilities

    def __init__(self) -> None:
        super().__init__(converter_factory=default_converter)
        register_lsp_features(self)
        self.texts: dict[str, str] = {}  # of the files in its folder
        self.registrations: list[types.Registration] = []
        self.feature(types.CLIENT_REGISTER_CAPABILITY)(_registered)

    async def begin(self, can: types.ClientCapabilities, root: Path, encoding: str) -> None:
        """Open a folder with the files of ``texts``."""
        self.root, self.encoding = root, encoding
        for name, text in self.texts.items():
            (root / name).write_text(text, encoding="utf-8", newline="")
        params = types.InitializeParams(
            capabilities=can,
            workspace_folders=[types.WorkspaceFolder(root.as_uri(), "folder")],
            initialization_options={"commands": ["segql.showReferences"]},
        )
        said = await asyncio.wait_for(self.initialize_session(params), PATIENCE)
        self.server = said.capabilities

    async def end(self) -> int | None:
        """Say goodbye; the exit code of the server."""
        await asyncio.wait_for(self.shutdown_session(), PATIENCE)
        return self._server.returncode if self._server else None

    # ---- what a person does -------------------------------------------------------------

    def open(self, name: str) -> None:
        item = types.TextDocumentItem(self.uri(name), "segql", 1, self.texts[name])
        self.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def edit(self, name: str, words: str, new: str) -> None:
        """Replace words, and tell the server of nothing else."""
        place = self.range(words, name)
        self.texts[name] = self.texts[name].replace(words, new, 1)
        change = types.TextDocumentContentChangePartial(range=place, text=new)
        identifier = types.VersionedTextDocumentIdentifier(2, self.uri(name))
        self.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))

    def close(self, name: str) -> None:
        self.text_document_did_close(types.DidCloseTextDocumentParams(self.document(name)))

    async def ask(self, method: str, params: object) -> Any:
        return await asyncio.wait_for(self.protocol.send_request_async(method, params), PATIENCE)

    # ---- places -------------------------------------------------------------------------

    def uri(self, name: str) -> str:
        return (self.root / name).as_uri()

    def document(self, name: str = "vip.segql") -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri(name))

    def file_of(self, uri: str) -> str:
        return uri.rpartition("/")[2]

    def behind(self, words: str, name: str = "vip.segql") -> types.Position:
        """The place behind some words of a text."""
        text = self.texts[name]
        before = text[: text.index(words) + len(words)]
        last = before.rpartition("\n")[2]
        codec, width = _CODECS[self.encoding]
        return types.Position(before.count("\n"), len(last.encode(codec)) // width)

    def range(self, words: str, name: str = "vip.segql") -> types.Range:
        """The place of some words."""
        before = self.texts[name].partition(words)[0]
        start = self.behind(before, name) if before else types.Position(0, 0)
        return types.Range(start, self.behind(words, name))

    def said(self, range: types.Range, name: str = "vip.segql") -> str:
        """The words of a place."""
        start, end = self._offset(range.start, name), self._offset(range.end, name)
        return self.texts[name][start:end]

    def _offset(self, position: types.Position, name: str) -> int:
        lines = self.texts[name].split("\n")
        codec, width = _CODECS[self.encoding]
        line = lines[position.line].encode(codec)
        column = len(line[: position.character * width].decode(codec))
        return sum(len(line) + 1 for line in lines[: position.line]) + column

    def edited(self, edits: Any, name: str = "vip.segql") -> str:
        """A text after edits."""
        text = self.texts[name]
        for edit in sorted(edits, key=lambda edit: self._offset(edit.range.start, name))[::-1]:
            start, end = (self._offset(p, name) for p in (edit.range.start, edit.range.end))
            text = text[:start] + edit.new_text + text[end:]
        return text


def _registered(editor: Editor, params: types.RegistrationParams) -> None:
    editor.registrations += params.registrations
