"""."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer


def register(server: SegqlServer) -> None:
    """."""
