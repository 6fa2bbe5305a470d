"""A real HTTP server on this machine that records what it is asked and answers what it is told."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from segql.api import Client, Credentials, Retry
from tests.accounts import account, emulator, stored

__all__ = ["account", "emulator", "stored"]

from tests.canary import TOKEN

QUICK = Retry(retries=3, first=0.001, longest=0.005, deadline=10)


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    connection: int = 0  # the client's port: the same for what came over one connection
    at: float = 0.0  # when, by the monotonic clock


@dataclass
class Reply:
    """What comes back. With no status the connection is closed instead."""

    status: int | None
    body: bytes = b'{"data": null}'
    headers: dict[str, str] = field(default_factory=dict)
    reason: str | None = None  # the words after the status; None: the usual ones


HANG_UP = Reply(None)


def reply(status: int, body: object = b'{"data": null}', **headers: str) -> Reply:
    return Reply(status, body if isinstance(body, bytes) else json.dumps(body).encode(), headers)


@dataclass
class Vendor:
    """The server: `answer` sets what comes back, `asked` is what came in.

    `first` are answered before that, one request each. `decide` answers in place of both.
    """

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    first: list[Reply] = field(default_factory=list)
    usual: Reply = field(default_factory=lambda: Reply(200))
    decide: Callable[[Asked], Reply] | None = None
    delay: float = 0.0

    def answer(self, status: int, body: object, **headers: str) -> None:
        self.usual = reply(status, body, **headers)

    def reply_to(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        time.sleep(self.delay)
        if self.decide:
            return self.decide(asked)
        return self.first.pop(0) if self.first else self.usual

    @property
    def requests(self) -> list[str]:
        return [f"{asked.method} {asked.path}" for asked in self.asked]


def handler_for(vendor: Vendor) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            port = self.client_address[1]
            asked = Asked(self.command, self.path, headers, body, port, time.monotonic())
            told = vendor.reply_to(asked)
            if told.status is None:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(told.status, told.reason)
            for name, value in told.headers.items():
                self.send_header(name, value)
            if told.status != 204:
                self.send_header("Content-Length", str(len(told.body)))
            self.end_headers()
            if self.command != "HEAD" and told.status != 204:
                self.wfile.write(told.body)

        do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output clean."""

    return Handler


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is what some tests are about."""


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    vendor = Vendor()
    with Server(("127.0.0.1", 0), handler_for(vendor)) as server:
        vendor.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield vendor
        server.shutdown()
        thread.join()


@pytest.fixture
def client(vendor: Vendor) -> Iterator[Client]:
    """It repeats nothing."""
    with Client(Credentials(vendor.url, TOKEN), timeout=5, retry=Retry(retries=0)) as client:
        yield client


@pytest.fixture
def patient(vendor: Vendor) -> Iterator[Client]:
    """It repeats what may be repeated, three times, almost at once."""
    with Client(Credentials(vendor.url, TOKEN), timeout=5, retry=QUICK) as client:
        yield client
