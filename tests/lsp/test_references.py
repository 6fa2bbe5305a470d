"""textDocument/references and textDocument/documentHighlight."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from tests.lsp.desk import Desk, said

OTHER = (
    '-- 🛒 vip\r\nFILTER OR (INCLUDE "vip", counts.web > 1, visits > 2)\r\nALIAS b;\r\n'
    "FILTER AND (visits > 1, INCLUDE a) FROM content ALIAS vips"
)


def referred(desk: Desk, with_declaration: bool = True) -> list[str]:
    params = types.ReferenceParams(
        types.ReferenceContext(with_declaration),
        desk.identifier("a.segql"),
        desk.position("a.segql"),
    )
    found = desk.ask(types.TEXT_DOCUMENT_REFERENCES, params)
    names = [location.uri.rpartition("/")[2] for location in found]
    return [
        f"{name} {location.range.start.line}: {said(desk.document(name), location.range)}"
        for name, location in zip(names, found, strict=True)
    ]


# The text at the cursor, and where the same is named.
REFERENCES = {
    "FILTER a ALIAS v‸ip": ["a.segql 0: vip", 'b.segql 1: "vip"'],
    "FILTER a\nALIAS V‸IP; FILTER INCLUDE vip": [
        "a.segql 1: VIP",
        "a.segql 1: vip",
        'b.segql 1: "vip"',
    ],
    'FILTER in_segment("vi‸p")': ['a.segql 0: "vip"', 'b.segql 1: "vip"'],
    "FILTER 🛒 = 1 and INCLUDE ‸a": ["a.segql 0: a", "b.segql 3: a"],
    "FILTER vi‸sits > 1": ["a.segql 0: visits", "b.segql 1: visits"],
    "FILTER vi‸sits > 1 FROM Content": ["a.segql 0: visits", "b.segql 3: visits"],
    "FILTER `cou‸nts`.app > 1": ["a.segql 0: `counts`", "b.segql 1: counts"],
    "FILTER counts.‸web > 1": ["a.segql 0: web", "b.segql 1: web"],
    "FILTER ΟΔΟ‸Σ.web > 1": ["a.segql 0: ΟΔΟΣ"],
    "FILTER le‸n(a) > LEN(b)": ["a.segql 0: len", "a.segql 0: LEN"],
    "FILTER a FROM con‸tent": ["a.segql 0: content", "b.segql 3: content"],
    "FILTER AND (INCLUDE v‸ip, a > ": ["a.segql 0: vip", 'b.segql 1: "vip"'],
    "FI‸LTER a": [],
}


@pytest.mark.parametrize(("text", "expected"), REFERENCES.items(), ids=REFERENCES)
def test_references(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert referred(Desk(tmp_path, {"a.segql": text, "b.segql": OTHER})) == expected


def test_references_without_the_declaration(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": "FILTER a ALIAS v‸ip", "b.segql": OTHER})
    assert referred(desk, with_declaration=False) == ['b.segql 1: "vip"']


def test_references_of_open_documents(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": "FILTER a ALIAS v‸ip", "b.segql": OTHER})
    desk.open("b.segql", "\n\nFILTER INCLUDE VIP")
    assert referred(desk) == ["a.segql 0: vip", "b.segql 2: VIP"]


def test_a_folder_is_not_searched_for_another(tmp_path: Path) -> None:
    files = {
        "segql.toml": "",
        "a.segql": "FILTER a ALIAS v‸ip",
        "in/segql.toml": "",
        "in/b.segql": OTHER,
    }
    assert referred(Desk(tmp_path, files)) == ["a.segql 0: vip"]


# ---- In one document --------------------------------------------------------------------

# The text at the cursor, and what is highlighted: "!" is a segment's own name.
HIGHLIGHTS = {
    "FILTER INCLUDE v‸ip ALIAS a;\r\nFILTER 🛒 = 1 OR INCLUDE `VIP` ALIAS Vip": [
        "vip",
        "`VIP`",
        "Vip!",
    ],
    'FILTER a > 1 OR a‸ < 0 OR A OR `a`.b OR a = "a"': ["a", "a", "`a`", "a"],
    "FILTER m.‸x > 1 OR n.x > 2 OR m.`x`": ["x", "`x`"],
    "FILTER AND (a > , ‸a": ["a", "a"],
    "FILTER a -- ‸a": [],
}


@pytest.mark.parametrize(("text", "expected"), HIGHLIGHTS.items(), ids=HIGHLIGHTS)
def test_highlights(tmp_path: Path, text: str, expected: list[str]) -> None:
    desk = Desk(tmp_path, {"a.segql": text, "b.segql": OTHER})
    params = types.DocumentHighlightParams(desk.identifier("a.segql"), desk.position("a.segql"))
    found = desk.ask(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, params)
    document = desk.document("a.segql")
    marks = {types.DocumentHighlightKind.Write: "!", types.DocumentHighlightKind.Read: ""}
    assert [said(document, each.range) + marks[each.kind] for each in found] == expected
