"""What is offered while somebody writes. The mark ``‸`` is the cursor."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from segql.catalog import OPERATORS
from segql.syntax.parser import parse
from segql_lsp import completion
from segql_lsp.completion import description, listed, offers, situate
from tests.lsp.account import CAPABILITIES, desk_of
from tests.lsp.any_text import TEXTS
from tests.lsp.desk import Desk

NOW = datetime(2026, 11, 22, 12, 0, 5, tzinfo=UTC)
KEYWORDS = {"AND", "OR", "NOT", "EXISTS", "INCLUDE"}
OWN_FIELDS = {"visits", "score", "city", "first name", "member", "created", "interests"}
FIELDS = {*OWN_FIELDS, "counts", "buckets"}


def asked(desk: Desk, typed: str | None = None) -> dict[str, Any]:
    """What the server answers at the mark; ``typed`` made the client ask."""
    kind = types.CompletionTriggerKind.TriggerCharacter
    context = types.CompletionContext(kind, typed) if typed else None
    return desk.ask(
        types.TEXT_DOCUMENT_COMPLETION,
        types.CompletionParams(desk.identifier("mine.segql"), desk.position("mine.segql"), context),
    )


def offered(root: Path, text: str, *, snippets: bool = False) -> dict[str, dict[str, Any]]:
    """The items by their labels, in the order in which they are shown."""
    items = asked(desk_of(root, text, snippets=snippets))["items"]
    return {item["label"]: item for item in sorted(items, key=lambda item: item["sortText"])}


def chosen(root: Path, text: str, label: str, *, snippets: bool = False) -> str:
    """The text after an item was chosen."""
    desk = desk_of(root, text, snippets=snippets)
    (item,) = (item for item in asked(desk)["items"] if item["label"] == label)
    document, edit = desk.document("mine.segql"), item["textEdit"]
    start, end = (
        document.offset(types.Position(**edit["range"][side])) for side in ("start", "end")
    )
    return document.text[:start] + edit["newText"] + document.text[end:]


@pytest.mark.parametrize(
    ("text", "present", "absent"),
    [
        ("FILTER ‸", {*FIELDS, *KEYWORDS, "timewindow"}, {"title", "=", "FROM", "NULL", "true"}),
        ("FILTER ‸ FROM content", {"title", *KEYWORDS}, FIELDS),
        ("FILTER AND (a >, 🛒\r\n ‸) FROM content", {"title"}, FIELDS),
        ("FILTER visits ‸", {"=", ">", "BETWEEN", "IN", "ALIAS", "IS"}, {"LIKE", "visits"}),
        ("FILTER city ‸", {"=", "LIKE", "CONTAINS", "IN"}, {">", "BETWEEN"}),
        ("FILTER city NOT ‸", {"LIKE", "CONTAINS", "IN"}, {"=", "BETWEEN", "FROM"}),
        ("FILTER unknown ‸", set(OPERATORS) - {"EXISTS"}, FIELDS),
        ("FILTER tolower(city) ‸", {"LIKE", "="}, {">"}),
        ("FILTER visits > ‸", {"1", "7", "score"}, {"Portland", "now-1d", "AND", "true", "NULL"}),
        ("FILTER city = ‸", {"Portland", 'the "Big" one', "NULL"}, {"ends\\", "1", "true"}),
        ('FILTER city IN ("Portland", "‸"', {"Portland"}, {"NULL", "city", "AND"}),
        ("FILTER city LIKE ‸", {"Portland"}, {"NULL"}),
        ("FILTER interests INTERSECTS (‸)", {"shoes"}, {"Portland"}),
        ("FILTER counts IN (‸", {"web", "Web hit"}, {"shoes"}),
        ("FILTER consent IN (‸", {"mail"}, {"true", "web"}),
        ("FILTER consent.mail = ‸", {"true", "false"}, {"mail"}),
        ("FILTER string.‸", {"string.lowercase"}, {"len", "visits"}),
        ("FILTER member = ‸", {"true", "false"}, {"TRUE", "now-1d"}),
        ("FILTER unknown = ‸", {"true", "false", "NULL"}, {"Portland"}),
        ("FILTER created > ‸", {"now-30d", "now-1M", "now+1d"}, {"true"}),
        ('FILTER created > "now-45‸', {"now-45d", "now-45M", "now-45m"}, {"now-30d", "now-45D"}),
        ("FILTER created BETWEEN ‸", {"now-30d"}, {"Portland"}),
        ("FILTER last_seen_ts > ‸", {"now-30d"}, {"Portland"}),
        ("FILTER counts.‸ > 1", {"counts.web", "counts.Web hit"}, {"visits", "len", "counts"}),
        ("FILTER counts.`W‸", {"counts.Web hit"}, {"visits"}),
        ("FILTER visits IS ‸", {"NOT", "NULL"}, {"visits", "="}),
        ("FILTER in_segment(‸", {"vip"}, {"NULL", "true", "visits"}),
        ("FILTER a FROM ‸", {"user", "content"}, {"visits"}),
        ("FILTER a WITH ‸", {"name", "kind", "is_public", "tags"}, {"visits", "TRUE"}),
        ("FILTER a WITH name = x, ‸", {"kind", "ALIAS"}, {"name"}),
        ("FILTER a WITH kind = ‸", {"aspect", "goal"}, {"TRUE", "true", "vip", "NULL"}),
        ("FILTER a WITH is_public = ‸", {"true", "false"}, {"TRUE", "aspect"}),
        ("FILTER a WITH tags = ‸", {"vip", "two words"}, {"aspect"}),
        ("FILTER timewindow(buckets, ‸", {"1", "5", "100"}, {"7", "visits", "tolower"}),
        ("FILTER timewindow(buckets, 5, ‸", {"7", "30"}, {"5", "visits"}),
        ('FILTER a = "x" -- ‸', set(), FIELDS),
        ("FILTER a ALIAS ‸", set(), {*FIELDS, *KEYWORDS, "vip"}),
        ("FILTER 1.‸", set(), FIELDS),
    ],
)
def test_what_is_offered(tmp_path: Path, text: str, present: set[str], absent: set[str]) -> None:
    labels = set(offered(tmp_path, text))
    assert present <= labels
    assert not absent & labels


@pytest.mark.parametrize(
    ("text", "label", "after"),
    [
        ("FILTER vi‸s > 1", "visits", "FILTER visits > 1"),
        ("FILTER fir‸", "first name", "FILTER `first name`"),
        ("FILTER `fir‸` = 1", "first name", "FILTER `first name` = 1"),
        ("FILTER counts.‸", "counts.Web hit", "FILTER counts.`Web hit`"),
        ("FILTER city = Por‸", "Portland", 'FILTER city = "Portland"'),
        ('FILTER 🛒 city = "Por‸tugal", x', "Portland", 'FILTER 🛒 city = "Portland", x'),
        ('FILTER a = "🛒", city = "Por‸x"', "Portland", 'FILTER a = "🛒", city = "Portland"'),
        ("FILTER city = 'Por‸'", "Portland", 'FILTER city = "Portland"'),
        ("FILTER city = ‸", 'the "Big" one', 'FILTER city = "the \\"Big\\" one"'),
        ("FILTER visits > ‸", "7", "FILTER visits > 7"),
        ("FILTER created > ‸", "now-30d", 'FILTER created > "now-30d"'),
        ("FILTER\r\n\tINCLUDE v‸\r\nALIAS x", "vip", "FILTER\r\n\tINCLUDE vip\r\nALIAS x"),
        ('FILTER INCLUDE "v‸"', "two words", "FILTER INCLUDE `two words`"),
        ("FILTER in_segment(‸)", "vip", 'FILTER in_segment("vip")'),
        ('FILTER in_segment("‸")', "two words", 'FILTER in_segment("two words")'),
        ("FILTER a WITH k‸", "kind", "FILTER a WITH kind = "),
        ("FILTER a WITH k‸ = goal", "kind", "FILTER a WITH kind = goal"),
        ('FILTER a WITH {"k‸"}', "kind", 'FILTER a WITH {"kind": }'),
        ("FILTER a WITH kind = ‸", "goal", 'FILTER a WITH kind = "goal"'),
        ("FILTER a WITH tags = ‸", "vip", 'FILTER a WITH tags = ["vip"]'),
        ('FILTER a WITH tags = ["x", "‸"]', "vip", 'FILTER a WITH tags = ["x", "vip"]'),
        ("FILTER time‸", "timewindow", "FILTER timewindow("),
        ("FILTER time‸(a, 5, 7)", "timewindow", "FILTER timewindow(a, 5, 7)"),
        ("FILTER visits b‸", "BETWEEN", "FILTER visits BETWEEN"),
    ],
)
def test_what_a_choice_writes(tmp_path: Path, text: str, label: str, after: str) -> None:
    assert chosen(tmp_path, text, label) == after


@pytest.mark.parametrize(
    ("text", "label", "after"),
    [
        ("FILTER ‸", "timewindow", "FILTER timewindow(${1:field}, ${2:5}, ${3:7})"),
        ("FILTER ‸", "now", "FILTER now()"),
        ("FILTER visits ‸", "BETWEEN", "FILTER visits BETWEEN ${1} AND ${2}"),
        ("FILTER ‸", "AND (…)", "FILTER AND (\n\t$0\n)"),
        ("FILTER a WITH ‸", "tags", 'FILTER a WITH tags = ["${1}"]'),
    ],
)
def test_snippets_for_clients_that_take_them(
    tmp_path: Path, text: str, label: str, after: str
) -> None:
    assert offered(tmp_path, text, snippets=True)[label]["insertTextFormat"] == 2
    assert chosen(tmp_path, text, label, snippets=True) == after
    plain = offered(tmp_path, text)
    assert label not in plain or "insertTextFormat" not in plain[label]


@pytest.mark.parametrize("text", ["‸", "FILTER a > 1 ALIAS x;\r\n‸", "FILTER a ALIAS x\n\n  ‸"])
def test_whole_statements_at_an_empty_place(tmp_path: Path, text: str) -> None:
    assert "FILTER … ALIAS" in offered(tmp_path, text, snippets=True)
    assert "FILTER … ALIAS" not in offered(tmp_path, text)


@pytest.mark.parametrize("text", ["FILTER ‸", "FILTER a ALIAS x ‸", "FILTER AND (\n‸"])
def test_no_whole_statement_elsewhere(tmp_path: Path, text: str) -> None:
    assert "FILTER … ALIAS" not in offered(tmp_path, text, snippets=True)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("FILTER ‸", ["city", "EXISTS", "timewindow", "tolower"]),
        ("FILTER visits ‸", [">", "BETWEEN", "IN", "AND", "FROM"]),
        ("FILTER city = ‸", ["Portland", 'the "Big" one', "city", "tolower"]),
        ("FILTER timewindow(‸", ["buckets", "city"]),
        ("FILTER INCLUDE ‸ ALIAS mine", ["two words", "vip", "circular", "all_users"]),
        ('FILTER created > "now-9‸', ["now-9d", "now-9w", "now-9M", "now-9s"]),
    ],
)
def test_what_fits_comes_first(tmp_path: Path, text: str, order: list[str]) -> None:
    labels = [label for label in offered(tmp_path, text) if label in order]
    assert labels == order


def test_segments(tmp_path: Path) -> None:
    found = offered(tmp_path, "FILTER INCLUDE ‸ ALIAS mine")
    assert set(found) == {"vip", "two words", "circular", "all_users"}
    assert found["vip"]["detail"] == "Best"
    assert "circle" in found["circular"]["detail"]


def test_a_segment_of_a_broken_file_comes_last(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, "FILTER INCLUDE ‸ ALIAS mine")
    desk.open("broken.segql", "FILTER a > ALIAS a_broken_one")
    ranks = {item["label"]: item["sortText"] for item in asked(desk)["items"]}
    assert ranks["a_broken_one"] > ranks["vip"]


@pytest.mark.parametrize(
    ("text", "label", "filter_text"),
    [
        ('FILTER city = "Por‸', "Portland", '"Portland'),
        ("FILTER city = 'Por‸", "Portland", "'Portland"),
        ("FILTER `fir‸", "first name", "`first name"),
        ("FILTER counts.`We‸", "counts.Web hit", "counts.`Web hit"),
        ("FILTER city = Por‸", "Portland", None),
    ],
)
def test_the_client_can_compare_with_what_was_typed(
    tmp_path: Path, text: str, label: str, filter_text: str | None
) -> None:
    assert offered(tmp_path, text)[label].get("filterText") == filter_text


def test_dates_say_what_they_mean_now(tmp_path: Path) -> None:
    document = desk_of(tmp_path, "FILTER created > ‸").document("mine.segql")
    items = {i["label"]: i for i in offers(situate(document, len(document.text), NOW))}
    assert items["now-30d"]["detail"] == "30 days ago: 2026-10-23 12:00:05 UTC"
    assert items["now-1M"]["detail"] == "1 month ago: 2026-10-22 12:00:05 UTC"


@pytest.mark.parametrize(
    ("text", "is_incomplete"),
    [("FILTER created > ‸", True), ("FILTER city = ‸", False), ("FILTER ‸", False)],
)
def test_more_is_to_be_asked_where_other_dates_may_be_meant(
    tmp_path: Path, text: str, is_incomplete: bool
) -> None:
    assert asked(desk_of(tmp_path, text))["isIncomplete"] == is_incomplete


@pytest.mark.parametrize(
    ("text", "typed", "is_silent"),
    [
        ('FILTER city = "x"‸', '"', True),
        ("FILTER `x`‸", "`", True),
        ('FILTER city = "‸"', '"', False),
        ("FILTER visits ‸", " ", False),
    ],
)
def test_a_quote_that_closes_opens_no_list(
    tmp_path: Path, text: str, typed: str, is_silent: bool
) -> None:
    assert (asked(desk_of(tmp_path, text), typed)["items"] == []) == is_silent


def test_what_all_items_share_is_said_once_where_the_client_can(tmp_path: Path) -> None:
    found = asked(desk_of(tmp_path, "FILTER fir‸", CAPABILITIES))
    (item,) = (item for item in found["items"] if item["label"] == "first name")
    assert item["textEditText"] == "`first name`"
    assert not {"textEdit", "data", "documentation"} & item.keys()
    start = {"line": 0, "character": 7}
    assert found["itemDefaults"]["editRange"]["start"] == start


@pytest.mark.parametrize(
    ("text", "label", "said"),
    [
        ("FILTER ‸", "visits", "How often they came."),
        ("FILTER ‸", "EXISTS", "There is a value"),
        ("FILTER ‸", "timewindow", "timewindow(field, count, days) -> bool"),
        ("FILTER visits ‸", "BETWEEN", "both excluded"),
        ("FILTER INCLUDE ‸", "vip", "FILTER visits > 5"),
        ("FILTER INCLUDE ‸", "all_users", "not in these files"),
        ("FILTER a WITH ‸", "kind", "What the account uses it as"),
        ("FILTER counts.‸", "counts.web", "counts.web: int"),
    ],
)
def test_descriptions(tmp_path: Path, text: str, label: str, said: str) -> None:
    at_once = offered(tmp_path, text)[label]
    if len(asked(desk_of(tmp_path, text))["items"]) < 300:
        assert said in at_once["documentation"]
    desk = desk_of(tmp_path, text, CAPABILITIES)
    found = asked(desk)
    (item,) = (item for item in found["items"] if item["label"] == label)
    kind, data = types.CompletionItemKind(item["kind"]), found["itemDefaults"]["data"]
    resolved = desk.ask(
        types.COMPLETION_ITEM_RESOLVE, types.CompletionItem(label, kind=kind, data=data)
    )
    assert resolved.documentation.kind == types.MarkupKind.Markdown
    assert said in resolved.documentation.value


def test_nothing_is_described_before_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completion, "description", lambda *_: pytest.fail("described"))
    assert asked(desk_of(tmp_path, "FILTER ‸", CAPABILITIES))["items"]


@pytest.mark.parametrize("data", [None, 1, [], ["user", 5], ["user", "file:///no.segql"], {"a": 1}])
def test_an_item_of_nobody_stays_as_it_is(tmp_path: Path, data: object) -> None:
    item = types.CompletionItem("nope", kind=types.CompletionItemKind.Function, data=data)
    found = desk_of(tmp_path, "").ask(types.COMPLETION_ITEM_RESOLVE, item)
    assert found.documentation is None


def test_very_many_fields_are_cut_by_what_was_typed(tmp_path: Path) -> None:
    fields = {f"field_{number}": "int" for number in range(6_000)}
    desk = Desk(
        tmp_path,
        {
            "segql.toml": "",
            "catalog.user.json": json.dumps({"fields": fields}),
            "mine.segql": "FILTER f5999‸",
        },
    )
    found = asked(desk)
    labels = {item["label"] for item in found["items"] if item["kind"] == 5}
    assert labels == {"field_5999"}
    assert found["isIncomplete"]


def test_a_document_of_nobody(tmp_path: Path) -> None:
    params = types.CompletionParams(types.TextDocumentIdentifier("no:x"), types.Position(0, 0))
    assert desk_of(tmp_path, "").ask(types.TEXT_DOCUMENT_COMPLETION, params) is None


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return desk_of(tmp_path_factory.mktemp("any"), "")


@given(TEXTS, st.data(), st.booleans())
def test_any_place_of_any_text(desk: Desk, text: str, data: st.DataObject, snippets: bool) -> None:
    document = desk.open("any.segql", text)
    offset = document.offset(document.position(data.draw(st.integers(0, len(text)))))
    situation = situate(document, offset, NOW, snippets)
    items = offers(situation)
    labels = [(item["label"], item["kind"]) for item in items]
    assert len(labels) == len(set(labels)), "offered twice"
    for item in items[:40]:
        description(document, item["kind"], item["label"], situation.table)
    for item in listed(situation, items, False)["items"]:
        edit = item["textEdit"]
        start, end = (types.Position(**edit["range"][side]) for side in ("start", "end"))
        assert document.offset(start) <= offset <= document.offset(end)
        assert start.line == end.line, "what is replaced is on one line"


@given(st.sampled_from(["visits", "city", "created", "member", "counts.web"]), st.data())
def test_a_phrase_that_was_only_chosen_has_no_mistake(
    desk: Desk, field: str, data: st.DataObject
) -> None:
    text = f"FILTER {field} "
    for wanted in ("=", "!=", ">"), None:
        situation = situate(desk.open("any.segql", f"{text} ALIAS x"), len(text), NOW)
        items = [i for i in offers(situation) if wanted is None or i["label"] in wanted]
        kinds = {types.CompletionItemKind.Operator, types.CompletionItemKind.Value}
        items = [item for item in items if item["kind"] in kinds or item["label"] == "true"]
        if not items:
            return
        item = data.draw(st.sampled_from(items))
        text += item.get("textEditText", item["label"]) + " "
    assert not parse(f"{text}ALIAS x").has_errors
    codes = {problem.code for problem in desk.open("any.segql", f"{text}ALIAS x").file.diagnostics}
    assert not codes
