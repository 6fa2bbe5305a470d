"""`/api/account`: the one account that there is."""

from __future__ import annotations

from segql.emulator.calls import Call, Reply
from segql.emulator.errors import Refused
from segql.emulator.state import State


def list_accounts(state: State, call: Call) -> Reply:
    """List the account."""
    return Reply(200, [state.account])


def fetch(state: State, call: Call) -> Reply:
    """Return the account by its id."""
    if call.path["aid"] != state.account.aid:
        raise Refused(404, f"there is no account {call.path['aid']!r}")
    return Reply(200, state.account)
