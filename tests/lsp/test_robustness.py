"""Whatever a client sends, the server answers and goes on."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from segql.linter.runner import check_files
from segql.syntax.parser import parse
from segql.workspace import Workspace
from tests.lsp.desk import Desk
from tests.lsp.raw import RawClient

TEXT = 'FILTER AND (visits > 5, city = "Köln 🛒") ALIAS a\r\n'


@pytest.fixture
def client(tmp_path: Path) -> Iterator[RawClient]:
    (tmp_path / "a.segql").write_text(TEXT, encoding="utf-8", newline="")
    with RawClient(tmp_path) as client:
        yield client


def is_alive(client: RawClient) -> bool:
    asked = {"textDocument": {"uri": "untitled:x"}, "options": {"tabSize": 4, "insertSpaces": True}}
    return client.ask("textDocument/formatting", asked) == {
        "jsonrpc": "2.0",
        "id": client._id,
        "result": None,
    }


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe",
        b'{"jsonrpc": "1.0", "method": "x"}',
        b'{"jsonrpc": "2.0"}',
        b'{"jsonrpc": "2.0", "method": 7}',
        b'{"jsonrpc": "2.0", "id": 99, "result": {}}',
        b'{"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 12345}}',
        b'{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {}}',
        b'{"jsonrpc": "2.0", "method": "textDocument/didOpen"}',
        b'{"jsonrpc": "2.0", "method": "no/such", "params": [1, 2]}',
        b'{"jsonrpc": "2.0", "method": "workspace/didChangeConfiguration", "params": '
        b'{"settings": {"segql": {"diagnostics": 7}}}}',
        b"[" * 100_000,
    ],
    ids=lambda body: body[:30].decode(errors="replace"),
)
def test_messages_that_are_none(client: RawClient, body: bytes) -> None:
    client.send(body)
    assert is_alive(client)


@pytest.mark.parametrize(
    ("method", "params", "code"),
    [
        ("no/such", {}, -32601),
        ("textDocument/hover", {"textDocument": 7}, -32602),
        ("textDocument/formatting", None, -32602),
        ("workspace/executeCommand", {"command": "rm", "arguments": []}, -32602),
    ],
)
def test_requests_that_cannot_be_answered_get_an_error(
    client: RawClient, method: str, params: Any, code: int
) -> None:
    assert client.ask(method, params)["error"]["code"] == code
    assert is_alive(client)


REQUESTS: dict[str, dict[str, Any]] = {
    "completion": {},
    "hover": {},
    "signatureHelp": {},
    "definition": {},
    "references": {"context": {"includeDeclaration": True}},
    "documentHighlight": {},
    "prepareRename": {},
    "prepareCallHierarchy": {},
    "documentSymbol": {},
    "foldingRange": {},
    "selectionRange": {"positions": [{"line": 2**30, "character": 2**30}]},
    "semanticTokens/full": {},
    "semanticTokens/range": {},
    "inlayHint": {},
    "codeLens": {},
    "documentLink": {},
    "codeAction": {"context": {"diagnostics": []}},
    "formatting": {"options": {"tabSize": 4, "insertSpaces": True}},
    "rangeFormatting": {"options": {"tabSize": 4, "insertSpaces": True}},
    "onTypeFormatting": {"options": {"tabSize": 4, "insertSpaces": True}, "ch": "\n"},
    "diagnostic": {},
}
FAR = {"line": 2**30, "character": 2**30}


@pytest.mark.parametrize(
    "uri",
    [
        "file:///no/such/place.segql",
        "untitled:Untitled-7",
        "git:/a.segql?ref",
        "file://host/share/a.segql",
        "nonsense",
        "",
        "file:///%00",
    ],
)
def test_requests_about_what_is_not_there(client: RawClient, uri: str) -> None:
    for method, more in REQUESTS.items():
        params = {"textDocument": {"uri": uri}, "position": FAR, "range": _all_of_it(), **more}
        answer = client.ask(f"textDocument/{method}", params)
        assert "error" not in answer, (method, answer)


def test_places_that_are_not_there(client: RawClient, tmp_path: Path) -> None:
    uri = (tmp_path / "a.segql").as_uri()
    for method, more in REQUESTS.items():
        params = {"textDocument": {"uri": uri}, "position": FAR, "range": _all_of_it(), **more}
        assert "error" not in client.ask(f"textDocument/{method}", params), method


def _all_of_it() -> dict[str, Any]:
    return {"start": {"line": 0, "character": 0}, "end": FAR}


def test_an_exception_in_a_feature_is_answered_and_logged(tmp_path: Path) -> None:
    """In the process of the test: no feature raises by itself."""
    from lsprotocol import types

    desk = Desk(tmp_path, {"a.segql": TEXT})
    server, sent = desk.server, []
    server.protocol._send_data = sent.append  # type: ignore[method-assign]

    def broken(params: object) -> None:
        raise RuntimeError("of no use")

    server.protocol.fm.features["textDocument/hover"] = broken
    params = types.HoverParams(desk.identifier("a.segql"), types.Position(0, 0))
    server.protocol._handle_request(1, "textDocument/hover", params)
    answer, logged = sorted(sent, key=lambda message: hasattr(message, "method"))
    assert answer.id == 1
    assert "of no use" in answer.error.message
    assert logged.method == "window/logMessage"
    assert (
        desk.ask(
            "textDocument/formatting",
            types.DocumentFormattingParams(
                desk.identifier("a.segql"), types.FormattingOptions(4, True)
            ),
        )
        is not None
    )


def test_a_thousand_edits_leave_both_texts_equal(client: RawClient, tmp_path: Path) -> None:
    """What is published at last is what the client's own text says."""
    chance = random.Random(7)
    uri = (tmp_path / "a.segql").as_uri()
    text = "\r\n\r\n".join(TEXT.strip().replace("ALIAS a", f"ALIAS a{n}") for n in range(12))
    item = {"uri": uri, "languageId": "segql", "version": 0, "text": text}
    client.tell("textDocument/didOpen", {"textDocument": item})
    for version in range(1, 1001):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((0, 0, 0, 1, 1, 2, 9)))
        new = chance.choice(("", "", "x", "🛒", '"', "(", ")", "\n", ", ", "é", "5", " "))
        change = {"range": {"start": _place(text, start), "end": _place(text, end)}, "text": new}
        text = text[:start] + new + text[end:]
        document = {"uri": uri, "version": version}
        client.tell(
            "textDocument/didChange", {"textDocument": document, "contentChanges": [change]}
        )
    assert is_alive(client)
    file = parse(text, str(tmp_path / "a.segql"))
    ((_, expected),) = check_files(Workspace([file]), [file])
    found = client.diagnostics(uri)
    assert [d["code"] for d in found] == [problem.code for problem in expected]
    assert [d["range"]["start"] for d in found] == [_place(text, p.span.start) for p in expected]


def _place(text: str, offset: int) -> dict[str, int]:
    """In UTF-16, which every client speaks; inside a line's end it is before it."""
    if text[offset - 1 : offset + 1] == "\r\n":
        offset -= 1
    lines = text[:offset].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return {"line": len(lines) - 1, "character": len(lines[-1].encode("utf-16-le")) // 2}


def test_a_session_ends_as_it_should(tmp_path: Path) -> None:
    with RawClient(tmp_path) as client:
        assert client.leave() == 0


def test_an_exit_without_goodbye_is_a_failure(tmp_path: Path) -> None:
    with RawClient(tmp_path) as client:
        client.tell("exit", None)
        assert client._process.wait(timeout=30) == 1


def test_a_client_that_vanishes_leaves_no_server_behind(tmp_path: Path) -> None:
    with RawClient(tmp_path) as client:
        assert client._process.stdin
        client._process.stdin.close()
        client._process.wait(timeout=30)
