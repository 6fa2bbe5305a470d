"""`/api/connection`: sources and destinations of data, which are kept and lead nowhere."""

from __future__ import annotations

import msgspec

from segql.emulator.calls import Call, Reply
from segql.emulator.errors import Refused
from segql.emulator.models import Connection, ConnectionRequest, new_id, timestamp
from segql.emulator.resources.jobs import fail_those_of
from segql.emulator.state import State


def list_connections(state: State, call: Call) -> Reply:
    """List the connections."""
    return Reply(200, state.connections.all())


def create(state: State, call: Call) -> Reply:
    """Add a connection."""
    told = call.told(ConnectionRequest)
    now = timestamp()
    made = Connection(id=new_id(), created=now, modified=now, **msgspec.structs.asdict(told))
    return Reply(200, state.connections.put(made.id, made))


def fetch(state: State, call: Call) -> Reply:
    """Return one connection."""
    return Reply(200, _found(state, call))


def update(state: State, call: Call) -> Reply:
    """Put another connection in the place of one; what is not told is gone, as PUT means it."""
    told = call.told(ConnectionRequest)
    old = _found(state, call)
    made = Connection(
        id=old.id, created=old.created, modified=timestamp(), **msgspec.structs.asdict(told)
    )
    return Reply(200, state.connections.put(made.id, made))


def delete(state: State, call: Call) -> Reply:
    """Delete a connection; the jobs that need it fail."""
    if not state.connections.delete(call.path["id"]):
        raise _unknown(call)
    fail_those_of(state, call.path["id"])
    return Reply(200)


def _found(state: State, call: Call) -> Connection:
    found = state.connections.find(call.path["id"])
    if found is None:
        raise _unknown(call)
    return found


def _unknown(call: Call) -> Refused:
    return Refused(404, f"there is no connection {call.path['id']!r}")
