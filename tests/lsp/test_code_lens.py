"""textDocument/codeLens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lsprotocol import types

from segql_lsp.client import Client
from segql_lsp.settings import CodeLens, Settings
from tests.lsp.desk import Desk, said

ABLE = Client(commands=frozenset(["segql.showReferences"]))
FILES = {
    "a.segql": "-- Best.\r\nFILTER 🛒 and x\r\nALIAS VIP;\r\nFILTER INCLUDE vip ALIAS lonely;\r\n"
    "FILTER AND (a > , INCLUDE own ALIAS own",
    "b.segql": 'FILTER OR (INCLUDE vip, in_segment("VIP"))',
}


def lenses(desk: Desk) -> list[types.CodeLens]:
    params = types.CodeLensParams(desk.identifier("a.segql"))
    return desk.ask(types.TEXT_DOCUMENT_CODE_LENS, params)


def test_lenses_stand_above_what_is_included(tmp_path: Path) -> None:
    desk = Desk(tmp_path, FILES, client=ABLE)
    found = lenses(desk)
    assert [lens.range.start.line for lens in found] == [1, 4]
    assert [lens.command for lens in found] == [None, None]


def test_a_lens_is_resolved(tmp_path: Path) -> None:
    desk = Desk(tmp_path, FILES, client=ABLE)
    vip, own = (desk.ask(types.CODE_LENS_RESOLVE, lens).command for lens in lenses(desk))
    assert (vip.title, own.title) == ("included by 2 segments", "included by 1 segment")
    assert vip.command == "segql.showReferences"
    uri, position, locations = vip.arguments
    assert (uri, position) == (desk.uri("a.segql"), types.Position(1, 0))
    names = [location.uri.rpartition("/")[2] for location in locations]
    texts = [said(desk.document(n), at.range) for n, at in zip(names, locations, strict=True)]
    assert list(zip(names, texts, strict=True)) == [
        ("a.segql", "vip"),
        ("b.segql", "vip"),
        ("b.segql", '"VIP"'),
    ]


@pytest.mark.parametrize(
    ("client", "settings"),
    [(Client(), Settings()), (ABLE, Settings(code_lens=CodeLens(includes=False)))],
    ids=["no command", "not wanted"],
)
def test_no_lens(tmp_path: Path, client: Client, settings: Settings) -> None:
    assert lenses(Desk(tmp_path, FILES, client=client, settings=settings)) == []


@pytest.mark.parametrize("data", [None, 5, {}, {"uri": "nowhere"}, {"uri": 5, "slug": []}])
def test_a_lens_of_somebody_else(tmp_path: Path, data: types.LSPAny) -> None:
    desk = Desk(tmp_path, FILES, client=ABLE)
    start = types.Position(0, 0)
    lens = types.CodeLens(types.Range(start, start), data=data)
    assert desk.ask(types.CODE_LENS_RESOLVE, lens).command is None


def test_a_lens_as_it_is_sent(tmp_path: Path) -> None:
    desk = Desk(tmp_path, FILES, client=ABLE)
    lens = desk.ask(types.CODE_LENS_RESOLVE, lenses(desk)[1])
    sent = json.loads(json.dumps(lens, default=desk.server.protocol._serialize_message))
    uri, position, (location,) = sent["command"]["arguments"]
    assert uri == location["uri"] == sent["data"]["uri"]
    assert position == {"line": 4, "character": 0}
    assert location["range"]["start"] == {"line": 4, "character": 26}
