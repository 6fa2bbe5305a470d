"""segql.server.why: why a profile of the configured ones is a member, or is not."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams

from segql_lsp.client import Client
from tests.lsp.desk import MARK, Desk
from tests.lsp.raw import RawClient

WHY = "segql.server.why"
PEOPLE = (
    '{"id": "bob", "age": 44, "seen": "2026-01-02"}\n'
    '{"id": "eve", "mails": ["eve@x.example", "e@x.example"], "age": 12}\n'
    "no JSON\n"
    '{"id": 7, "age": 19}\n'
)
TEXT = f"""\
FILTER age >= 18 ALIAS adults;
FILTER AND (INCLUDE adults, {MARK}EXISTS mails) WITH name = "Loyal" ALIAS loyal;
FILTER AND (age > , INCLUDE adults) ALIAS broken;
FILTER OR (INCLUDE broken, INCLUDE nowhere) ALIAS trusting
"""
LEGEND = "→ decided   ✓ match   ✗ no match   ? cannot be evaluated   · not reached\n"


def desk_of(root: Path, **files: str) -> Desk:
    names = {"config": "segql.toml", "people": "people.ndjson", "catalog": "catalog.user.json"}
    given = {names[name]: content for name, content in files.items()}
    every = {"segql.toml": 'profiles = ["people.ndjson"]', "people.ndjson": PEOPLE, "a.segql": TEXT}
    return Desk(root, {**every, **given})


def why(desk: Desk, place: object, wanted: object) -> dict[str, Any]:
    return asyncio.run(desk.server.protocol.fm.commands[WHY](desk.uri("a.segql"), place, wanted))


def refused(desk: Desk, place: object, wanted: object) -> str:
    with pytest.raises(JsonRpcException) as caught:
        why(desk, place, wanted)
    assert caught.value.code == types.LSPErrorCodes.RequestFailed
    return str(caught.value)


def test_the_segment_at_a_position(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    at = desk.position("a.segql")
    found = why(desk, {"line": at.line, "character": at.character}, "bob")
    assert found.pop("text") == (
        "loyal: no match\n"
        "\n"
        "→ ✗ AND\n"
        "    ✓ INCLUDE adults\n"
        "      ✓ age >= 18     age is 44\n"
        "→   ✗ EXISTS mails    there is no mails\n"
        "\n" + LEGEND
    )
    assert (found["segment"], found["matched"]) == ("loyal", False)
    assert [phrase["depth"] for phrase in found["phrases"]] == [0, 1, 2, 1]
    assert found["phrases"][2]["values"] == {"age": 44}


@pytest.mark.parametrize(
    ("wanted", "age"),
    [
        ("bob", 44),
        ("  e@x.example ", 12),  # one of an array; as it was pasted
        ("7", 19),
        ("line 1", 44),
        ("Line 2", 12),
        ("line 4", 19),
    ],
)
def test_a_profile_by_a_value_or_its_line(tmp_path: Path, wanted: str, age: int) -> None:
    found = why(desk_of(tmp_path), "adults", wanted)
    assert found["phrases"][0]["values"] == {"age": age}


def test_the_header_of_a_table_is_a_line(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, config='profiles = ["people.csv"]')
    (tmp_path / "people.csv").write_text("id,age\nbob,44\neve,12\n")
    assert why(desk, "adults", "line 3")["phrases"][0]["values"] == {"age": "12"}
    assert "no profile on line 1" in refused(desk, "adults", "line 1")


def test_the_catalog_says_which_fields_identify_and_which_are_dates(tmp_path: Path) -> None:
    fields = [{"name": "id", "type": "string", "identity": True}, {"name": "seen", "type": "date"}]
    desk = desk_of(tmp_path, catalog=json.dumps({"fields": fields}))
    assert refused(desk, "adults", "44").startswith("none of 3 profiles has this value in `id`; ")
    desk.open("a.segql", "FILTER seen > 1 ALIAS adults")
    found = why(desk, "adults", "bob")
    assert found["phrases"][0]["values"] == {"seen": "2026-01-02T00:00:00Z"}


def test_it_is_the_text_that_is_edited(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    desk.open("a.segql", "FILTER age > 100 ALIAS adults")
    assert why(desk, "ADULTS", "bob")["text"].startswith("adults: no match\n\n→ ✗ age > 100")


def test_several_files(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, config='profiles = ["people.ndjson", "more.json"]')
    (tmp_path / "more.json").write_text('[{"id": "zoe", "age": 70}]')
    assert why(desk, "adults", "zoe")["matched"] is True


@pytest.mark.parametrize(
    ("place", "wanted", "message"),
    [
        ("adults", "anna", "none of 3 profiles has this value in any field; write another value"),
        ("adults", "line 5", "there is no profile on line 5 of "),
        ("adults", "line 0", "there is no profile on line 0 of "),
        ("adults", "line 3", "line 3 of "),
        ("loial", "bob", "there is no segment `loial` in these files; name another one"),
        ({"line": 99, "character": 0}, "bob", "there is no segment at the cursor; put it into one"),
        ("broken", "bob", "`broken` has mistakes; mend them first"),
        ("trusting", "bob", "`broken` has mistakes; mend them first"),
    ],
)
def test_what_cannot_be_answered(tmp_path: Path, place: object, wanted: str, message: str) -> None:
    said = refused(desk_of(tmp_path), place, wanted)
    assert said.startswith(message)
    assert "; " in said, "what to do"
    assert "anna" not in said


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("", "no profiles are configured; write `profiles = "),
        ('profiles = ["gone.ndjson"]', "there is no file "),
    ],
)
def test_without_profiles(tmp_path: Path, config: str, message: str) -> None:
    assert refused(desk_of(tmp_path, config=config), "adults", "bob").startswith(message)


def test_a_document_that_is_nowhere(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    answer = desk.server.protocol.fm.commands[WHY]("untitled:a", "adults", "bob")
    with pytest.raises(JsonRpcException, match="open it first"):
        asyncio.run(answer)


def test_parquet_without_duckdb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = desk_of(tmp_path, config='profiles = ["people.parquet"]')
    (tmp_path / "people.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert 'pip install "segql[sql]"' in refused(desk, "adults", "bob")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("uri", "adults"),
        ("uri", 5, "bob"),
        ("uri", {"line": "1", "character": 0}, "bob"),
        ("uri", {"line": 1}, "bob"),
        ("uri", "adults", 7),
        (None, "adults", "bob"),
    ],
)
def test_odd_arguments_are_refused(tmp_path: Path, arguments: tuple[Any, ...]) -> None:
    with pytest.raises(JsonRpcInvalidParams, match=WHY):
        asyncio.run(desk_of(tmp_path).server.protocol.fm.commands[WHY](*arguments))


# ---- The lens ---------------------------------------------------------------------------


async def test_a_client_that_can_ask_has_a_lens(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    params = types.CodeLensParams(desk.identifier("a.segql"))
    assert desk.ask(types.TEXT_DOCUMENT_CODE_LENS, params) == []
    desk.server.client = Client(commands=frozenset(["segql.why"]))
    found = desk.ask(types.TEXT_DOCUMENT_CODE_LENS, params)
    assert [lens.command.arguments for lens in found] == [
        [desk.uri("a.segql"), types.Position(line, 0)] for line in (0, 1, 3)
    ]  # not above the one that is broken
    assert {lens.command.command for lens in found} == {"segql.why"}


# ---- A whole session --------------------------------------------------------------------


def test_over_a_connection(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    uri = desk.uri("a.segql")
    with RawClient(tmp_path) as client:
        place = {"line": 0, "character": 3}

        def ask(*arguments: object) -> dict[str, Any]:
            params = {"command": WHY, "arguments": [*arguments]}
            return client.ask("workspace/executeCommand", params)

        assert ask(uri, place, "bob")["result"]["matched"] is True
        assert ask(uri, "loyal", "bob")["result"]["matched"] is False
        assert ask(uri, place, "anna")["error"]["code"] == types.LSPErrorCodes.RequestFailed
        assert ask(uri, place)["error"]["message"].startswith(WHY)
        assert client.leave() == 0
