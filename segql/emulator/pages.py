"""What is served besides the API: its description, and one page for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import msgspec

from segql.emulator.openapi import description
from segql.emulator.overview import overview
from segql.emulator.state import State


class Page(NamedTuple):
    """What is made, what it is, and whether it tells of the account."""

    make: Callable[[State], bytes]
    media_type: str
    is_guarded: bool
    headers: Mapping[str, str] = {}


def _description(state: State) -> bytes:
    return msgspec.json.encode(description())


def _overview(state: State) -> bytes:
    return overview(state).encode()


# Nothing on the page is loaded, and nothing on it runs.
_ALONE = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}

PAGES: Mapping[str, Page] = {
    "/openapi.json": Page(_description, "application/json", is_guarded=False),
    "/": Page(_overview, "text/html", is_guarded=True, headers=_ALONE),
}
