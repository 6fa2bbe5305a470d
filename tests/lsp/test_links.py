"""textDocument/documentLink."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from segql.diagnostics.codes import page_url
from tests.lsp.desk import Desk, said

# A text, and its links: the text, and the code of the rule.
LINKS = {
    "-- segql: ignore[LOG001] why\nFILTER a": [("LOG001", "LOG001")],
    '-- 🛒\r\nFILTER a = "🛒" -- segql: ignore[LOG001,  log002 ] until 2999-01-01\r\n': [
        ("LOG001", "LOG001"),
        ("log002", "LOG002"),
    ],
    "# segql: ignore[fixed-date, STY]\nFILTER a": [("fixed-date", "TIM")],
    "-- segql: ignore-file[STY]": [],
    "-- segql: ignore[NONE001]\nFILTER a": [],
    "FILTER AND (a >, -- segql: ignore[LOG001]\n b": [("LOG001", "LOG001")],
    'FILTER a = "segql: ignore[LOG001]"': [],
    "FILTER INCLUDE vip -- https://example.com": [],
}


TOOLTIPS = types.ClientCapabilities(
    text_document=types.TextDocumentClientCapabilities(
        document_link=types.DocumentLinkClientCapabilities(tooltip_support=True)
    )
)


@pytest.mark.parametrize(("text", "expected"), LINKS.items(), ids=LINKS)
def test_links(tmp_path: Path, text: str, expected: list[tuple[str, str]]) -> None:
    desk = Desk(tmp_path, {"a.segql": text})
    desk.server.protocol.client_capabilities = TOOLTIPS
    params = types.DocumentLinkParams(desk.identifier("a.segql"))
    found = desk.ask(types.TEXT_DOCUMENT_DOCUMENT_LINK, params)
    assert [said(desk.document("a.segql"), link.range) for link in found] == [
        t for t, _ in expected
    ]
    for link, (_, code) in zip(found, expected, strict=True):
        assert link.target.startswith(page_url(code))
        assert link.tooltip.startswith(code)
