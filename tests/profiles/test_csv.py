"""Profiles in CSV: what a cell becomes, with and without types."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.catalog import Catalog
from segql.profiles import BadProfile
from segql.profiles.csv import read_csv


def read(content: str | bytes, **types: str) -> list[Any]:
    stream = io.BytesIO(content.encode() if isinstance(content, str) else content)
    names = {name.replace("__", "."): type for name, type in types.items()}
    return list(read_csv(stream, Catalog.from_types(names).find))


@pytest.mark.parametrize(
    "content",
    [
        "name,zip\nBob,00501\nEve,\n",
        "\ufeffname,zip\r\nBob,00501\r\nEve,\r\n",
        "name;zip\nBob;00501\n\nEve;\n",
        "name\tzip\nBob\t00501\nEve\t",
        '"name","zip"\n"Bob","00501"\n"Eve",""\n',
        ",name,zip\n0,Bob,00501\n1,Eve,\n",  # a column without a name is an index
    ],
)
def test_without_types_a_cell_is_a_text_and_an_empty_one_is_missing(content: str) -> None:
    assert read(content) == [{"name": "Bob", "zip": "00501"}, {"name": "Eve"}]


@pytest.mark.parametrize(
    ("type", "cell", "expected"),
    [
        ("int", "5", 5),
        ("int", "-5", -5),
        ("int", "five", "five"),
        ("number", "1.50", 1.5),
        ("number", "1e3", 1000.0),
        ("int", "007", "007"),  # no number in JSON; compared, it is one all the same
        ("bool", "true", True),
        ("bool", "FALSE", False),
        ("bool", "yes", "yes"),
        ("date", "2026-01-02", "2026-01-02"),
        ("string", "[1]", "[1]"),
        ("[]string", "a;b ; c", ["a", "b", "c"]),
        ("[]string", '["a;b"]', ["a;b"]),
        ("[]int", "1;2", [1, 2]),
        ("map[string]int", '{"web": 1}', {"web": 1}),
        ("unknown", "[1, 2]", [1, 2]),
        ("unknown", "[1, 2", "[1, 2"),
        ("unknown", "[not json]", "[not json]"),
        ("geolocation", "45.5,-122.6", "45.5,-122.6"),
    ],
)
def test_what_a_type_makes_of_a_cell(type: str, cell: str, expected: Any) -> None:
    quoted = '"' + cell.replace('"', '""') + '"'
    assert read(f"a,b\n{quoted},x\n", a=type, b="string") == [{"a": expected, "b": "x"}]


def test_names_with_dots_are_keys_of_maps() -> None:
    content = "counts.web,counts.mobile.app,name\n1,2,Bob\n,,Eve\n"
    assert read(content, counts="map[string]int") == [
        {"counts": {"web": 1, "mobile.app": 2}, "name": "Bob"},
        {"name": "Eve"},
    ]


def test_unless_they_are_fields() -> None:
    assert read("counts.web\n1\n", counts__web="int") == [{"counts.web": 1}]
    assert read("counts,counts.web\nx,1\n") == [{"counts": "x", "counts.web": "1"}]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", []),
        ("a,b\n", []),
        ("a,b\n1,2,3\n4,5\n", [("line 2", "it has 3 cells, and the header 2"), {"a": "4"}]),
        ("a,b\n1\n", [("line 2", "it has 1 cells, and the header 2")]),
        ('a,b\n"x\ny",2\n1\n', [{"a": "x\ny"}, ("line 4", "it has 1 cells, and the header 2")]),
        ("a,a\n1,2\n", [("line 1", "it is no header: `a` is in it twice")]),
        (",\n1,2\n", [("line 1", "it is no header: it names no field")]),
        (b"a,b\n\xff,2\n3,4\n", [("line 2", "it is not UTF-8"), {"a": "3"}]),
        (b"\xff,b\n", [("line 1", "it is no header: it is not UTF-8")]),
        ('a,b\n"1,2\n3,4\n', [("line 2", "it has 1 cells, and the header 2")]),
    ],
)
def test_what_is_wrong(content: str | bytes, expected: list[Any]) -> None:
    found = read(content)
    assert len(found) == len(expected)
    for each, wanted in zip(found, expected, strict=True):
        if isinstance(wanted, tuple):
            assert each == BadProfile(*wanted)
        else:
            assert each["a"] == wanted["a"]


def test_a_missing_quotation_mark_does_not_swallow_a_large_file() -> None:
    row = "x" * 999 + ",y\n"
    found = read('a,b\n"' + row * 20_000)
    assert found[0] == BadProfile("line 2", "a cell is too long; is a quotation mark missing?")
    assert found[-1] == {"a": "x" * 999, "b": "y"}


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2)))
def test_what_is_written_is_read(rows: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written).writerows([["a", "b"], *rows])
    wanted = [{n: cell for n, cell in zip("ab", row, strict=True) if cell} for row in rows]
    assert read(written.getvalue(), a="string", b="string") == wanted


@given(st.binary())
def test_any_bytes(content: bytes) -> None:
    assert all(isinstance(each, dict | BadProfile) for each in read(content))
