"""Phrases that become a segment: a text with what is selected, and the text after it."""

from __future__ import annotations

import pytest

from segql.refactoring.extracting import extracted, fresh_slug

from .marked import applied, marked

EXTRACTED = [
    (
        "FILTER AND (a > 1, ‸b > 2‸) ALIAS x",
        "FILTER b > 2 ALIAS new\n\nFILTER AND (a > 1, INCLUDE new) ALIAS x",
    ),
    (
        "FILTER OR (a, ‸b, c‸) FROM content ALIAS x",
        "FILTER OR (b, c) FROM content ALIAS new\n\n"
        "FILTER OR (a, INCLUDE new) FROM content ALIAS x",
    ),
    (
        "FILTER q ALIAS q -- q\n\n-- About x.\nFILTER AND (\n    a,\n    ‸b,  -- why b\n    c‸,\n)",
        "FILTER q ALIAS q -- q\n\nFILTER AND (\n    b,  -- why b\n    c,\n)\nALIAS new\n\n"
        "-- About x.\nFILTER AND (\n    a,\n    INCLUDE new,\n)",
    ),
    (
        "FILTER AND (\n    a,\n    ‸b,  -- why b\n‸    c,\n)",
        "FILTER b  -- why b\nALIAS new\n\nFILTER AND (\n    a,\n    INCLUDE new,\n    c,\n)",
    ),
    ("FILTER a AND ‸b", "FILTER b ALIAS new\n\nFILTER a AND INCLUDE new"),
    ("FILTER ‸a = 1‸ LIMIT 5", "FILTER a = 1 ALIAS new\n\nFILTER INCLUDE new LIMIT 5"),
    ("FILTER NOT ‸a > 1", "FILTER a > 1 ALIAS new\n\nFILTER NOT INCLUDE new"),
    ('FILTER a\r\nOR ‸b = "😀"', 'FILTER b = "😀" ALIAS new\r\n\r\nFILTER a\r\nOR INCLUDE new'),
    ("FILTER a = ; FILTER ‸b", "FILTER a = ; FILTER b ALIAS new\n\nFILTER INCLUDE new"),
]
REFUSED = [
    "FILTER NOT ‸is_member",  # NOT of a field without a value matches nobody, NOT INCLUDE everybody
    'FILTER NOT ‸(a > "b")',
    "FILTER NOT AND (‸(NOT b), a > ‸)",
    "FILTER ‸INCLUDE vip",
    "FILTER AND (a ‸> 1, b‸)",
    "FILTER ‸*",
    "FILTER AND (a, b‸ > )",
]


def whole(text: str) -> str | None:
    selection = marked(text).selection
    found = extracted(selection, "new", 88) if selection else None
    if found is None or found.above is None:
        return None
    return applied(marked(text).file.source.text, [found.above, found.edit])


@pytest.mark.parametrize(("text", "expected"), EXTRACTED)
def test_phrases_become_a_segment(text: str, expected: str) -> None:
    assert whole(text) == expected


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_become_one(text: str) -> None:
    assert whole(text) is None


def test_above_a_text_without_filter_no_statement_can_stand() -> None:
    selection = marked("a > 1 AND ‸b > 2").selection
    assert selection is not None
    found = extracted(selection, "new", 88)
    assert found is not None
    assert found.above is None
    assert found.text == "FILTER b > 2 ALIAS new"


def test_a_name_is_found_that_nobody_has() -> None:
    assert fresh_slug(()) == "new_segment"
    assert fresh_slug({"new_segment", "new_segment_2"}) == "new_segment_3"
