"""Where a text names segments, fields, keys, functions and tables."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.catalog import Catalog
from segql.diagnostics import Edit
from segql.formatter import UnsayableError
from segql.syntax.parser import ParsedFile, parse
from segql.workspace.occurrences import Occurrence, Symbol, occurrence_at, occurrences
from tests.texts import of_the_grammar, soup, valid

# A text, and what it names: the kind, the name, and how it is written.
NAMED = {
    "FILTER INCLUDE vip ALIAS a": ["segment vip vip", "segment a a!"],
    'FILTER OR (INCLUDE "VIP", in_segment("Vip"))': [
        'segment vip "VIP"',
        "function in_segment in_segment",
        'segment vip "Vip"',
    ],
    "FILTER * WITH slug_name = Vip": ["segment vip Vip!"],
    'FILTER * WITH name = "vip", slug_name = "Vip"': ['segment vip "Vip"!'],
    'FILTER * WITH {"slug_name": "v\\u0069p"}': ['segment vip "v\\u0069p"!'],
    'FILTER * WITH {"slug_name" /* : */ : "Vip"} ALIAS vip': [
        'segment vip "Vip"!',
        "segment vip vip!",
    ],
    "FILTER * WITH slug_name = other ALIAS vip": ["segment vip vip!"],
    "FILTER a = b": ["field a a", "field b b"],
    "FILTER counts.web > 1": ["field counts counts", "key counts.web web"],
    "FILTER counts.`Web hit`.x > 1": ["field counts counts", "key counts.Web hit.x `Web hit`.x"],
    "FILTER `my map`.[x] > 1": ["field my map `my map`", "key my map.x [x]"],
    "FILTER `counts.web` > 1": ["field counts `counts.web`"],
    "FILTER exact.name > 1": ["field exact.name exact.name"],
    "FILTER a. > 1": ["field a. a."],
    "FILTER `Len` (Orders) > 1": ["function len `Len`", "field Orders Orders"],
    "FILTER timewindow(visits, 5, 7)": [
        "function timewindow timewindow",
        "field visits visits",
    ],
    "FILTER EXISTS a FROM Content": ["field a a", "table content Content"],
    "FILTER AND (INCLUDE vip, a > , 🛒) ALIAS": ["segment vip vip", "field a a"],
    "-- INCLUDE vip\nFILTER *": [],
}
CATALOG = Catalog.from_types({"exact.name": "int", "exact": "map[string]int"}, "user")


def shown(text: str, found: Occurrence) -> str:
    mark = "!" if found.is_definition else ""
    return f"{found.symbol.kind} {found.symbol.name} {text[found.start : found.end]}{mark}"


@pytest.mark.parametrize(("text", "expected"), NAMED.items(), ids=NAMED)
def test_what_a_text_names(text: str, expected: list[str]) -> None:
    assert [shown(text, found) for found in occurrences(parse(text), CATALOG)] == expected


# The cursor, and what it stands in.
AT = {
    "FILTER INCLUDE v‸ip": "segment vip vip",
    "FILTER INCLUDE vip‸": "segment vip vip",
    "FILTER INCL‸UDE vip": None,
    "FILTER cou‸nts.web > 1": "field counts counts",
    "FILTER counts‸.web > 1": "field counts counts",
    "FILTER counts.‸web > 1": "key counts.web web",
    "FILTER counts.web‸ > 1": "key counts.web web",
    "FILTER le‸n(a) > 1": "function len len",
    "FILTER len(‸a) > 1": "field a a",
    "FILTER a > 1 -- a‸\n": None,
    "FILTER a > 1;\n\n‸": None,
    "‸": None,
    'FILTER a = "🛒" ALIAS ‸b; FILTER c': "segment b b!",
}


@pytest.mark.parametrize(("marked", "expected"), AT.items(), ids=AT)
def test_what_stands_at_an_offset(marked: str, expected: str | None) -> None:
    text = marked.replace("‸", "")
    found = occurrence_at(parse(text), marked.index("‸"))
    assert (shown(text, found) if found else None) == expected


def test_fields_are_those_of_the_table() -> None:
    symbols = [o.symbol for o in occurrences(parse("FILTER a FROM Content; FILTER a"))]
    assert symbols[0] == Symbol("field", "a", "content")
    assert symbols[2] == Symbol("field", "a", "user")


# A text, and the same with its first name written anew.
WRITTEN = [
    ("FILTER INCLUDE a", "new", "FILTER INCLUDE new"),
    ("FILTER INCLUDE a", "two words", "FILTER INCLUDE `two words`"),
    ("FILTER INCLUDE a", "5th", "FILTER INCLUDE 5th"),
    ("FILTER INCLUDE a", "with", "FILTER INCLUDE `with`"),
    ('FILTER INCLUDE "a"', "two words", 'FILTER INCLUDE "two words"'),
    ("FILTER * WITH slug_name = a", "null", "FILTER * WITH slug_name = `null`"),
    ('FILTER * WITH {"slug_name": "a"}', 'a"b\\', 'FILTER * WITH {"slug_name": "a\\"b\\\\"}'),
    ("FILTER a", "contains", "FILTER `contains`"),
    ("FILTER a.`b c`", "x y", "FILTER `x y`.`b c`"),
    ("FILTER `a.b`", "x", "FILTER x.b"),
]


@pytest.mark.parametrize(("text", "new", "expected"), WRITTEN)
def test_a_name_is_written_so_that_it_is_read(text: str, new: str, expected: str) -> None:
    first = next(occurrences(parse(text)))
    assert applied(text, [first.write(new)]) == expected


def test_what_no_text_can_say() -> None:
    first = next(occurrences(parse("FILTER INCLUDE a")))
    with pytest.raises(UnsayableError):
        first.write("`'[")


def applied(text: str, edits: list[Edit]) -> str:
    for edit in sorted(edits, key=lambda edit: -edit.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


# ---- What holds for any text ------------------------------------------------------------


def check_places(file: ParsedFile) -> None:
    for found in occurrences(file, CATALOG):
        assert 0 <= found.start <= found.end <= len(file.source.text)
        edit = found.write("new")
        assert 0 <= edit.start <= found.start <= found.end <= edit.end <= len(file.source.text)


@given(st.integers(0, 2**32))
def test_any_soup(seed: int) -> None:
    check_places(parse(soup(random.Random(seed), 60)))


@given(of_the_grammar())
def test_any_text_of_the_grammar(text: str) -> None:
    check_places(parse(text))


@pytest.mark.parametrize("text", valid())
def test_another_name_changes_nothing_else(text: str) -> None:
    file = parse(text)
    symbols = {o.symbol for o in occurrences(file) if o.symbol.kind != "function"}
    for symbol in symbols if not file.diagnostics else ():
        owner = symbol.name.partition(".")[0] + "." if symbol.kind == "key" else ""
        new = symbol._replace(name=f"{owner}quite_new")
        edits = [o.write("quite_new") for o in occurrences(file) if o.symbol == symbol]
        renamed = parse(applied(text, edits))
        assert not renamed.diagnostics
        assert kinds(renamed) == kinds(file)
        assert sum(o.symbol == new for o in occurrences(renamed)) == len(edits)


def kinds(file: ParsedFile) -> list[str]:
    """What is named, in the order of the text; keys are not: one may be quoted with its map."""
    return [o.symbol.kind for o in occurrences(file) if o.symbol.kind != "key"]
