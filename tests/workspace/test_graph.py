"""Who includes whom: circles, and the order of creation."""

from __future__ import annotations

import pytest

from segql.syntax.parser import parse
from segql.workspace import Workspace, cycles, in_include_order, include_graph


def workspace(*texts: str) -> Workspace:
    return Workspace(parse(text, f"{index}.segql") for index, text in enumerate(texts))


def graph(text: str) -> dict[str, list[str]]:
    """`a: b c` says that a includes b and c."""
    rows = (line.split(":") for line in text.split(";"))
    return {slug.strip(): targets.split() for slug, targets in rows}


def test_the_graph_holds_what_the_workspace_has() -> None:
    around = workspace(
        'FILTER AND (INCLUDE B, in_segment("c"), INCLUDE elsewhere, INCLUDE b) ALIAS a',
        "FILTER x ALIAS b; FILTER x ALIAS C",
    )
    assert include_graph(around.by_slug) == {"a": ["b", "c"], "b": [], "c": []}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:; b: a; c: a b", []),
        ("a: a", [["a"]]),
        ("a: b; b: a", [["a", "b"]]),
        ("a: b; b: c; c: a", [["a", "b", "c"]]),
        ("a: b; b: a; c: d; d: c", [["a", "b"], ["c", "d"]]),
        ("way: in; in: a; a: b; b: a out; out:", [["a", "b"]]),
        ("a: b; b: a c; c: b", [["a", "b"], ["c", "b"]]),
        ("a: a b; b: a", [["a"], ["b", "a"]]),
    ],
    ids=["none", "self", "two", "three", "apart", "on the way", "shared", "self and two"],
)
def test_circles(text: str, expected: list[list[str]]) -> None:
    assert cycles(graph(text)) == expected


def test_many_segments_that_all_include_each_other() -> None:
    slugs = [f"s{number}" for number in range(300)]
    found = cycles({slug: [other for other in slugs if other != slug] for slug in slugs})
    assert {slug for circle in found for slug in circle} == set(slugs)
    assert len(found) <= len(slugs)


def test_a_long_chain_is_no_recursion() -> None:
    chain = {f"s{n}": [f"s{n + 1}"] for n in range(20_000)} | {"s20000": []}
    assert cycles(chain) == []
    assert cycles(chain | {"s20000": ["s0"]}) == [[f"s{n}" for n in range(20_001)]]


def test_what_is_included_comes_first() -> None:
    around = workspace("FILTER INCLUDE b ALIAS a; FILTER INCLUDE c ALIAS b; FILTER x ALIAS c")
    assert [segment.slug for segment in in_include_order(around.segments)] == ["c", "b", "a"]


def test_otherwise_the_order_is_kept() -> None:
    around = workspace("FILTER x ALIAS b; FILTER x ALIAS a; FILTER INCLUDE d ALIAS c", "FILTER x")
    assert [segment.slug for segment in in_include_order(around.segments)] == ["b", "a", "c", None]


def test_a_circle_is_put_in_some_order() -> None:
    around = workspace("FILTER INCLUDE b ALIAS a; FILTER INCLUDE a ALIAS b")
    assert {segment.slug for segment in in_include_order(around.segments)} == {"a", "b"}
