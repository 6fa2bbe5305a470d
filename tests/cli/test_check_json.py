"""`segql check --output-format json`: the contract with other programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run, Shell, Write


def rows(run: Run) -> list[dict[str, Any]]:
    assert run.err == ""
    return json.loads(run.out)


def places(run: Run) -> list[tuple[int, int, int, int]]:
    keys = ("line", "column", "end_line", "end_column")
    return [tuple(row[key] for key in keys) for row in rows(run)]


def test_nothing_found_is_an_empty_list(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a")
    assert segql("check", "--output-format", "json") == Run(0, "[]\n", "")


def test_an_object_a_finding(segql: Shell, write: Write) -> None:
    write("deep/a.segql", "-- why\nFILTER AND (a, b > )")
    run = segql("check", "--output-format", "json")
    assert run.code == 1
    assert rows(run) == [
        {
            "path": "deep/a.segql",
            "line": 2,
            "column": 20,
            "end_line": 2,
            "end_column": 21,
            "code": "SYN002",
            "name": "incomplete",
            "severity": "error",
            "message": "a field or a value is missing before `)`",
            "help": "write a field, a number, or a text in double quotes",
            "url": "https://segql.github.io/segql/rules/SYN002",
            "fix": None,
        }
    ]


def test_a_fix_has_edits_by_offset(segql: Shell, write: Write) -> None:
    text = "-- 🙂\r\nFILTER INCLUDE activ_users ALIAS a; FILTER b ALIAS active_users"
    write("a.segql", text)
    (row,) = rows(segql("check", "--output-format", "json"))
    start = text.index("activ_users")
    assert row["fix"] == {
        "applicability": "unsafe",
        "message": "include `active_users`",
        "edits": [{"start": start, "end": start + 11, "text": "active_users"}],
    }


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("FILTER a $ b", (1, 10, 1, 11)),
        ("FILTER AND (a = \"🙂🇩🇪\", b > )", (1, 28, 1, 29)),
        ("FILTER a\r\n-- x\r\nFILTER b $ 1\r\n", (3, 10, 3, 11)),
        ("\ufeffFILTER $", (1, 8, 1, 9)),
        ("\ufeff\r\nFILTER $", (2, 8, 2, 9)),
        ("\tFILTER $", (1, 9, 1, 10)),
        ("FILTER a >", (1, 11, 1, 11)),
        ("FILTER a >\n\n", (1, 11, 1, 11)),
        ('FILTER a = "e\u0301" $', (1, 17, 1, 18)),
        ('FILTER a = "x\u2028y\u0085z" $', (1, 20, 1, 21)),
    ],
    ids=[
        "plain", "emoji", "crlf", "bom", "bom and crlf", "tab", "end", "line end", "combining",
        "line ends of Unicode only",
    ],
)  # fmt: skip
def test_lines_and_columns_count_code_points_from_one(
    segql: Shell, write: Write, content: str, place: tuple[int, int, int, int]
) -> None:
    write("a.segql", content)
    assert places(segql("check", "--output-format", "json")) == [place]


def test_a_span_over_several_lines(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a\n/* never\nclosed")
    assert places(segql("check", "--output-format", "json")) == [(2, 1, 3, 7)]


def test_names_that_are_no_utf8(segql: Shell, folder: Path) -> None:
    for name in (b"/x\xff.segql", b"/y\xff.segql"):
        with open(bytes(folder) + name, "wb") as file:
            file.write(b"FILTER a ALIAS x")
    (row,) = rows(segql("check", "--output-format", "json"))
    assert row["path"] == "y\\xff.segql"
    assert row["message"] == "`x` is already the alias of the segment at x\\xff.segql:1"
