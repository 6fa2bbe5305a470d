"""A server that answers as it is told: the API on a bad day."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Answer(NamedTuple):
    status: int
    body: str = ""
    headers: Mapping[str, str] = {}


class Asked(NamedTuple):
    method: str
    path: str
    body: str

    @property
    def is_write(self) -> bool:
        return self.method in ("POST", "PUT") and not self.path.endswith("/validate")


@dataclass
class Server:
    """`answer` makes the answer to a request; `asked` are the requests so far."""

    url: str
    answer: Callable[[Asked], Answer]
    asked: list[Asked] = field(default_factory=list)

    @property
    def writes(self) -> list[Asked]:
        return [asked for asked in self.asked if asked.is_write]


def well(asked: Asked) -> Answer:
    """An empty account that takes everything."""
    if asked.method == "GET":
        return Answer(200, '{"data": []}')
    if not asked.is_write:
        return Answer(200, '{"data": null}')
    slug = json.loads(asked.body)["slug_name"]
    return Answer(201, json.dumps({"data": {"id": f"id-of-{slug}", "slug_name": slug}}))


@contextmanager
def serving(answer: Callable[[Asked], Answer]) -> Iterator[Server]:
    server = Server("", answer)
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(server)) as http:
        server.url = f"http://127.0.0.1:{http.server_port}"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            asked = Asked(self.command, self.path, body)
            server.asked.append(asked)
            answer = server.answer(asked)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            content = answer.body.encode()
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = handle_any

        def log_message(self, format: str, *args: object) -> None:
            """Keep the output of the tests clean."""

    return Handler
