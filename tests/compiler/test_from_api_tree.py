"""The API's tree read back: the same phrase where the form is not lossy, else the same tree."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from segql.compiler import ApiTreeError, from_api_tree, to_api_tree
from segql.syntax import nodes as n
from segql.syntax.parser import parse
from tests import trees
from tests.vectors import load


@given(trees.phrases(trees.words, shortest_list=2))
def test_what_loses_nothing_comes_back(phrase: n.Phrase) -> None:
    assert from_api_tree(to_api_tree(phrase)) == phrase


@given(trees.phrases())
def test_what_comes_back_is_the_same_for_the_api(phrase: n.Phrase) -> None:
    tree = to_api_tree(phrase)
    assert to_api_tree(from_api_tree(tree)) == tree


@pytest.mark.parametrize("case", load("accept"), ids=lambda case: case["id"])
def test_the_trees_of_the_reference_are_read(case: dict[str, Any]) -> None:
    (statement,) = parse(case["ql"]).statements
    assert to_api_tree(from_api_tree(case["expr"])) == to_api_tree(statement.filter)


def test_everything_matches() -> None:
    assert from_api_tree({"ident": "*"}) == n.MatchAll()


@pytest.mark.parametrize(
    ("value", "node"),
    [
        ("1", n.Number("1")),
        ("1.50", n.Number("1.50")),
        ("0x1F", n.Number("0x1F")),
        ("007", n.String("007")),
        (".5", n.String(".5")),
        ("1e5", n.Number("1e5")),
        ("true", n.Boolean(True)),
        ("True", n.String("True")),
        ("NULL", n.Null()),
        ("", n.String("")),
    ],
)
def test_a_value_is_what_it_is_spelled_as(value: str, node: n.LiteralValue) -> None:
    tree = {"op": "=", "args": [{"ident": "a"}, {"val": value}]}
    assert from_api_tree(tree) == n.Comparison(n.Identifier("a"), "=", node)


@pytest.mark.parametrize(
    ("tree", "message"),
    [
        (None, "neither"),
        ([], "neither"),
        ({}, "neither"),
        ({"ident": 1}, "neither"),
        ({"ident": "a", "val": "b"}, "neither"),
        ({"op": "like"}, "neither"),
        ({"op": "ilike", "args": []}, "there is no operator 'ilike'"),
        ({"op": "=", "args": [{"ident": "a"}]}, "'=' with 1 arguments"),
        ({"op": "between", "args": []}, "'between' with 0 arguments"),
        ({"op": "-", "args": [{"ident": "a"}]}, "a sign before what is no number"),
        ({"op": "expr", "args": [{"val": "len"}]}, "must begin with the name of a function"),
        ({"op": "expr", "args": []}, "must begin with the name of a function"),
        ({"op": "include", "args": [{"val": "vip"}]}, "takes one segment"),
        ({"op": "in", "args": [{"ident": "a"}, {"args": [{"ident": "b"}]}]}, "only values"),
    ],
)
def test_what_is_no_tree_is_refused(tree: object, message: str) -> None:
    with pytest.raises(ApiTreeError, match=message):
        from_api_tree(tree)


def test_a_tree_that_is_too_deep_is_refused() -> None:
    tree: dict[str, Any] = {"ident": "a"}
    for _ in range(100_000):
        tree = {"op": "not", "args": [tree]}
    with pytest.raises(ApiTreeError, match="nested deeper than 200 levels"):
        from_api_tree(tree)
    while "args" in tree:  # else freeing it would go as deep
        (tree,) = tree.pop("args")
