"""REF002: nobody can say who is in a segment that includes itself."""

from __future__ import annotations

import pytest

from segql.linter import check_text

from .conftest import findings, told


def circle(size: int) -> str:
    return "\n".join(f"FILTER INCLUDE s{(n + 1) % size} ALIAS s{n}" for n in range(size))


def test_a_segment_that_includes_itself() -> None:
    message = "this segment includes itself"
    assert told("FILTER AND (a, INCLUDE Vip) ALIAS vip") == [("REF002", message, "Vip")]


def test_two_are_each_reported_at_the_include_that_goes_on() -> None:
    assert told("FILTER INCLUDE hen ALIAS egg; FILTER INCLUDE egg ALIAS hen") == [
        ("REF002", "a circle: egg -> hen -> egg", "hen"),
        ("REF002", "a circle: hen -> egg -> hen", "egg"),
    ]


def test_three_in_three_files() -> None:
    files = {
        "a.segql": "FILTER INCLUDE b ALIAS a",
        "b.segql": 'FILTER in_segment("c") ALIAS b',
        "c.segql": "FILTER NOT INCLUDE a ALIAS c",
    }
    assert [(path, problem.message) for path, problem in findings(files)] == [
        ("a.segql", "a circle: a -> b -> c -> a"),
        ("b.segql", "a circle: b -> c -> a -> b"),
        ("c.segql", "a circle: c -> a -> b -> c"),
    ]


def test_two_circles_apart() -> None:
    text = "FILTER INCLUDE a ALIAS a; FILTER INCLUDE c ALIAS b; FILTER INCLUDE b ALIAS c"
    assert [message for _, message, _ in told(text)] == [
        "this segment includes itself",
        "a circle: b -> c -> b",
        "a circle: c -> b -> c",
    ]


def test_two_circles_that_share_a_segment() -> None:
    text = """
        FILTER INCLUDE middle ALIAS left
        FILTER AND (INCLUDE left, INCLUDE right) ALIAS middle
        FILTER INCLUDE middle ALIAS right
    """
    assert [message for _, message, _ in told(text)] == [
        "a circle: left -> middle -> left",
        "a circle: middle -> left -> middle",
        "a circle: middle -> right -> middle",
        "a circle: right -> middle -> right",
    ]


def test_what_only_leads_to_a_circle_is_not_in_it() -> None:
    found = told("FILTER INCLUDE a ALIAS way; FILTER INCLUDE a ALIAS a")
    assert [(code, place) for code, _, place in found] == [("REF002", "a")]


def test_a_long_circle_is_told_in_short() -> None:
    found = told(circle(20))
    assert len(found) == 20
    expected = "a circle: s0 -> s1 -> s2 -> s3 -> s4 -> s5 -> s6 -> ... -> s19 -> s0"
    assert found[0][1] == expected


def test_many_that_all_include_each_other_end_soon() -> None:
    everyone = ", ".join(f"INCLUDE s{n}" for n in range(100))
    text = "\n".join(f"FILTER OR ({everyone}) ALIAS s{n}" for n in range(100))
    assert 100 <= len(check_text(text)) <= 300


@pytest.mark.parametrize(
    "text",
    [
        "FILTER INCLUDE b ALIAS a; FILTER c ALIAS b",
        "FILTER AND (INCLUDE b, INCLUDE c) ALIAS a; FILTER INCLUDE c ALIAS b; FILTER c ALIAS c",
    ],
)
def test_nothing_to_report(text: str) -> None:
    assert told(text) == []
