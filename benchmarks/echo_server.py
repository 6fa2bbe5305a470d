"""A language server that only echoes: every change is answered by empty diagnostics."""

from __future__ import annotations

import json
import sys
from typing import BinaryIO


def read(stream: BinaryIO) -> dict | None:
    """The next message; None at the end."""
    length = 0
    while line := stream.readline():
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
        elif not line.strip():
            return json.loads(stream.read(length))
    return None


def write(stream: BinaryIO, message: object) -> None:
    """Send a message."""
    body = json.dumps(message).encode()
    stream.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    stream.flush()


def main() -> None:
    """Answer until the client is gone."""
    while message := read(sys.stdin.buffer):
        if "id" in message:
            answer = {"jsonrpc": "2.0", "id": message["id"], "result": {"capabilities": {}}}
            write(sys.stdout.buffer, answer)
        elif message["method"] in ("textDocument/didOpen", "textDocument/didChange"):
            document = message["params"]["textDocument"]
            told = {"uri": document["uri"], "version": document["version"], "diagnostics": []}
            method = "textDocument/publishDiagnostics"
            write(sys.stdout.buffer, {"jsonrpc": "2.0", "method": method, "params": told})


if __name__ == "__main__":
    main()
