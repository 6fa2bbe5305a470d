"""The server itself: which request goes to which feature."""

from __future__ import annotations

import logging

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from segql import __version__
from segql_lsp.completion import complete
from segql_lsp.diagnostics import publish_all
from segql_lsp.documents import Documents
from segql_lsp.formatting import format_document

_log = logging.getLogger("segql_lsp")
_HOST = "127.0.0.1"


class SegqlServer(LanguageServer):
    """A language server with the workspaces of its open documents."""

    def __init__(self) -> None:
        super().__init__("segql", __version__)
        self.documents = Documents(self)


def make_server() -> SegqlServer:
    """A server that knows every feature."""
    server = SegqlServer()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed(ls: SegqlServer, params: object) -> None:
        publish_all(ls, ls.documents)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: SegqlServer, params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        empty = types.PublishDiagnosticsParams(uri=uri, diagnostics=[])
        ls.text_document_publish_diagnostics(empty)
        publish_all(ls, ls.documents)

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    def formatting(
        ls: SegqlServer, params: types.DocumentFormattingParams
    ) -> list[types.TextEdit] | None:
        document = ls.documents.open(params.text_document.uri)
        return format_document(document) if document else None

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=[" "])
    )
    def completion(ls: SegqlServer, params: types.CompletionParams) -> types.CompletionList | None:
        document = ls.documents.open(params.text_document.uri)
        return complete(document, params.position) if document else None

    return server


def serve(tcp: int | None = None) -> None:
    """Run until the client says goodbye: over stdio, or on a port of 127.0.0.1 (0: a free one)."""
    logging.basicConfig(level=logging.WARNING, format="segql: %(message)s")
    server = make_server()
    if tcp is None:
        server.start_io()
    else:
        server.start_tcp(_HOST, tcp)
