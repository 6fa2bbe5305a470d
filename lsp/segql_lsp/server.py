"""The server itself: one connection, and the features that it has."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
from contextlib import suppress
from threading import Event

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.io_ import run_async
from pygls.lsp.server import LanguageServer

from segql import __version__
from segql_lsp import (
    call_hierarchy,
    code_actions,
    code_lens,
    commands,
    completion,
    definition,
    diagnostics,
    folding,
    formatting,
    highlight,
    hover,
    inlay_hints,
    links,
    references,
    rename,
    selection,
    semantic_tokens,
    signature_help,
    symbols,
    synchronization,
    watching,
    why,
)
from segql_lsp.client import Client
from segql_lsp.counter import Counter
from segql_lsp.diagnostics import Publisher
from segql_lsp.documents import Document
from segql_lsp.folders import Folders
from segql_lsp.protocol import SegqlProtocol
from segql_lsp.settings import Settings

_log = logging.getLogger("segql_lsp")
_HOST = "127.0.0.1"
_FEATURES = (
    synchronization,
    watching,
    diagnostics,
    completion,
    hover,
    signature_help,
    definition,
    references,
    rename,
    highlight,
    symbols,
    folding,
    selection,
    semantic_tokens,
    inlay_hints,
    code_lens,
    formatting,
    code_actions,
    call_hierarchy,
    links,
    commands,
    why,
)


class SegqlServer(LanguageServer):
    """A language server with the folders of its client."""

    protocol: SegqlProtocol  # pyright: ignore[reportIncompatibleVariableOverride]

    def __init__(self) -> None:
        super().__init__("segql", __version__, protocol_cls=SegqlProtocol)
        self.client = Client()
        self.settings = Settings()
        self.folders = Folders("utf-16")
        self.publisher = Publisher(self)
        self.counter = Counter(self)

    def document(self, identifier: types.TextDocumentIdentifier) -> Document | None:
        """The document that a request is about; None for one that is in no folder."""
        self.publisher.hurry()
        return self.folders.document(identifier.uri)

    def is_wanted(self, uri: str) -> bool:
        """Whether a person wants to know what is wrong with a document."""
        return self.folders.is_open(uri) or self.settings.diagnostics.scope == "workspace"

    def report_server_error(self, error: Exception, source: type[Exception]) -> None:
        """Tell the client's log: what goes wrong in here is no reason to disturb a person."""
        message = types.LogMessageParams(types.MessageType.Error, f"{source.__name__}: {error}")
        self.window_log_message(message)

    def report_task(self, task: asyncio.Task[None]) -> None:
        """Tell of what went wrong in a task for which nobody waits."""
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self.report_server_error(error, type(error))


def make_server() -> SegqlServer:
    """A server that knows every feature."""
    server = SegqlServer()
    for feature in _FEATURES:
        feature.register(server)
    return server


def _is_news(record: logging.LogRecord) -> bool:
    """Whether a record tells of more than a request that was refused, and answered with why."""
    return not (record.exc_info and isinstance(record.exc_info[1], JsonRpcException))


def serve(tcp: int | None = None) -> int:
    """Run until the client goes: over stdio, or on a port of 127.0.0.1 (0: a free one).

    The exit code is 1 where it did not say goodbye.
    """
    logging.basicConfig(level=logging.WARNING, format="segql: %(message)s")
    logging.getLogger("pygls.protocol.json_rpc").addFilter(_is_news)
    server = make_server()
    gc.freeze()
    gc.set_threshold(50_000)  # a tree has no circles, and there are many trees
    if tcp is None:
        server.start_io()
    else:
        with suppress(SystemExit):  # the protocol's way to end; what it means is said below
            asyncio.run(_serve_one(server, tcp))
    return 0 if server.protocol.is_shut_down else 1


async def _serve_one(server: SegqlServer, port: int) -> None:
    """Listen on a port until a client has come and gone; a second one finds no door."""
    gone = asyncio.Event()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        listener.close()
        server.protocol.set_writer(writer)
        try:
            await run_async(Event(), reader, server.protocol, _log, server.report_server_error)
        finally:
            gone.set()

    listener = await asyncio.start_server(connected, _HOST, port)
    host, port = listener.sockets[0].getsockname()
    print(f"segql: listening on {host}:{port}", file=sys.stderr, flush=True)
    await gone.wait()
