"""What the client said it can do, where only one feature asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer


def ability(server: SegqlServer, path: str) -> Any:
    """What the capabilities have at a path such as ``text_document.hover.content_format``.

    None where they say nothing.
    """
    found: Any = getattr(server.protocol, "client_capabilities", None)
    for name in path.split("."):
        found = getattr(found, name, None)
    return found
