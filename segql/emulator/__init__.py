"""The vendor's API on this machine, over an embedded database.

The exception is imported at once, for every caller handles it; the rest, which needs the database
and the web server, is imported on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from segql._lazy import lazily
from segql.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from segql.emulator.app import create_app
    from segql.emulator.faults import Fault, Faults, Latency, parse_fault, parse_latency
    from segql.emulator.loading import ProfileFile
    from segql.emulator.server import Setup, running, serve
    from segql.emulator.state import Settings, State
    from segql.emulator.stores.segments import SegmentStore

_PLACES = {
    "Fault": "faults.Fault",
    "Faults": "faults.Faults",
    "Latency": "faults.Latency",
    "ProfileFile": "loading.ProfileFile",
    "SegmentStore": "stores.segments.SegmentStore",
    "Settings": "state.Settings",
    "Setup": "server.Setup",
    "State": "state.State",
    "create_app": "app.create_app",
    "parse_fault": "faults.parse_fault",
    "parse_latency": "faults.parse_latency",
    "running": "server.running",
    "serve": "server.serve",
}

__all__ = [
    "EmulatorError",
    "Fault",
    "Faults",
    "Latency",
    "ProfileFile",
    "SegmentStore",
    "Settings",
    "Setup",
    "State",
    "create_app",
    "parse_fault",
    "parse_latency",
    "running",
    "serve",
]

__getattr__ = lazily(__name__, _PLACES)
