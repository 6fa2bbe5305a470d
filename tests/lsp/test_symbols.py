"""textDocument/documentSymbol and workspace/symbol."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from lsprotocol import types

from segql.syntax.parser import parse
from segql_lsp.symbols import nested
from tests.lsp.desk import Desk, said

NESTED = types.ClientCapabilities(
    text_document=types.TextDocumentClientCapabilities(
        document_symbol=types.DocumentSymbolClientCapabilities(
            hierarchical_document_symbol_support=True
        )
    )
)


def listed(tmp_path: Path, text: str, can: types.ClientCapabilities) -> Sequence[object]:
    desk = Desk(tmp_path, {"a.segql": text})
    desk.server.protocol.client_capabilities = can
    params = types.DocumentSymbolParams(desk.identifier("a.segql"))
    return desk.ask(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, params)


def lines(symbols: Sequence[types.DocumentSymbol] | None, depth: int = 0) -> list[str]:
    """A line for each symbol, with its detail, and those in it further right."""
    found: list[str] = []
    for symbol in symbols or ():
        detail = f" ({symbol.detail})" if symbol.detail else ""
        found += ["  " * depth + symbol.name + detail, *lines(symbol.children, depth + 1)]
    return found


# A text, and its outline.
OUTLINES = {
    "FILTER a > 1 ALIAS Vip": ["Vip", "  a > 1"],
    '-- Best 🛒.\r\n-- More.\r\nFILTER *\r\nALIAS vip': ["vip (Best 🛒.)", "  *"],
    '-- Best.\nFILTER a WITH name = "The best", slug_name = "vip"': ["vip (The best)", "  a"],
    'FILTER a WITH name = "The best"': ["The best (The best)", "  a"],
    "FILTER a": ["(no alias)", "  a"],
    "FILTER AND (\n  a  >\n 1,\n  OR (b, INCLUDE c), NOT (d), NOT AND (e)) ALIAS x; FILTER f": [
        "x",
        "  AND (4 phrases)",
        "    a > 1",
        "    OR (2 phrases)",
        "      b",
        "      INCLUDE c",
        "    NOT (d)",
        "    NOT AND (1 phrase)",
        "      e",
        "(no alias)",
        "  f",
    ],
    "FILTER a AND NOT b IN (1)": ["(no alias)", "  AND (2 phrases)", "    a", "    NOT b IN (1)"],
    "FILTER AND () ALIAS x": ["x", "  AND (0 phrases)"],
    "FILTER AND (a > , INCLUDE b ALIAS x; FILTER ALIAS y": [
        "x",
        "  AND (2 phrases)",
        "    a >",
        "    INCLUDE b",
        "y",
        "  (missing)",
    ],
    f'FILTER a = "{"x" * 100}"': ["(no alias)", f'  a = "{"x" * 74}…'],
    "-- nothing": [],
    "": [],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OUTLINES.items(), ids=OUTLINES)
def test_outlines(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert lines(listed(tmp_path, text, NESTED)) == expected  # type: ignore[arg-type]


def test_places(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": "FILTER 🛒;\r\nFILTER AND (b)\r\nALIAS vip"})
    document = desk.document("a.segql")
    _, symbol = nested(document)
    assert said(document, symbol.range) == "FILTER AND (b)\r\nALIAS vip"
    assert said(document, symbol.selection_range) == "vip"
    assert symbol.children
    assert said(document, symbol.children[0].range) == "AND (b)"


def test_a_deep_text_has_a_flat_end(tmp_path: Path) -> None:
    text = "FILTER " + "AND (a, " * 150 + ")" * 150
    assert not parse(text).diagnostics
    found = lines(listed(tmp_path, text, NESTED))  # type: ignore[arg-type]
    assert 10 < len(found) < 100


def test_clients_that_nest_nothing(tmp_path: Path) -> None:
    found = listed(tmp_path, "FILTER a;\nFILTER AND (b) ALIAS vip", types.ClientCapabilities())
    assert all(isinstance(symbol, types.SymbolInformation) for symbol in found)
    assert [symbol.name for symbol in found] == ["(no alias)", "vip"]  # type: ignore[attr-defined]


# ---- In all folders ---------------------------------------------------------------------

FILES = {
    "a.segql": '\n\nFILTER a WITH name = "Very important" ALIAS vip',
    "b.segql": "FILTER b; FILTER c ALIAS Stammgäste",
    "other/segql.toml": "",
    "other/c.segql": "FILTER d ALIAS lapsed_vips",
}
# What is looked for, and what is found: the name, and what it also is called.
QUERIES = {
    "vip": ["vip (Very important)", "lapsed_vips"],
    "VP": ["vip (Very important)", "lapsed_vips"],
    "impor": ["Very important (vip)"],
    "very i": ["Very important (vip)"],
    "gäs": ["stammgäste"],
    "lv": ["lapsed_vips"],
    "vl": [],
    "no al": ["(no alias)"],
    "": ["vip (Very important)", "(no alias)", "stammgäste", "lapsed_vips"],
}


def found(desk: Desk, query: str) -> list[types.WorkspaceSymbol]:
    return desk.ask(types.WORKSPACE_SYMBOL, types.WorkspaceSymbolParams(query))


@pytest.mark.parametrize(("query", "expected"), QUERIES.items())
def test_search(tmp_path: Path, query: str, expected: list[str]) -> None:
    symbols = found(Desk(tmp_path, FILES), query)
    shown = [f"{s.name} ({s.container_name})" if s.container_name else s.name for s in symbols]
    assert shown == expected


def test_search_leads_to_the_line(tmp_path: Path) -> None:
    desk = Desk(tmp_path, FILES)
    (symbol,) = found(desk, "import")
    start = types.Position(2, 0)
    assert symbol.location == types.Location(desk.uri("a.segql"), types.Range(start, start))


def test_search_knows_open_documents(tmp_path: Path) -> None:
    desk = Desk(tmp_path, FILES)
    desk.open("a.segql", "FILTER a ALIAS brand_new")
    assert [symbol.name for symbol in found(desk, "bn")] == ["brand_new"]
    assert [symbol.name for symbol in found(desk, "impor")] == []
