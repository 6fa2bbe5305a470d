"""What is said of the word under the cursor. The mark ``‸`` is the cursor."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from segql_lsp.hover import explain
from tests.lsp.account import CAPABILITIES, desk_of
from tests.lsp.any_text import TEXTS
from tests.lsp.desk import Desk, said

NOW = datetime(2026, 11, 22, 12, 0, 5, tzinfo=UTC)


def hovered(root: Path, text: str, capabilities: dict[str, Any] = CAPABILITIES) -> Any:
    """The server's answer at the mark, and the text that it is about."""
    desk = desk_of(root, text, capabilities)
    found = desk.ask(
        types.TEXT_DOCUMENT_HOVER,
        types.HoverParams(desk.identifier("mine.segql"), desk.position("mine.segql")),
    )
    if found is None:
        return None
    text = found.contents if isinstance(found.contents, str) else found.contents.value
    return text, said(desk.document("mine.segql"), found.range)


@pytest.mark.parametrize(
    ("text", "about", "words"),
    [
        ("FILTER vis‸its > 5", "visits", ["visits: int", "How often", "`1`, `7`", "`BETWEEN`"]),
        ("FILTER visits‸ > 5", "visits", ["visits: int"]),
        ("FILTER email‸ = x", "email", ["An identity"]),
        ("FILTER `first‸ name` = x", "`first name`", ["`first name`: string"]),
        ("FILTER counts.`Web ‸hit` > 1", "counts.`Web hit`", ["map[string]int", "it was seen"]),
        ("FILTER counts.ne‸w > 1", "counts.new", ["counts.new: int", "it was not seen"]),
        ("FILTER tit‸le = x FROM content", "title", ["title: string"]),
        ('FILTER AND (🛒 >, "\r\n", ci‸ty =', "city", ["city: string"]),
        ("FILTER time‸window(buckets, 5, 7)", "timewindow", ["(field, count, days) -> bool"]),
        ("FILTER visits ‸>= 5", ">=", ["Greater or equal"]),
        ("FILTER visits == ‸5", None, []),
        ("FILTER visits ‸<> 5", "<>", ["Not equal"]),
        ("FILTER city li‸ke x", "like", ["`?` one character"]),
        ("FILTER AN‸D (a, b)", "AND", ["All phrases match"]),
        ("FILTER a ‸|| b", "||", ["At least one phrase"]),
        ("FILTER city NO‸T IN (x)", "NOT", ["does not match"]),
        ("FILTER INCLUDE v‸ip", "vip", ["**Best**", "The best.", "FILTER visits > 5", ":2]("]),
        ('FILTER INCLUDE "two‸ words"', '"two words"', ["Includes `vip`"]),
        ('FILTER in_segment("v‸ip")', '"vip"', ["**Best**"]),
        ("FILTER INCLUDE all_‸users", "all_users", ["not in these files"]),
        ("FILTER a FROM con‸tent", "content", ["1 known field."]),
        ("FILTER a FROM no‸where", "nowhere", ["no catalog describes it"]),
        ("FILTER a WITH ki‸nd = goal", "kind", ["What the account uses it as"]),
        ('FILTER a WITH {"ki‸nd": "goal"}', '"kind"', ["What the account uses it as"]),
        ("FILTER a WITH ow‸ner = x", "owner", ["no field that the API knows"]),
        ("FILTER a ALIAS mi‸ne", "mine", ["Included by `circular`"]),
        ("FILTER a ALIAS lone‸ly", "lonely", ["No segment here includes"]),
        ("-- segql: ignore[LOG0‸01] why\nFILTER a > 1", "LOG001", ["contradiction", "/LOG001)"]),
        ("-- segql: ignore[ST‸Y]\nFILTER a > 1", "STY", ["Style"]),
        ("FILTER create‸d", "created", ["created: date"]),
        ("FILTER unkn‸own > 5", "unknown", ["TYP001", "unknown-field", "https://"]),
        ("FILTER a ‸", None, []),
        ("-- visi‸ts\nFILTER a", None, []),
        ("‸", None, []),
    ],
)
def test_what_is_said(tmp_path: Path, text: str, about: str | None, words: list[str]) -> None:
    found = hovered(tmp_path, text)
    assert (found and found[1]) == about
    for word in words:
        assert word in found[0]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ('FILTER created > "now-‸30d"', "30 days ago: 2026-10-23 12:00:05 UTC"),
        ('FILTER anything = "now+1‸M"', "in 1 month: 2026-12-22 12:00:05 UTC"),
        ('FILTER created > "now-0‸s"', "now: 2026-11-22 12:00:05 UTC"),
        ('FILTER created > "2026-11-‸20"', "2 days ago: 2026-11-20 00:00:00 UTC"),
        ('FILTER last_seen_ts < "2027-01-‸01T00:00:00Z"', "in 39 days: 2027-01-01 00:00:00 UTC"),
        ("FILTER created > 17‸00000000", "1103 days ago: 2023-11-14 22:13:20 UTC"),
        ('FILTER created BETWEEN "2026-11-20" AND "now-‸1h"', "1 hour ago: 2026-11-22 11:00:05"),
        ('FILTER city = "2026-11-‸20"', None),
        ('FILTER created > "yester‸day"', None),
    ],
)
def test_what_a_date_means_now(tmp_path: Path, text: str, meaning: str | None) -> None:
    desk = desk_of(tmp_path, text)
    found = explain(desk.document("mine.segql"), desk.marks["mine.segql"][0], NOW)
    assert (meaning is None and (found is None or " UTC" not in found.text)) or (
        found is not None and meaning is not None and meaning in found.text
    )


def test_a_long_segment_is_cut(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, "FILTER INCLUDE long‸")
    phrases = ", ".join(f"field_{number} > 1" for number in range(50))
    desk.open("long.segql", f"FILTER AND ({phrases}) ALIAS long")
    found = explain(desk.document("mine.segql"), desk.marks["mine.segql"][0])
    assert found
    assert "field_10 > 1" in found.text
    assert "field_40" not in found.text
    assert len(found.text.splitlines()) < 32


def test_a_segment_with_mistakes_is_shown_as_it_is_written(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, "FILTER INCLUDE half‸")
    desk.open("half.segql", "filter  a > ,  alias half")
    found = explain(desk.document("mine.segql"), desk.marks["mine.segql"][0])
    assert found
    assert "filter  a > ,  alias half" in found.text


def test_what_people_wrote_is_no_markdown(tmp_path: Path) -> None:
    text, _ = hovered(tmp_path, "FILTER ci‸ty = x")
    assert "\\[not\\](command:x) \\*bold\\*" in text


@pytest.mark.parametrize(
    ("formats", "is_marked"), [(["plaintext"], False), (["markdown"], True), ([], True)]
)
def test_a_client_gets_what_it_reads(tmp_path: Path, formats: list[str], is_marked: bool) -> None:
    capabilities = {"textDocument": {"hover": {"contentFormat": formats}}}
    text, _ = hovered(tmp_path, "FILTER vis‸its > 5", capabilities)
    assert ("`" in text) == is_marked
    assert "visits: int" in text.splitlines()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return desk_of(tmp_path_factory.mktemp("any"), "")


@given(TEXTS, st.data())
def test_any_place_of_any_text(desk: Desk, text: str, data: st.DataObject) -> None:
    document = desk.open("any.segql", text)
    found = explain(document, data.draw(st.integers(0, len(text))), NOW)
    if found:
        assert 0 <= found.start <= found.end <= len(text)
        assert found.text
