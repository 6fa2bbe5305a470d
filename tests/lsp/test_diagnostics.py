"""What clients are told of mistakes: those that wait for it, and those that ask."""

from __future__ import annotations

import asyncio
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from tests.lsp.desk import Desk
from tests.lsp.raw import COMMAND, RawClient

PUBLISH = "textDocument/publishDiagnostics"
PULLS: dict[str, Any] = {"textDocument": {"diagnostic": {}}}
PULLS_ALL: dict[str, Any] = {**PULLS, "workspace": {"diagnostics": {"refreshSupport": True}}}
WATCHES: dict[str, Any] = {
    "workspace": {
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "configuration": True,
        "workspaceFolders": True,
    }
}
INCLUDING = "FILTER INCLUDE vip ALIAS a"
VIP = "FILTER visits > 5 ALIAS vip"


def write(root: Path, **texts: str) -> dict[str, str]:
    """Files, and their uris."""
    for name, text in texts.items():
        (root / f"{name}.segql").write_text(text)
    return {name: (root / f"{name}.segql").as_uri() for name in texts}


def codes(diagnostics: list[dict[str, Any]]) -> list[str]:
    return [found["code"] for found in diagnostics]


def until(client: RawClient, uri: str, expected: list[str]) -> None:
    """Wait until the client is told of just these."""
    while not client.is_told(uri) or codes(client.diagnostics(uri)) != expected:
        client.receive()


# ---- Clients that wait ------------------------------------------------------------------


def test_files_that_are_not_open_are_reported_too(tmp_path: Path) -> None:
    uris = write(tmp_path, a=INCLUDING, b="FILTER x >", c=VIP)
    with RawClient(tmp_path) as client:
        until(client, uris["b"], ["SYN002"])
        assert codes(client.diagnostics(uris["a"])) == []


def test_a_change_reaches_the_files_that_include_it(tmp_path: Path) -> None:
    uris = write(tmp_path, a=INCLUDING, vip=VIP)
    with RawClient(tmp_path) as client:
        client.open(uris["vip"], VIP.replace("vip", "other"))
        until(client, uris["a"], ["REF001"])
        change = {"text": VIP}
        document = {"uri": uris["vip"], "version": 2}
        client.tell(
            "textDocument/didChange", {"textDocument": document, "contentChanges": [change]}
        )
        until(client, uris["a"], [])


def test_the_configuration_itself_is_checked(tmp_path: Path) -> None:
    write(tmp_path, a=VIP)
    (tmp_path / "segql.toml").write_text("linelength = 7")
    with RawClient(tmp_path) as client:
        until(client, (tmp_path / "segql.toml").as_uri(), ["CFG001"])
        (tmp_path / "segql.toml").write_text("")
        client.tell("workspace/didChangeWatchedFiles", {"changes": []})
        uri = (tmp_path / "segql.toml").as_uri()
        client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 2}]})
        until(client, uri, [])


def test_what_is_said_of_a_file_ends_with_it(tmp_path: Path) -> None:
    uris = write(tmp_path, a="FILTER x >")
    with RawClient(tmp_path) as client:
        until(client, uris["a"], ["SYN002"])
        (tmp_path / "a.segql").unlink()
        change = {"uri": uris["a"], "type": 3}
        client.tell("workspace/didChangeWatchedFiles", {"changes": [change]})
        until(client, uris["a"], [])


def test_nothing_is_said_twice(tmp_path: Path) -> None:
    uris = write(tmp_path, a="FILTER x >", b="FILTER y >")
    with RawClient(tmp_path) as client:
        client.open(uris["a"], "FILTER x >")
        until(client, uris["b"], ["SYN002"])
        for version in range(1, 4):
            document = {"uri": uris["a"], "version": version}
            changes = [{"text": f"FILTER x >{' ' * version}"}]
            client.tell(
                "textDocument/didChange", {"textDocument": document, "contentChanges": changes}
            )
        client.tell("textDocument/didSave", {"textDocument": {"uri": uris["a"]}})
        client.ask(
            "textDocument/formatting",
            {
                "textDocument": {"uri": uris["a"]},
                "options": {"tabSize": 1, "insertSpaces": True},
            },
        )
        told = [m["params"]["uri"] for m in client.told if m["method"] == PUBLISH]
        assert told.count(uris["b"]) == 1


async def test_edits_of_two_files_at_once_are_both_told(tmp_path: Path) -> None:
    """As a rename makes them, where one of them takes long."""
    desk = Desk(tmp_path, {"a.segql": "", "b.segql": ""})
    told: list[str] = []
    desk.server.protocol.send = lambda _, params: told.append(params["uri"])  # type: ignore
    desk.server.publisher._taken = 1.0  # seconds
    for name in ("a.segql", "b.segql"):
        desk.open(name, f"FILTER {name[0]} >")
        desk.server.publisher.edited(desk.uri(name))
    desk.server.publisher.hurry()
    assert told == [desk.uri("a.segql"), desk.uri("b.segql")]


def test_only_open_files_where_the_settings_say_so(tmp_path: Path) -> None:
    uris = write(tmp_path, a="FILTER x >", b="FILTER y >")
    settings = [{"diagnostics": {"scope": "openFiles"}}]
    with RawClient(tmp_path, WATCHES, {"workspace/configuration": settings}) as client:
        client.wait_for("workspace/configuration")
        client.open(uris["a"], "FILTER x >")
        until(client, uris["a"], ["SYN002"])
        client.answers["workspace/configuration"] = [{"diagnostics": {"scope": "workspace"}}]
        client.tell("workspace/didChangeConfiguration", {"settings": None})
        until(client, uris["b"], ["SYN002"])
        client.answers["workspace/configuration"] = settings
        client.tell("workspace/didChangeConfiguration", {"settings": None})
        until(client, uris["b"], [])
        assert codes(client.diagnostics(uris["a"])) == ["SYN002"]


def test_settings_that_are_none_are_told_and_not_taken(tmp_path: Path) -> None:
    uris = write(tmp_path, b="FILTER y >")
    wrong = [{"diagnostics": {"scope": "everything"}}]
    with RawClient(tmp_path, WATCHES, {"workspace/configuration": wrong}) as client:
        until(client, uris["b"], ["SYN002"])
        assert "scope" in client.wait_for("window/logMessage")["params"]["message"]


def test_a_client_that_answers_nonsense(tmp_path: Path) -> None:
    uris = write(tmp_path, b="FILTER y >")
    for answer in (None, 7, [[]], [7]):
        with RawClient(tmp_path, WATCHES, {"workspace/configuration": answer}) as client:
            until(client, uris["b"], ["SYN002"])


def test_a_closed_file_is_again_what_is_on_disk(tmp_path: Path) -> None:
    uris = write(tmp_path, a=VIP)
    with RawClient(tmp_path) as client:
        client.open(uris["a"], "FILTER x >")
        until(client, uris["a"], ["SYN002"])
        client.tell("textDocument/didClose", {"textDocument": {"uri": uris["a"]}})
        until(client, uris["a"], [])


def test_folders_are_added_and_removed(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    write(tmp_path / "one", a=VIP)
    uris = write(tmp_path / "two", b="FILTER y >")
    folder = {"uri": (tmp_path / "two").as_uri(), "name": "two"}
    with RawClient(tmp_path / "one") as client:
        event = {"added": [folder], "removed": []}
        client.tell("workspace/didChangeWorkspaceFolders", {"event": event})
        until(client, uris["b"], ["SYN002"])
        event = {"added": [], "removed": [folder]}
        client.tell("workspace/didChangeWorkspaceFolders", {"event": event})
        until(client, uris["b"], [])


def test_the_commands_beside_the_server_are_announced(tmp_path: Path) -> None:
    with RawClient(tmp_path) as client:
        assert "push" in client.initialized["capabilities"]["experimental"]["commands"]


def test_a_client_that_watches_is_asked_to(tmp_path: Path) -> None:
    uris = write(tmp_path, a=INCLUDING)
    with RawClient(tmp_path, WATCHES) as client:
        asked = client.wait_for("client/registerCapability")["params"]["registrations"]
        (watched,) = (r for r in asked if r["method"] == "workspace/didChangeWatchedFiles")
        patterns = {w["globPattern"] for w in watched["registerOptions"]["watchers"]}
        assert {"**/*.segql", "**/segql.toml"} <= patterns
        until(client, uris["a"], ["REF001"])
        more = write(tmp_path, vip=VIP)
        change = {"uri": more["vip"], "type": 1}
        client.tell("workspace/didChangeWatchedFiles", {"changes": [change]})
        until(client, uris["a"], [])


# ---- Clients that ask -------------------------------------------------------------------


def test_a_client_that_asks_is_not_told(tmp_path: Path) -> None:
    uris = write(tmp_path, a="FILTER x >")
    with RawClient(tmp_path, PULLS) as client:
        until(client, uris["a"], ["SYN002"])  # nobody can ask for what is not open
        client.open(uris["a"], "FILTER x >")
        asked = {"textDocument": {"uri": uris["a"]}}
        report = client.ask("textDocument/diagnostic", asked)["result"]
        assert report["kind"] == "full"
        assert codes(report["items"]) == ["SYN002"]
        again = {**asked, "previousResultId": report["resultId"]}
        report = client.ask("textDocument/diagnostic", again)["result"]
        assert report == {"kind": "unchanged", "resultId": again["previousResultId"]}
        assert client.diagnostics(uris["a"]) == []


def test_all_files_on_request(tmp_path: Path) -> None:
    uris = write(tmp_path, a=INCLUDING, b="FILTER y >")
    with RawClient(tmp_path, PULLS_ALL) as client:
        found = client.ask("workspace/diagnostic", {"previousResultIds": []})["result"]["items"]
        assert {item["uri"]: codes(item["items"]) for item in found} == {
            uris["a"]: ["REF001"],
            uris["b"]: ["SYN002"],
        }
        known = [{"uri": item["uri"], "value": item["resultId"]} for item in found]
        client.open(uris["b"], VIP)
        found = client.ask("workspace/diagnostic", {"previousResultIds": known})["result"]["items"]
        assert [(item["kind"], item["version"]) for item in found] == [("full", None), ("full", 0)]
        assert client.wait_for("workspace/diagnostic/refresh")
        assert not [m for m in client.told if m["method"] == PUBLISH]


def test_a_client_that_asks_for_all_forgets_what_is_not_wanted(tmp_path: Path) -> None:
    uris = write(tmp_path, a="FILTER x >", b="FILTER y >")
    asks = {**PULLS_ALL, "workspace": {**PULLS_ALL["workspace"], **WATCHES["workspace"]}}
    settings = [{"diagnostics": {"scope": "openFiles"}}]
    with RawClient(tmp_path, asks) as client:
        client.open(uris["a"], "FILTER x >")
        found = client.ask("workspace/diagnostic", {"previousResultIds": []})["result"]["items"]
        known = [{"uri": item["uri"], "value": item["resultId"]} for item in found]
        client.answers["workspace/configuration"] = settings
        client.tell("workspace/didChangeConfiguration", {"settings": None})
        client.wait_for("workspace/configuration", 2)
        found = client.ask("workspace/diagnostic", {"previousResultIds": known})["result"]["items"]
        assert {item["uri"]: (item["kind"], item.get("items")) for item in found} == {
            uris["a"]: ("unchanged", None),
            uris["b"]: ("full", []),
        }


async def test_a_long_request_can_be_cancelled(tmp_path: Path) -> None:
    """In the process of the test: it must still be at work when it is cancelled."""
    desk = Desk(tmp_path, {f"s{n}.segql": f"FILTER x > {n} ALIAS s{n}" for n in range(300)})
    protocol, sent = desk.server.protocol, []
    protocol._send_data = sent.append  # type: ignore[method-assign]
    protocol._handle_request(1, "workspace/diagnostic", types.WorkspaceDiagnosticParams([]))
    await asyncio.sleep(0)
    protocol._handle_notification("$/cancelRequest", types.CancelParams(1))
    while not sent:
        await asyncio.sleep(0)
    assert sent[-1].id == 1
    assert sent[-1].error.code == -32800
    protocol._handle_request(2, "workspace/diagnostic", types.WorkspaceDiagnosticParams([]))
    while len(sent) < 2:
        await asyncio.sleep(0)
    assert len(sent[-1].result["items"]) == 300


def test_what_takes_long_shows_its_progress(tmp_path: Path) -> None:
    write(tmp_path, **{f"s{n}": f"FILTER x > {n} ALIAS s{n}" for n in range(400)})
    with RawClient(tmp_path, {"window": {"workDoneProgress": True}}) as client:
        token = client.wait_for("window/workDoneProgress/create")["params"]["token"]
        begun = client.wait_for("$/progress")["params"]
        assert begun["token"] == token
        assert begun["value"]["kind"] == "begin"
        while client.told[-1]["params"].get("value", {}).get("kind") != "end":
            client.receive()


# ---- Over TCP ---------------------------------------------------------------------------


def test_over_tcp(tmp_path: Path) -> None:
    command = [*COMMAND, "--tcp", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        port = int(process.stderr.readline().rpartition(":")[2])
        address = ("127.0.0.1", port)
        with socket.create_connection(address) as connection, connection.makefile("rwb") as stream:
            body = b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}'
            stream.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            stream.flush()
            assert stream.readline().startswith(b"Content-Length:")
            with pytest.raises(ConnectionRefusedError):  # one client is enough
                socket.create_connection(address)
        assert process.wait(timeout=30) == 1  # it ends with its client, who did not say goodbye
