"""Time from a key to its diagnostics: ``python -m benchmarks.keystrokes``.

A raw client types into the language server, all rules on, with a catalog; and the same into a
server that only echoes, key by key in turns. The difference is what the server takes to think.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from benchmarks.echo_server import read, write

EDITS = 200
LINES = 1_000
SEGMENTS = 500
_TYPED = ", visitct > 77 "  # typed, and then deleted again

_SERVER = [sys.executable, "-m", "segql", "lsp"]
_ECHO = [sys.executable, "-m", "benchmarks.echo_server"]
_CATALOG = {
    "fields": {
        "visitct": "int",
        "city": "string",
        "country": "string",
        "lastvisit_ts": "date",
        "is_member": "bool",
        "counts": "map[string]int",
        "interests": "[]string",
    }
}
_CONDITIONS = (
    'city = "Town {n}"',
    'country IN ("C{n}", "D{n}")',
    "counts.`page {n}` > 3",
    "counts.`step {n}` BETWEEN 3 AND 9",
    'interests INTERSECTS ("topic {n}", "subject {n}")',
    'lastvisit_ts >= "now-{days}d"',
    'city LIKE "*{n}"',
    "EXISTS counts.`shop {n}`",
    "AND (visitct = {n}, is_member = true)",
)


class Goal(NamedTuple):
    """The most that the median may be above the echo's, in milliseconds."""

    name: str
    text: str
    most: float


class Typing(NamedTuple):
    """Seconds from each key to its diagnostics."""

    server: list[float]
    echo: list[float]


class Client:
    """A raw client of one server process."""

    def __init__(self, command: list[str], root: Path) -> None:
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.process.stdin
        assert self.process.stdout
        self._to, self._from = self.process.stdin, self.process.stdout
        self._ask("initialize", {"capabilities": {}, "rootUri": root.as_uri()})
        self.tell("initialized", {})

    def tell(self, method: str, params: object) -> None:
        write(self._to, {"jsonrpc": "2.0", "method": method, "params": params})

    def _ask(self, method: str, params: object) -> None:
        write(self._to, {"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
        while (message := read(self._from)) and message.get("id") != 1:
            pass

    def told(self) -> Iterator[dict]:
        """What is published, as it comes."""
        while message := read(self._from):
            if message.get("method") == "textDocument/publishDiagnostics":
                yield message["params"]

    def wait(self, uri: str, version: int) -> int:
        """Until the diagnostics of a version are here; how many there are."""
        for told in self.told():
            if told["uri"] == uri and told.get("version") == version:
                return len(told["diagnostics"])
        raise RuntimeError("the server is gone")

    def megabytes(self) -> float:
        """What its process takes of the memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024

    def close(self) -> None:
        self.process.kill()
        self.process.wait()


def main() -> int:
    """Return 0 when every goal is reached, 1 when one is not."""
    goals = (
        Goal("many statements", many_statements(), most=6),
        Goal("one statement", one_statement(), most=25),
    )
    missed = 0
    most_memory = 0.0
    for goal in goals:
        with tempfile.TemporaryDirectory(prefix="segql-bench-") as name:
            typing, problems, memory = _type(Path(name), goal.text)
        above = (median(typing.server) - median(typing.echo)) * 1000
        most_memory = max(most_memory, memory)
        missed += above > goal.most
        last = quantiles(typing.server, n=20)[-1]
        print(f"{goal.name}, {goal.text.count(chr(10))} lines, {problems} problems:")
        print(f"  median {_ms(median(typing.server))}, 95 % below {_ms(last)}")
        print(f"  echo {_ms(median(typing.echo))}")
        print(f"  above it {above:.1f} ms, goal at most {goal.most:g} ms")
    with tempfile.TemporaryDirectory(prefix="segql-bench-") as name:
        seconds, memory = _open_workspace(Path(name))
    missed += seconds >= 2
    print(f"{SEGMENTS} segments, start to all diagnostics: {seconds:.2f} s, goal below 2 s")
    most_memory = max(most_memory, memory)
    missed += most_memory >= 80
    print(f"memory at its highest: {most_memory:.0f} MB, goal below 80 MB")
    return 1 if missed else 0


def many_statements() -> str:
    """Ten lines a segment, as people write them."""
    chance = random.Random(1)
    return "".join(_segment(chance, number, 4) for number in range(LINES // 10))


def one_statement() -> str:
    """One list of very many conditions."""
    return _segment(random.Random(2), 0, LINES - 6)


def _segment(chance: random.Random, number: int, conditions: int) -> str:
    lines = [
        f"    {condition.format(n=1000 * number + line + 1, days=line % 300 + 1)},\n"
        for line, condition in enumerate(chance.choices(_CONDITIONS, k=conditions))
    ]
    return (
        f"-- Segment number {number}.\nFILTER OR (\n{''.join(lines)})\nFROM user\n"
        f'WITH name = "Segment {number}", tags = ["email"]\nALIAS segment_{number}\n\n'
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def _prepare(root: Path) -> None:
    (root / "segql.toml").write_text('select = ["ALL"]\n')
    (root / "catalog.user.json").write_text(json.dumps(_CATALOG))


def _type(root: Path, text: str) -> tuple[Typing, int, float]:
    _prepare(root)
    uri = (root / "typed.segql").as_uri()
    clients = [Client(_SERVER, root), Client(_ECHO, root)]
    taken: list[list[float]] = [[], []]
    problems = 0
    item = {"uri": uri, "languageId": "segql", "version": 0, "text": text}
    for client in clients:
        client.tell("textDocument/didOpen", {"textDocument": item})
        problems = max(problems, client.wait(uri, 0))
    for version, change in enumerate(_edits(text), start=1):
        params = {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]}
        for client, times in zip(clients, taken, strict=True):
            begun = time.perf_counter()
            client.tell("textDocument/didChange", params)
            client.wait(uri, version)
            times.append(time.perf_counter() - begun)
    memory = clients[0].megabytes()
    for client in clients:
        client.close()
    return Typing(*taken), problems, memory


def _edits(text: str) -> Iterator[dict]:
    """Keys at the ends of conditions all over the text: typed, then deleted."""
    chance = random.Random(3)
    lines = text.split("\n")
    places = [number for number, line in enumerate(lines) if line.startswith("    ")]
    left = EDITS
    while left:
        line = chance.choice(places)
        column = len(lines[line]) - 1
        keys = [(column + i, column + i, key) for i, key in enumerate(_TYPED)]
        back = [(column + i, column + i + 1, "") for i in reversed(range(len(_TYPED)))]
        for start, end, key in (keys + back)[:left]:
            left -= 1
            yield {"range": _range(line, start, end), "text": key}


def _range(line: int, start: int, end: int) -> dict:
    return {
        "start": {"line": line, "character": start},
        "end": {"line": line, "character": end},
    }


def _open_workspace(root: Path) -> tuple[float, float]:
    """Seconds from the start of the server until every file's diagnostics are here."""
    _prepare(root)
    chance = random.Random(4)
    for number in range(SEGMENTS):
        include = f"    INCLUDE segment_{number - 1},\n" if number % 10 else ""
        text = _segment(chance, number, 8).replace("OR (\n", f"AND (\n{include}")
        (root / f"segment_{number}.segql").write_text(text + "-- segql: ignore[STY999]\n")
    begun = time.perf_counter()
    client = Client(_SERVER, root)
    missing = {(root / f"segment_{number}.segql").as_uri() for number in range(SEGMENTS)}
    for told in client.told():
        if told["diagnostics"]:
            missing.discard(told["uri"])
        if not missing:
            break
    seconds = time.perf_counter() - begun
    memory = client.megabytes()
    client.close()
    return seconds, memory


if __name__ == "__main__":
    sys.exit(main())
