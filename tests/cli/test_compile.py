"""`segql compile`: what would be sent to the API."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .conftest import Run, Shell, Write

TEXT = """\
-- Who came
-- and stayed.
FILTER visitct > 5 AND NOT EXISTS left_ts -- a detail
WITH name = "Stayed", kind = aspect, is_public = true, tags = ["a", "b"], other = 1.5
ALIAS Stayed_Here

FILTER a FROM content ALIAS Pages
"""


def payloads(segql: Shell, text: str) -> list[dict[str, Any]]:
    run = segql("compile", "-", stdin=text)
    assert (run.code, run.err) == (0, "")
    return json.loads(run.out)


def test_the_payloads(segql: Shell) -> None:
    ql = "FILTER AND (visitct > 5, NOT EXISTS left_ts) WITH other = 1.5 ALIAS Stayed_Here"
    assert payloads(segql, TEXT) == [
        {
            "name": "Stayed",
            "slug_name": "stayed_here",
            "description": "Who came\nand stayed.",
            "kind": "aspect",
            "table": "user",
            "is_public": True,
            "tags": ["a", "b"],
            "segment_ql": ql,
        },
        {
            "name": "Pages",
            "slug_name": "pages",
            "description": "",
            "kind": "segment",
            "table": "content",
            "is_public": False,
            "tags": [],
            "segment_ql": "FILTER a FROM content ALIAS Pages",
        },
    ]


def test_only_the_text(segql: Shell) -> None:
    text = "FILTER a ALIAS a; -- why\nFILTER b   NOT BETWEEN 1 AND 2 ALIAS b"
    assert segql("compile", "--output-format", "ql", "-", stdin=text) == Run(
        0, "FILTER a ALIAS a\n\nFILTER OR (b <= 1, b >= 2) ALIAS b\n", ""
    )


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ('FILTER a WITH slug_name = "VIP"', "slug_name", "vip"),
        ('FILTER a WITH Slug_Name = "VIP"', "slug_name", "vip"),
        ("-- one\n\n-- two\nFILTER a ALIAS x", "description", "two"),
        ('-- one\nFILTER a WITH description = "two" ALIAS x', "description", "two"),
        ('-- one\nFILTER a WITH description = "" ALIAS x', "description", ""),
        ("/* one\n * two */\nFILTER a ALIAS x", "description", "one\ntwo"),
        ("FILTER b ALIAS y -- not this\nFILTER a ALIAS x", "description", ""),
        ('FILTER a WITH {"tags": ["a"], "name": "ü"} ALIAS x', "tags", ["a"]),
        ('FILTER a WITH {"tags": ["a"], "name": "ü"} ALIAS x', "name", "ü"),
        ("FILTER a WITH table = content ALIAS x", "table", "content"),
        ("FILTER a WITH table = content ALIAS x FROM user", "table", "user"),
    ],
)
def test_where_a_field_comes_from(segql: Shell, text: str, field: str, value: object) -> None:
    assert payloads(segql, text)[-1][field] == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("FILTER a", "1:1: error MET001 this segment has no ALIAS, and so no slug"),
        ("FILTER a WITH name = 5 ALIAS x", "1:15: error MET002 `name` has a value of the wrong"),
        ("FILTER a WITH is_public = 1 ALIAS x", "1:15: error MET002 `is_public` has a value"),
        ('FILTER a WITH tags = "x" ALIAS x', "1:15: error MET002 `tags` has a value of the wrong"),
        ("FILTER a WITH tags = [1] ALIAS x", "1:15: error MET002 `tags` has a value of the wrong"),
        ('FILTER a WITH slug_name = "y" ALIAS x', "error MET002 `slug_name` is 'y', but ALIAS is"),
        (r'FILTER a = "\"\x" ALIAS x', "1:12: error PORT001 this string has both"),
        ("FILTER f(a, -1) > 1 ALIAS x", "1:13: error PORT002 the server refuses a negative"),
        ("FILTER a > ALIAS x", "error SYN"),
    ],
)
def test_what_cannot_be_compiled(segql: Shell, text: str, message: str) -> None:
    run = segql("compile", "-", stdin=text)
    assert (run.code, run.out) == (1, "")
    assert message in run.err.splitlines()[0]


def test_all_or_nothing(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a ALIAS a")
    write("b.segql", "FILTER b; FILTER b >")
    write("c.segql", b"\xff")
    for form in ("json", "ql"):
        run = segql("compile", "--output-format", form)
        assert (run.code, run.out) == (1, "")
        found = [line.split(" ")[2] for line in run.err.splitlines() if ": error " in line]
        assert sorted(found) == ["MET001", "SYN002", "SYN016"]


def test_no_segment_no_payload(segql: Shell) -> None:
    assert segql("compile", "-", stdin="-- nothing") == Run(0, "[]\n", "")


def test_the_files_come_in_their_order(segql: Shell, write: Write) -> None:
    for name in ("c/a", "b", "a"):
        write(f"{name}.segql", f"FILTER x ALIAS {name[-1]}_{len(name)}")
    run = segql("compile")
    assert [each["slug_name"] for each in json.loads(run.out)] == ["a_1", "b_1", "a_3"]
