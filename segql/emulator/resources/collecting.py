"""`/api/collect`: what is told of somebody, merged into the profile."""

from __future__ import annotations

from typing import Any

import msgspec

from segql.catalog import DEFAULT_TABLE
from segql.emulator.calls import Call, Reply
from segql.emulator.merging import identity_values
from segql.emulator.models import timestamp
from segql.emulator.state import State

_DEFAULT_STREAM = "default"


class CollectQuery(msgspec.Struct, kw_only=True):
    """The stream that the event comes in."""

    stream: str = _DEFAULT_STREAM


def collect(state: State, call: Call) -> Reply:
    """Take an event.

    A stream that is named as a table other than `user` fills that table; all others fill `user`,
    where a profile is told when it was made and when it was last active.
    """
    stream = call.asked(CollectQuery).stream or _DEFAULT_STREAM
    event = call.told(dict[str, Any], "an event")
    table = stream.lower() if stream.lower() in state.tables() | {"content"} else DEFAULT_TABLE
    for field, value in identity_values(event, state.fields.identities(table)):
        state.limits.identify(field, value)
    if table == DEFAULT_TABLE:
        now = timestamp()
        state.add_profiles(table, stream, [{"last_active_ts": now, **event}], {"created": now})
    else:
        state.add_profiles(table, stream, [event])
    return Reply(200)
