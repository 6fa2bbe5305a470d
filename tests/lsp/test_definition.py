"""textDocument/definition."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from tests.lsp.desk import Desk, said

LINKS = types.ClientCapabilities(
    text_document=types.TextDocumentClientCapabilities(
        definition=types.DefinitionClientCapabilities(link_support=True)
    )
)
CATALOG = """{
  "table": "user",
  "fields": [
    {"name": "visits", "type": "int"},
    {"name": "counts", "type": "map[string]int"}
  ]
}"""
TABLES = {
    "catalog.user.json": CATALOG,
    "catalog.content.toml": '[fields]\ntopic = "string"\r\n',
    "segql.toml": "",
}


def defined(desk: Desk, name: str = "a.segql", mark: int = 0) -> Any:
    params = types.DefinitionParams(desk.identifier(name), desk.position(name, mark))
    return desk.ask(types.TEXT_DOCUMENT_DEFINITION, params)


def shown(desk: Desk, found: Any) -> list[str]:
    """The name of each document, and the text of its range there."""
    names = [location.uri.rpartition("/")[2] for location in found]
    documents = map(desk.document, names)
    return [
        f"{name}: {said(document, location.range)}"
        for name, document, location in zip(names, documents, found, strict=True)
    ]


# The text at the cursor, and where it leads; b.segql is below.
TO_SEGMENTS = {
    "FILTER INCLUDE v‸ip ALIAS a": ["b.segql: VIP"],
    "FILTER INCLUDE `‸vip`": ["b.segql: VIP"],
    'FILTER AND (city = "🛒", INCLUDE "Vip‸")': ["b.segql: VIP"],
    'FILTER in_segment("‸vip")': ["b.segql: VIP"],
    "FILTER INCLUDE by_‸option": ['b.segql: "by_option"'],
    "FILTER INCLUDE js‸on": ['b.segql: "json"'],
    "FILTER INCLUDE tw‸ice": ["b.segql: twice", "c.segql: twice"],
    "FILTER a > 1 ALIAS ‸self": ["a.segql: self"],
    "FILTER AND (INCLUDE v‸ip, a > ": ["b.segql: VIP"],
    "FILTER INCLUDE no‸where": [],
    "FILTER le‸n(a) > 1": [],
    "FILTER vi‸p > 1": [],
    "FIL‸TER a": [],
    "‸": [],
}


@pytest.mark.parametrize(("text", "expected"), TO_SEGMENTS.items(), ids=TO_SEGMENTS)
def test_of_a_segment(tmp_path: Path, text: str, expected: list[str]) -> None:
    others = (
        "-- 🛒\r\nFILTER a ALIAS VIP\r\n\r\n"
        'FILTER a WITH slug_name = "by_option"\r\n;FILTER * WITH {"slug_name": "json"}\r\n'
        "FILTER b ALIAS twice"
    )
    files = {"a.segql": text, "b.segql": others, "c.segql": "FILTER c ALIAS twice"}
    desk = Desk(tmp_path, files)
    assert shown(desk, defined(desk)) == expected


def test_links_say_more_to_clients_that_take_them(tmp_path: Path) -> None:
    files = {"a.segql": 'FILTER INCLUDE "‸vip"', "b.segql": "x;\nFILTER visits > 5\nALIAS vip"}
    desk = Desk(tmp_path, files)
    desk.server.protocol.client_capabilities = LINKS
    (link,) = defined(desk)
    assert said(desk.document("a.segql"), link.origin_selection_range) == '"vip"'
    assert said(desk.document("b.segql"), link.target_range) == "FILTER visits > 5\nALIAS vip"
    assert said(desk.document("b.segql"), link.target_selection_range) == "vip"


def test_open_documents_come_before_the_disk(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": "FILTER INCLUDE v‸ip", "b.segql": "FILTER a ALIAS vip"})
    desk.open("b.segql", "FILTER a ALIAS other")
    assert defined(desk) == []
    desk.open("b.segql", "\n\nFILTER a ALIAS vip")
    assert defined(desk)[0].range.start.line == 2


# The text at the cursor, and the file, the line and the text there.
TO_FIELDS = {
    "FILTER vi‸sits > 1": ("catalog.user.json", 3, '"visits"'),
    "FILTER cou‸nts.web > 1": ("catalog.user.json", 4, '"counts"'),
    "FILTER counts.we‸b > 1": ("catalog.user.json", 4, '"counts"'),
    "FILTER to‸pic = 1 FROM Content": ("catalog.content.toml", 1, "topic"),
}


@pytest.mark.parametrize(("text", "expected"), TO_FIELDS.items(), ids=TO_FIELDS)
def test_of_a_field(tmp_path: Path, text: str, expected: tuple[str, int, str]) -> None:
    desk = Desk(tmp_path, {**TABLES, "a.segql": text})
    (found,) = defined(desk)
    name, line, word = expected
    assert found.uri == desk.uri(name)
    assert found.range.start.line == found.range.end.line == line
    written = (tmp_path / name).read_text().splitlines()[line]
    assert written[found.range.start.character : found.range.end.character] == word


@pytest.mark.parametrize("text", ["FILTER to‸pic > 1", "FILTER unkn‸own > 1"])
def test_of_a_field_that_no_catalog_has(tmp_path: Path, text: str) -> None:
    assert defined(Desk(tmp_path, {**TABLES, "a.segql": text})) == []


# Catalogs in which the field stands elsewhere, and its line.
SHAPES = {
    '{"data": {"columns": [\n{"as": "x", "type": "int"},\n{"as": "visits", "type": "int"}]}}': 2,
    '{"data": [{"name": "visits", "fields": [\n{"as": "visits", "type": "int"}]}]}': 1,
    '{"fields": {\n"visits": "int"}}': 1,
}


@pytest.mark.parametrize(("catalog", "line"), SHAPES.items())
def test_of_a_field_in_other_catalogs(tmp_path: Path, catalog: str, line: int) -> None:
    files = {"segql.toml": "", "catalog.user.json": catalog, "a.segql": "FILTER vi‸sits > 1"}
    (found,) = defined(Desk(tmp_path, files))
    assert found.range.start.line == line


def test_the_last_catalog_wins(tmp_path: Path) -> None:
    files = {
        "segql.toml": 'catalogs = ["one.json", "two.json"]',
        "one.json": CATALOG,
        "two.json": '{"fields": {"visits": "int"}}',
        "a.segql": "FILTER vi‸sits > 1",
    }
    desk = Desk(tmp_path, files)
    assert [location.uri for location in defined(desk)] == [desk.uri("two.json")]


def test_a_broken_catalog(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {**TABLES, "a.segql": "FILTER vi‸sits > 1"})
    assert desk.document("a.segql").folder.catalog.find("visits")
    (tmp_path / "catalog.user.json").write_text("{")
    assert defined(desk) == []
