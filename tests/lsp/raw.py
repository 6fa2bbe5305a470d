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

    def __init__(
        self,
        root: Path,
        capabilities: dict[str, Any] | None = None,
        answers: dict[str, Any] | None = None,
        **params: Any,
    ) -> None:
        self.answers = answers or {}  # to the server's requests, by their methods
        self._process = subprocess.Popen(
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._id = 0
        self._received: Queue[dict[str, Any] | None] = Queue()
        Thread(target=self._read, daemon=True).start()
        self.told: list[dict[str, Any]] = []  # notifications and requests of the server
        params = {"processId": None, "rootUri": root.as_uri(), **params}
        params["capabilities"] = capabilities or {}
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
        return self.answer(self.begin(method, params))

    def begin(self, method: str, params: object) -> int:
        """Send a request; its number."""
        self._id += 1
        message = {"jsonrpc": "2.0", "id": self._id, "method": method, "params": params}
        self.send(json.dumps(message).encode())
        return self._id

    def answer(self, number: int) -> dict[str, Any]:
        """Wait for the answer to a request."""
        while "method" in (message := self.receive()) or message["id"] != number:
            pass
        return message

    def wait_for(self, method: str, number: int = 1) -> dict[str, Any]:
        """Wait until the server has sent so many messages of a method; the last of them."""
        while len(found := [m for m in self.told if m["method"] == method]) < number:
            self.receive()
        return found[number - 1]

    def open(self, uri: str, text: str, version: int = 0) -> None:
        item = {"uri": uri, "languageId": "segql", "version": version, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})

    def receive(self) -> dict[str, Any]:
        """The next message."""
        message = self._received.get(timeout=30)
        assert message is not None, "the server is gone"
        if "method" in message:
            self.told.append(message)
            if "id" in message:
                result = self.answers.get(message["method"])
                answer = {"jsonrpc": "2.0", "id": message["id"], "result": result}
                self.send(json.dumps(answer).encode())
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

    def is_told(self, uri: str) -> bool:
        """Whether anything was published of a document."""
        return any(m["params"].get("uri") == uri for m in self.told if m["params"])

    def diagnostics(self, uri: str) -> list[dict[str, Any]]:
        """What was last published of a document."""
        method = "textDocument/publishDiagnostics"
        found = [
            m["params"]
            for m in self.told
            if m.get("method") == method and m["params"]["uri"] == uri
        ]
        return found[-1]["diagnostics"] if found else []
