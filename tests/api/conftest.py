"""A real HTTP server on this machine that records what it is asked and answers what it is told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from segql.api import Client, Credentials

TOKEN = "s3cret-token/with+odd=signs"


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Vendor:
    """The server: `answer` sets what comes back, `asked` is what came in."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    status: int = 200
    body: bytes = b'{"data": null}'
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0

    def answer(self, status: int, body: object, **headers: str) -> None:
        self.status = status
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.headers = headers


def handler_for(vendor: Vendor) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            vendor.asked.append(Asked(self.command, self.path, headers, body))
            time.sleep(vendor.delay)
            self.send_response(vendor.status)
            for name, value in vendor.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(vendor.body)))
            self.end_headers()
            self.wfile.write(vendor.body)

        do_GET = do_POST = do_PUT = do_DELETE = handle_any

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output clean."""

    return Handler


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    vendor = Vendor()
    with ThreadingHTTPServer(("127.0.0.1", 0), handler_for(vendor)) as server:
        vendor.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield vendor
        server.shutdown()
        thread.join()


@pytest.fixture
def client(vendor: Vendor) -> Iterator[Client]:
    with Client(Credentials(vendor.url, TOKEN), timeout=5) as client:
        yield client
