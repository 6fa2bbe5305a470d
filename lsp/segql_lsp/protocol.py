"""The protocol as pygls speaks it, but for a few things.

Texts are kept by `Folders`: a line ends where the protocol says it, not where Python does. What is
sent often is sent as it is, without being made of typed parts first. A request that cannot be read
is answered.
"""

from __future__ import annotations

from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol, lsp_method

from segql.cli import COMMANDS

_VERSION = "2.0"


class SegqlProtocol(LanguageServerProtocol):
    """One connection."""

    @property
    def is_shut_down(self) -> bool:
        """Whether the client said that it will go."""
        return self._shutdown

    def send(self, method: str, params: object) -> None:
        """Send a notification whose parameters are plain JSON."""
        self._send_data({"jsonrpc": _VERSION, "method": method, "params": params})

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Read a message. What cannot be read is an error: of the client's, or of its answer."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                self._send_response(data["id"], None, error.to_response_error())
            elif "id" in data:  # who waits for the answer must not wait for ever
                self._handle_response(data["id"], None, error.to_response_error())
            raise

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> Any:
        """Answer as usual, and say which commands the program beside this server has."""
        result = yield from super().lsp_initialize(params)
        result.capabilities.experimental = {"commands": [*COMMANDS]}
        return result

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Any:
        """Leave the text to the feature."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Any:
        """Leave the text to the feature."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Any:
        """Leave the text to the feature."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None
