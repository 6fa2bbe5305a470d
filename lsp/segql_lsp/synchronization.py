"""The life of a session, and the texts of open documents as the client edits them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from segql_lsp.client import Client
from segql_lsp.folders import Folders

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer


def register(server: SegqlServer) -> None:
    """Follow the client."""

    @server.feature(types.INITIALIZE)
    def initialize(ls: SegqlServer, params: types.InitializeParams) -> None:
        roots = [folder.uri for folder in params.workspace_folders or ()]
        if not roots and ls.workspace.root_uri:
            roots = [ls.workspace.root_uri]
        ls.client = Client.of(params)
        encoding = types.PositionEncodingKind(ls.workspace.position_encoding or "utf-16")
        ls.folders = Folders(encoding.value, roots)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(ls: SegqlServer, params: types.DidOpenTextDocumentParams) -> None:
        ls.folders.open(params.text_document)
        ls.publisher.edited(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(ls: SegqlServer, params: types.DidChangeTextDocumentParams) -> None:
        document = params.text_document
        if not ls.client.watches_files:
            ls.folders.look_again()
        try:
            ls.folders.change(document.uri, document.version, params.content_changes)
        except ValueError as error:
            ls.window_log_message(types.LogMessageParams(types.MessageType.Warning, str(error)))
        ls.publisher.edited(document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(ls: SegqlServer, params: types.DidSaveTextDocumentParams) -> None:
        ls.folders.look_again()
        ls.publisher.edited(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: SegqlServer, params: types.DidCloseTextDocumentParams) -> None:
        ls.folders.close(params.text_document.uri)
        ls.publisher.closed(params.text_document.uri)
