"""The vendor's Segment API on this machine, over an embedded database.

The exception is imported at once, for every caller handles it; the rest, which needs the database
and the web server, is imported on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from segql.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from segql.emulator.app import create_app
    from segql.emulator.server import running, serve
    from segql.emulator.store import SegmentStore

__all__ = ["EmulatorError", "SegmentStore", "create_app", "running", "serve"]

_LAZY = {
    "SegmentStore": "store",
    "create_app": "app",
    "running": "server",
    "serve": "server",
}


def __getattr__(name: str) -> object:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
