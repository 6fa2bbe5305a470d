"""The table of methods in docs/language-server.md: complete, and true of this server."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from lsprotocol import types
from pygls.lsp.server import LanguageServer

from segql_lsp.server import make_server

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/language-server.md"
ARROWS = {"clientToServer": "→", "serverToClient": "←", "both": "↔"}
MARKS = {"✓": True, "–": False}

# The library answers these by itself, and does not list them among its features.
_OF_THE_LIBRARY = {types.CANCEL_REQUEST}
# The library keeps notebooks and folders; nothing of this server looks at them.
_UNUSED = {
    types.NOTEBOOK_DOCUMENT_DID_OPEN,
    types.NOTEBOOK_DOCUMENT_DID_CHANGE,
    types.NOTEBOOK_DOCUMENT_DID_CLOSE,
}
# What the library sends when progress is begun, reported and ended.
_OF_PROGRESS = {types.PROGRESS, types.WINDOW_WORK_DONE_PROGRESS_CREATE}


class Row(NamedTuple):
    """What the page says of one method."""

    method: str
    arrow: str
    segql: str
    others: tuple[str, ...]
    reason: str


def rows() -> list[Row]:
    """The rows of all tables."""
    found: list[Row] = []
    for line in PAGE.read_text("utf-8").splitlines():
        if match := re.match(r"\| `([^`]+/?[^`]*)` \| ([→←↔]) \|", line):
            _, _, segql, *others, reason = (cell.strip() for cell in line.strip("|").split("|"))
            found.append(Row(match[1], match[2], segql, tuple(others), reason))
    return found


def supported_by_segql() -> set[str]:
    """The methods that the server answers, and those that its code sends."""
    manager = make_server().protocol.fm
    answered = {*manager.features, *manager.builtin_features, *_OF_THE_LIBRARY} - _UNUSED
    if not manager.commands:
        answered.discard(types.WORKSPACE_EXECUTE_COMMAND)
    return {m for m in types.METHOD_TO_TYPES if m in answered or _is_sent(m)}


def _is_sent(method: str) -> bool:
    """Whether a file of the server calls what sends this method."""
    if types.message_direction(method) == "clientToServer":
        return False
    name = re.sub(r"[A-Z]", lambda m: f"_{m[0].lower()}", method.removeprefix("$/"))
    name = name.replace("/", "_")
    assert hasattr(LanguageServer, name), f"nothing in the library sends {method}"
    calls = [rf"\.{name}(_async)?\(", rf"\.send\(\s*types\.{name.upper()}\b"]
    calls += [r"\.work_done_progress\b"] if method in _OF_PROGRESS else []
    sources = [path.read_text("utf-8") for path in ROOT.glob("lsp/segql_lsp/*.py")]
    return any(re.search(call, source) for call in calls for source in sources)


def test_every_method_of_the_protocol_has_one_row() -> None:
    methods = [row.method for row in rows()]
    assert sorted(methods) == sorted(types.METHOD_TO_TYPES)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.method)
def test_a_row_is_true(row: Row) -> None:
    assert row.arrow == ARROWS[types.message_direction(row.method)]
    assert MARKS[row.segql] == (row.method in supported_by_segql())
    assert bool(row.reason) != MARKS[row.segql], "a reason is given for what is not there"
    assert len(row.others) == 4
    assert set(row.others) <= {"✓", "(✓)", "–", "?"}
