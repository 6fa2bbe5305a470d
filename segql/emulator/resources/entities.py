"""`/api/entity`: one profile, looked up by one of its identities."""

from __future__ import annotations

import msgspec

from segql.emulator.calls import Call, Reply
from segql.emulator.errors import Refused
from segql.emulator.merging import identity_key
from segql.emulator.ordering import picked
from segql.emulator.state import State


class EntityQuery(msgspec.Struct, kw_only=True):
    """Which `fields` of the profile are told; all where none is named."""

    fields: list[str] = []


def fetch(state: State, call: Call) -> Reply:
    """Return the profile that a field and a value identify, with its public segments."""
    fields = call.asked(EntityQuery).fields
    table = call.path["table"].lower()
    field, value = call.path["field"], call.path["value"]
    known = state.fields.identities(table)
    if field not in known:
        message = f"`{field}` identifies no profile of the table {table!r}"
        raise Refused(404, f"{message}; what does is {', '.join(known)}")
    profile = state.profiles.find(table, identity_key(field, value))
    if profile is None:
        raise Refused(404, f"there is no profile with this {field}")
    (segments,) = state.members.memberships([profile], table)
    return Reply(200, picked({**profile, "segments": segments}, fields))
