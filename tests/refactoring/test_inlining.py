"""The filter of a segment in the place of its INCLUDE: two texts, and the first one after it."""

from __future__ import annotations

import pytest

from segql.refactoring.inlining import inlined, is_in_circle
from segql.syntax.parser import parse

from .marked import after

VIP = "FILTER AND (a > 1, b) ALIAS vip"
INLINED = [
    ("FILTER ‸INCLUDE vip ALIAS x", VIP, "FILTER AND (a > 1, b) ALIAS x"),
    ("FILTER AND (q, ‸INCLUDE VIP)", VIP, "FILTER AND (q, AND (a > 1, b))"),
    ('FILTER q AND NOT ‸in_segment("vip")', VIP, "FILTER q AND NOT AND (a > 1, b)"),
    ("FILTER NOT INCLUDE v‸ip", "FILTER a = 1 ALIAS vip", "FILTER NOT (a = 1)"),
    ("FILTER q OR ‸INCLUDE vip", "FILTER a = 1 OR b ALIAS vip", "FILTER q OR OR (a = 1, b)"),
    ("FILTER AND (q ‸INCLUDE vip r)", VIP, "FILTER AND (q, AND (a > 1, b) r)"),
    (
        "FILTER AND (\r\n  ‸INCLUDE vip, -- vip\r\n)",
        '-- Ours.\nFILTER AND (\n  a > 1, -- one\n  s = "😀"\n) ALIAS vip',
        'FILTER AND (\r\n  AND (\r\n      a > 1,  -- one\r\n      s = "😀",\r\n  ), -- vip\r\n)',
    ),
    ("FILTER ‸INCLUDE vip", "FILTER a > ; " + VIP, "FILTER AND (a > 1, b)"),
]
REFUSED = [
    ("FILTER ‸INCLUDE vip FROM content", VIP),
    ("FILTER ‸INCLUDE vip", "FILTER a LIMIT 5 ALIAS vip"),
    ("FILTER ‸INCLUDE vip", "FILTER * ALIAS vip"),
    ("FILTER ‸INCLUDE vip", "FILTER a > ALIAS vip"),
    ("FILTER ‸INCLUDE vip", f"{VIP}\n{VIP}"),
    ("FILTER ‸INCLUDE vip", "FILTER a ALIAS other"),
    ("FILTER ‸INCLUDE vip ALIAS vip", VIP),
    ("FILTER NOT ‸INCLUDE vip", "FILTER is_member ALIAS vip"),
    ("FILTER ‸a", VIP),
]


def inlined_in(text: str, other: str) -> str | None:
    return after(text, lambda selection: inlined(selection, parse(other), 88))


@pytest.mark.parametrize(("text", "other", "expected"), INLINED)
def test_a_segment_is_written_out(text: str, other: str, expected: str) -> None:
    assert inlined_in(text, other) == expected


@pytest.mark.parametrize(("text", "other"), REFUSED)
def test_what_cannot_be_written_out(text: str, other: str) -> None:
    assert inlined_in(text, other) is None


def test_circles() -> None:
    graph = {"a": ["b"], "b": ["c"], "c": ["b"], "d": ["d"]}
    assert [slug for slug in graph if is_in_circle(graph, slug)] == ["b", "c", "d"]
    assert not is_in_circle(graph, "elsewhere")
