"""Commands of the server: what they return, and what they ask the client to show."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from segql.diagnostics import CODES
from segql_lsp.client import Client
from tests.lsp.desk import Desk

EXPLAIN = "segql.server.explainRule"
CHECK = "segql.server.checkWorkspace"
RULES = "segql.server.rules"


def run(desk: Desk, command: str, *arguments: Any) -> Any:
    return desk.server.protocol.fm.commands[command](*arguments)


class Shown(list[object]):
    """What a client is asked to show."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__()
        for name in ("window_show_document", "window_show_message"):
            monkeypatch.setattr(desk.server, name, self.append)


@pytest.mark.parametrize("name", ["PORT008", "port008", "is-null"])
def test_a_rule_is_explained(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(tmp_path, {}, client=Client(commands=frozenset(["segql.explainRule"])))
    shown = Shown(desk, monkeypatch)
    page = run(desk, EXPLAIN, name)
    assert page.startswith("# PORT008 is-null\n")
    assert "## Bad" in page
    assert shown == []  # the client shows the page


def test_a_client_without_pages_is_shown_the_published_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, {}, client=Client(shows_documents=True))
    shown = Shown(desk, monkeypatch)
    assert run(desk, EXPLAIN, "PORT008")
    (params,) = shown
    assert isinstance(params, types.ShowDocumentParams)
    assert params.uri.endswith("/PORT008")
    assert params.external


def test_a_client_that_shows_nothing_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, {})
    shown = Shown(desk, monkeypatch)
    assert run(desk, EXPLAIN, "PORT008")
    (params,) = shown
    assert isinstance(params, types.ShowMessageParams)
    assert params.message.startswith("PORT008 is-null: ")


def test_there_is_no_page_of_what_is_no_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, {})
    shown = Shown(desk, monkeypatch)
    assert run(desk, EXPLAIN, "NOPE001") is None
    assert shown == []


def test_all_rules_are_listed(tmp_path: Path) -> None:
    rules = run(Desk(tmp_path, {}), RULES)
    assert [rule["name"] for rule in rules] == list(CODES)
    assert all(set(rule) == {"code", "name", "summary"} for rule in rules)


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        (EXPLAIN, ()),
        (EXPLAIN, (5,)),
        (EXPLAIN, ("PORT008", "PORT009")),
        (EXPLAIN, ({"code": "PORT008"},)),
        (RULES, ("PORT008",)),
    ],
)
def test_odd_arguments_are_refused(
    tmp_path: Path, command: str, arguments: tuple[Any, ...]
) -> None:
    with pytest.raises(JsonRpcInvalidParams, match=command):
        run(Desk(tmp_path, {}), command, *arguments)


def test_the_workspace_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(tmp_path, {"a.segql": "FILTER a IS NULL ALIAS a"})
    told: list[bool] = []
    monkeypatch.setattr(desk.server.publisher, "later", lambda anew: told.append(anew))
    assert asyncio.run(run(desk, CHECK)) == {"files": 1, "problems": 1}
    (tmp_path / "b.segql").write_text("FILTER INCLUDE gone ALIAS b")
    assert asyncio.run(run(desk, CHECK)) == {"files": 2, "problems": 2}
    assert told == [True, True]


def test_to_check_takes_no_arguments(tmp_path: Path) -> None:
    with pytest.raises(JsonRpcInvalidParams, match=CHECK):
        asyncio.run(run(Desk(tmp_path, {}), CHECK, "all"))
