"""An emulator in a process of its own, and a way to it on which things happen."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlsplit

from tests.api.conftest import HANG_UP, Asked, Reply, Server, Vendor, handler_for

Send = Callable[[], Reply]
Meet = Callable[[int, Asked, Send], Reply]


@contextmanager
def emulating(*options: str) -> Iterator[str]:
    """The url of an emulator in another process."""
    command = [sys.executable, "-m", "segql", "emulator", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().removeprefix("emulator: ").strip()
        finally:
            process.terminate()


@dataclass
class Road:
    """The url to ask. `meet` is asked about each request, with its number from 1.

    It may answer in the account's place, and `send` carries the request out.
    """

    url: str
    meet: Meet
    asked: list[Asked] = field(default_factory=list)

    @property
    def writes(self) -> list[Asked]:
        return [asked for asked in self.asked if is_write(asked)]


def is_write(asked: Asked) -> bool:
    return asked.method != "GET" and not asked.path.endswith("/validate")


@contextmanager
def road_to(account_url: str, meet: Meet) -> Iterator[Road]:
    road = Road("", meet)
    vendor = Vendor()
    lock = threading.Lock()

    def decide(asked: Asked) -> Reply:
        with lock:
            road.asked.append(asked)
            number = len(road.asked)
        return road.meet(number, asked, lambda: _forward(account_url, asked))

    vendor.decide = decide
    with Server(("127.0.0.1", 0), handler_for(vendor)) as server:
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
    except OSError:
        return HANG_UP
    finally:
        connection.close()
