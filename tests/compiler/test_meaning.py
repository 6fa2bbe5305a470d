"""Whatever is sent to the server and comes back from it, the same profiles match."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.catalog import Catalog
from segql.compiler import from_api_tree, segment_ql, to_api_tree
from segql.syntax import nodes as n
from segql.syntax.parser import parse
from segql.syntax.walk import transform, walk
from tests import filters
from tests.linter import spelled
from tests.meaning import Profile, differences

Crowd = list[dict[str, Any]]


def sent(phrase: n.Phrase) -> n.Phrase:
    """What the server reads."""
    parsed = parse(segment_ql(n.Statement(phrase)))
    assert not parsed.has_errors
    return parsed.statements[0].filter


@st.composite
def betweens(draw: st.DrawFn) -> tuple[n.Between, dict[str, Any]]:
    """A range of whole numbers or of dates, and a profile with one value that can be in it."""
    name = draw(st.sampled_from(["n", "f", "d"]))
    bounds = [n.String("2026-03-05"), n.String("now-1M"), n.String("now-7d")]
    if name != "d":
        bounds = [n.Number(text) for text in ("-1", "0", "1", "5", "9")]
    low, high = draw(st.tuples(st.sampled_from(bounds), st.sampled_from(bounds)))
    value = draw(st.sampled_from(spelled.VALUES[name]))
    return n.Between(n.Identifier(name), low, high), {name: value}


def negated_betweens(phrase: n.Phrase) -> list[n.Between]:
    nots = [node.phrase for node in walk(phrase) if isinstance(node, n.Not)]
    return [inner for inner in nots if isinstance(inner, n.Between)]


@given(filters.phrases, filters.crowds, filters.catalogs)
def test_what_is_sent(phrase: n.Phrase, crowd: Crowd, catalog: Catalog | None) -> None:
    """Of people of whom the two comparisons that are sent for NOT BETWEEN say the same."""
    negations = list(map(n.Not, negated_betweens(phrase)))
    people = [p for p in crowd if all(is_kept(negation, p, catalog) for negation in negations)]
    assert differences(phrase, sent(phrase), people, catalog) == []


def is_kept(phrase: n.Phrase, profile: Profile, catalog: Catalog | None) -> bool:
    return differences(phrase, sent(phrase), [profile], catalog) == []


@given(betweens())
def test_not_between_of_one_value(row: tuple[n.Between, dict[str, Any]]) -> None:
    between, profile = row
    assert is_kept(n.Not(between), profile, spelled.KNOWN)


@pytest.mark.parametrize("value", [-1, -1.0, "-1", -1.5, [-1], ["-1.5"], 1, "1", 2, "x", None])
def test_a_negative_number_in_a_list(value: Any) -> None:
    items = tuple(n.Number(text) for text in ("-1", "-1.5", "2"))
    phrase = n.Membership(n.Identifier("a"), "IN", n.Array(items))
    assert sent(phrase) != phrase
    assert differences(phrase, sent(phrase), [{"a": value}, {}]) == []


@given(filters.phrases, filters.crowds, filters.catalogs)
def test_what_comes_back(phrase: n.Phrase, crowd: Crowd, catalog: Catalog | None) -> None:
    worded = transform(n.Statement(phrase), _without_doubt).filter
    back = from_api_tree(to_api_tree(worded))
    assert differences(worded, back, crowd, catalog) == []


def _without_doubt(node: n.Node) -> n.Node:
    """The API's tree does not tell a text from a number that is spelled in the same way."""
    if not isinstance(node, n.String):
        return node
    again = from_api_tree(to_api_tree(n.Comparison(n.Identifier("a"), "=", node)))
    assert isinstance(again, n.Comparison)
    return again.right
