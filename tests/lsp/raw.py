"""A client that sends whatever it is told to, also what no client should send."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any, Self

COMMAND = [sys.executable, "-m", "segql", "lsp"]


class RawClient:
    """One server process, and messages as bytes."""

    def __init__(self, root: Path, capabilities: dict[str, Any] | None = None) -> None:
        self._process = subprocess.Popen(
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._id = 0
        self._received: Queue[dict[str, Any] | None] = Queue()
        Thread(target=self._read, daemon=True).start()
        self.told: list[dict[str, Any]] = []  # notifications and requests of the server
        params = {"capabilities": capabilities or {}, "rootUri": root.as_uri(), "processId": None}
        self.initialized = self.ask("initialize", params)["result"]
        self.tell("initialized", {})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._process.kill()
        self._process.wait()

    def send(self, body: bytes) -> None:
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def tell(self, method: str, params: object) -> None:
        self.send(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())

    def ask(self, method: str, params: object) -> dict[str, Any]:
        """The answer to a request: a result, or an error."""
        self._id += 1
        message = {"jsonrpc": "2.0", "id": self._id, "method": method, "params": params}
        self.send(json.dumps(message).encode())
        while True:
            message = self.receive()
            if message.get("id") == self._id and "method" not in message:
                return message
            self.told.append(message)

    def receive(self) -> dict[str, Any]:
        """The next message."""
        message = self._received.get(timeout=60)
        assert message is not None, "the server is gone"
        return message

    def _read(self) -> None:
        """Always: a client that does not listen while it speaks may wait for ever."""
        assert self._process.stdout
        length = 0
        while line := self._process.stdout.readline():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            elif not line.strip():
                self._received.put(json.loads(self._process.stdout.read(length)))
        self._received.put(None)

    def leave(self) -> int:
        """Say goodbye; the exit code."""
        assert self.ask("shutdown", None)["result"] is None
        self.tell("exit", None)
        return self._process.wait(timeout=30)

    def diagnostics(self, uri: str) -> list[dict[str, Any]]:
        """What was last published of a document."""
        method = "textDocument/publishDiagnostics"
        found = [
            m["params"]
            for m in self.told
            if m.get("method") == method and m["params"]["uri"] == uri
        ]
        return found[-1]["diagnostics"] if found else []
