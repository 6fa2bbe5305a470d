"""When a file and the account say the same."""

from __future__ import annotations

from typing import Any

import pytest

from segql.api import Segment as RemoteSegment
from segql.compiler import compile_statement
from segql.deploy.compare import changed_fields, merged_fields
from segql.syntax.parser import parse

REMOTE = RemoteSegment(
    id="1",
    slug_name="vip",
    name="The best",
    description="Told in the web form",
    kind="segment",
    table="user",
    is_public=True,
    tags=("email",),
    segment_ql="FILTER a > 1",
)


def changed(text: str, **remote: Any) -> list[str]:
    (statement,) = parse(text).statements
    account = RemoteSegment(**{name: getattr(REMOTE, name) for name in FIELDS} | remote)
    return changed_fields(statement, compile_statement(statement), account)


FIELDS = REMOTE.__struct_fields__


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("FILTER a > 1 ALIAS vip", []),
        ('FILTER a > 1 WITH name = "The best" ALIAS vip', []),
        ('FILTER a > 1 WITH name = "Others" ALIAS vip', ["name"]),
        ('FILTER a > 1 WITH description = "Told in the web form" ALIAS vip', []),
        ("-- Told in the web form\nFILTER a > 1 ALIAS vip", []),
        ("-- Told in the file\nFILTER a > 1 ALIAS vip", ["description"]),
        ("FILTER a > 1 WITH kind = segment ALIAS vip", []),
        ("FILTER a > 1 WITH kind = aspect ALIAS vip", ["kind"]),
        ("FILTER a > 1 WITH is_public = true ALIAS vip", []),
        ("FILTER a > 1 WITH is_public = false ALIAS vip", ["is_public"]),
        ('FILTER a > 1 WITH tags = ["email"] ALIAS vip', []),
        ('FILTER a > 1 WITH tags = ["email", "web"] ALIAS vip', ["tags"]),
        ("FILTER a > 1 WITH tags = [] ALIAS vip", ["tags"]),
        ("FILTER a > 1 FROM content ALIAS vip", ["table"]),
        ("FILTER a > 2 ALIAS vip", ["segment_ql"]),
        ("FILTER a > 1 LIMIT 5 ALIAS vip", ["segment_ql"]),
        ("FILTER a > 1 WITH other = 5 ALIAS vip", ["segment_ql"]),
        ('FILTER b WITH tags = ["x"], name = "y" ALIAS vip', ["name", "tags", "segment_ql"]),
    ],
)
def test_the_fields_that_differ(text: str, fields: list[str]) -> None:
    assert changed(text) == fields


def test_how_a_server_writes_texts_and_tags_says_nothing() -> None:
    text = '-- One\n-- two\nFILTER a > 1 WITH name = " N ", tags = ["b", "a", "b"] ALIAS vip'
    assert changed(text, name="N", description="One\r\ntwo\n", tags=("a", "b")) == []
    assert changed(text, name="n", description="One two", tags=("a",)) == [
        "name",
        "description",
        "tags",
    ]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("FILTER AND (a, b) ALIAS x", "FILTER AND ( a,\n  b, )"),
        ("FILTER AND (a, b) ALIAS x", "filter a AND b from user alias X"),
        ('FILTER a = "x" ALIAS x', 'FILTER `a` == "x" -- why'),
        ("FILTER a NOT BETWEEN 1 AND 2 ALIAS x", "FILTER OR (a <= 1, a >= 2)"),
        ("FILTER a IN (-1) ALIAS x", 'FILTER a IN ("-1")'),
        ("FILTER a WITH other = 5 ALIAS x", "FILTER a WITH Name = Old, tags = [], other = 5"),
        ("FILTER a ALIAS x", 'FILTER a WITH {"description": "old", "is_public": true} ALIAS x'),
    ],
)
def test_the_filter_is_compared_by_meaning(ours: str, theirs: str) -> None:
    assert changed(ours, segment_ql=theirs) == []


@pytest.mark.parametrize(
    "theirs",
    ["", None, "FILTER a >", "FILTER a > 1; FILTER a > 1", "FILTER " + "(" * 1000, "SELECT a"],
)
def test_a_filter_that_cannot_be_read_differs(theirs: str | None) -> None:
    assert changed("FILTER a > 1 ALIAS vip", segment_ql=theirs) == ["segment_ql"]


def test_what_the_account_leaves_out_are_the_defaults() -> None:
    text = 'FILTER a > 1 WITH tags = [], is_public = false, kind = segment, name = "" ALIAS vip'
    nothing = dict.fromkeys(("name", "description", "kind", "table", "is_public", "tags"))
    assert changed(text, **nothing) == []


def test_an_update_carries_every_field_the_accounts_own_where_the_file_is_silent() -> None:
    (statement,) = parse('FILTER b WITH tags = ["web"] ALIAS Vip').statements
    assert merged_fields(statement, compile_statement(statement), REMOTE) == {
        "name": "The best",
        "slug_name": "vip",
        "description": "Told in the web form",
        "kind": "segment",
        "table": "user",
        "is_public": True,
        "tags": ["web"],
        "segment_ql": "FILTER b ALIAS Vip",
    }


def test_an_update_does_not_make_up_what_the_account_did_not_say() -> None:
    (statement,) = parse("FILTER b ALIAS vip").statements
    silent = RemoteSegment(id="1", slug_name="vip")
    fields = merged_fields(statement, compile_statement(statement), silent)
    assert set(fields) == {"slug_name", "table", "segment_ql"}
