"""Coverage: which phrases the cases try, as MC/DC has it."""

from __future__ import annotations

from typing import Any

import pytest

from segql.cases.coverage import coverage, percent

from .suites import suite


def lacks(text: str, *profiles: dict[str, Any]) -> list[str]:
    """What the profiles do not try of each phrase; a field is true where it is 1."""
    found = suite(f"FILTER {text} ALIAS a", types={})
    segment = found.workspace.segments[0]
    predicate = found.predicate("a")
    traces = [predicate.explain(profile) for profile in profiles]
    return [phrase.lack for phrase in coverage(segment, traces).phrases]


def row(**fields: int) -> dict[str, Any]:
    return dict(fields)


AND = "AND (a = 1, b = 1)"
OR = "OR (a = 1, b = 1)"


def test_nothing_is_tried_without_cases() -> None:
    assert lacks(AND) == ["never true or false"] * 2


def test_one_case_decides_nothing() -> None:
    assert lacks(AND, row(a=1, b=1)) == ["never false"] * 2


def test_what_is_not_reached_is_not_seen() -> None:
    assert lacks(AND, row(a=0, b=1)) == ["never true", "never true or false"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (AND, [row(a=1, b=1), row(a=0, b=1), row(a=1, b=0)]),
        (OR, [row(a=0, b=0), row(a=1, b=0), row(a=0, b=1)]),
        (f"NOT {AND}", [row(a=1, b=1), row(a=0, b=1), row(a=1, b=0)]),
        ("AND (a = 1)", [row(a=1), row(a=0)]),
    ],
)
def test_all_is_tried(text: str, rows: list[dict[str, Any]]) -> None:
    assert set(lacks(text, *rows)) == {""}
    for left_out in range(len(rows)):
        assert any(lacks(text, *rows[:left_out], *rows[left_out + 1 :]))


def test_seen_both_ways_is_not_enough() -> None:
    nested = "AND (c = 1, OR (a = 1, b = 1))"
    rows = [row(c=1, a=1, b=1), row(c=0), row(c=1, a=0, b=1)]
    assert lacks(nested, *rows) == ["", "never decides alone", "never false"]


def test_what_cannot_be_evaluated_is_neither() -> None:
    assert lacks("AND (a > 1, b = 1)", {"a": None}) == ["never true or false"] * 2


def test_everything_has_no_phrase_to_try() -> None:
    found = suite("FILTER * ALIAS a; FILTER AND () ALIAS b", types={})
    everything = [coverage(segment, []) for segment in found.workspace.segments]
    assert [one.phrases for one in everything] == [[], []]
    assert percent(everything) == 100


def test_another_segment_is_one_phrase() -> None:
    found = suite("FILTER AND (x = 1, y = 1) ALIAS b; FILTER AND (INCLUDE b, z = 1) ALIAS a")
    predicate = found.predicate("a")
    profiles = [{"x": 1, "y": 1, "z": 1}, {"x": 1, "y": 0, "z": 1}, {"x": 1, "y": 1, "z": 0}]
    traces = [predicate.explain(profile) for profile in profiles]
    one = coverage(found.workspace.segments[1], traces)
    assert [phrase.lack for phrase in one.phrases] == ["", ""]
    assert percent([one]) == 100
    assert percent([one, coverage(found.workspace.segments[0], [])]) == 50
