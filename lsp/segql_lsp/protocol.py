"""The protocol as pygls speaks it, but for three things.

Texts are kept by `Folders`: a line ends where the protocol says it, not where Python does. What is
sent often is sent as it is, without being made of typed parts first. A request that cannot be read
is answered.
"""

from __future__ import annotations

from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol, lsp_method

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
        """Read a message; the sender of a request that cannot be read is told so."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "method" in data and "id" in data:
                self._send_response(data["id"], None, error.to_response_error())
            raise

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
