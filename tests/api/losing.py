"""A way to the emulated account on which requests and answers get lost, as planned."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import ThreadingHTTPServer
from typing import Literal
from urllib.parse import urlsplit

from .conftest import HANG_UP, Asked, Reply, Server, Vendor, handler_for, reply

# Where a request is lost: on its way, or its answer on the way back; with or without a word.
Loss = Literal["request", "answer", "503 before", "503 after", "429"]

_LOST: dict[Loss, Reply] = {
    "request": HANG_UP,
    "answer": HANG_UP,
    "503 before": reply(503, {"message": "busy"}),
    "503 after": reply(503, {"message": "busy"}),
    "429": reply(429, {"message": "slow down"}),
}
_ARRIVES: frozenset[Loss] = frozenset({"answer", "503 after"})


@dataclass
class Road:
    """The url to ask, and what was asked. `losses` are of the writes to come, in turn.

    `meanwhile` is done once, when the first write has been lost.
    """

    url: str
    vendor: Vendor
    losses: list[Loss | None] = field(default_factory=list)
    meanwhile: Callable[[], object] | None = None

    @property
    def requests(self) -> list[str]:
        return self.vendor.requests


@contextmanager
def losing(account_url: str) -> Iterator[Road]:
    road = Road("", Vendor())

    def decide(asked: Asked) -> Reply:
        is_write = asked.method != "GET"
        loss = road.losses.pop(0) if is_write and road.losses else None
        answer = _forward(account_url, asked) if loss in (None, *_ARRIVES) else None
        if loss is not None and road.meanwhile:
            road.meanwhile()
            road.meanwhile = None
        return _LOST[loss] if loss else (answer or HANG_UP)

    road.vendor.decide = decide
    server: ThreadingHTTPServer
    with Server(("127.0.0.1", 0), handler_for(road.vendor)) as server:
        road.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield road
        finally:
            server.shutdown()
            thread.join()


def _forward(url: str, asked: Asked) -> Reply:
    parts = urlsplit(url)
    assert parts.hostname
    connection = HTTPConnection(parts.hostname, parts.port, timeout=10)
    names = ("authorization", "content-type")
    headers = {name: asked.headers[name] for name in names if name in asked.headers}
    try:
        connection.request(asked.method, asked.path, asked.body, headers)
        answer = connection.getresponse()
        return Reply(answer.status, answer.read())
    finally:
        connection.close()
