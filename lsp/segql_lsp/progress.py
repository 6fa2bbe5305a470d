"""Progress of what takes long, for clients that show it; and the way to stop it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

from lsprotocol import types

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer

Report = Callable[[int], Awaitable[None]]

_WORTH = 200  # steps: what has fewer is over before it could be read
_EVERY = 0.1  # seconds


@asynccontextmanager
async def progress(server: SegqlServer, title: str, steps: int) -> AsyncIterator[Report]:
    """Show how many of so many steps are done: say it to what this yields.

    Other messages are handled meanwhile. A person who stops it raises ``CancelledError``.
    """
    if steps < _WORTH or not server.client.shows_progress:
        yield _only_listen
        return
    token = str(uuid4())
    bar = server.work_done_progress
    await bar.create_async(token)
    bar.begin(token, types.WorkDoneProgressBegin(title, percentage=0, cancellable=True))
    last = time.monotonic()

    async def report(done: int) -> None:
        nonlocal last
        await asyncio.sleep(0)
        if bar.tokens[token].cancelled():
            raise asyncio.CancelledError
        if time.monotonic() - last > _EVERY:
            last = time.monotonic()
            said = types.WorkDoneProgressReport(
                message=f"{done} of {steps}", percentage=100 * done // steps
            )
            bar.report(token, said)

    try:
        yield report
    finally:
        bar.end(token, types.WorkDoneProgressEnd())


async def _only_listen(done: int) -> None:
    await asyncio.sleep(0)
