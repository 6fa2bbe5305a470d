"""The API's tree read back: the same phrase where the form is not lossy, else the same tree."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.compiler import ApiTreeError, from_api_tree, to_api_tree
from segql.formatter import UnsayableError, statement_text
from segql.syntax import nodes as n
from segql.syntax.parser import parse
from segql.syntax.walk import walk
from tests import trees
from tests.vectors import load


def can_be_told(phrase: n.Phrase) -> bool:
    """Whether a tree of the API keeps it: a field named `*` looks like the filter that is `*`."""
    return not any(isinstance(node, n.Identifier) and node.name == "*" for node in walk(phrase))


def test_a_field_named_as_the_filter_for_everybody() -> None:
    (statement,) = parse("FILTER AND (a, `*`)").statements
    with pytest.raises(ApiTreeError, match="only as a whole filter"):
        from_api_tree(to_api_tree(statement.filter))


@given(trees.phrases(trees.words, shortest_list=2).filter(can_be_told))
def test_what_loses_nothing_comes_back(phrase: n.Phrase) -> None:
    assert from_api_tree(to_api_tree(phrase)) == phrase


@given(trees.phrases().filter(can_be_told))
def test_what_comes_back_is_the_same_for_the_api(phrase: n.Phrase) -> None:
    tree = to_api_tree(phrase)
    assert to_api_tree(from_api_tree(tree)) == tree


@pytest.mark.parametrize("case", load("accept"), ids=lambda case: case["id"])
def test_the_trees_of_the_reference_are_read(case: dict[str, Any]) -> None:
    (statement,) = parse(case["ql"]).statements
    assert to_api_tree(from_api_tree(case["expr"])) == to_api_tree(statement.filter)


NAMES = ["a", "b c", "", "*", "and", "x.y"]
VALUES = ["1", "x", "", "NULL", "007", '"']
OPERATORS = [
    *("=", "==", ">", "like", "in", "intersects", "and", "or", "not", "between", "exists"),
    *("expr", "-", "+", "include", "ilike"),
]
json_trees = st.recursive(
    st.one_of(
        st.builds(lambda name: {"ident": name}, st.sampled_from(NAMES)),
        st.builds(lambda value: {"val": value}, st.sampled_from(VALUES)),
    ),
    lambda inner: st.one_of(
        st.builds(
            lambda name, arguments: {"op": name, "args": arguments},
            st.sampled_from(OPERATORS),
            st.lists(inner, max_size=3),
        ),
        st.builds(lambda items: {"args": items}, st.lists(inner, max_size=3)),
    ),
    max_leaves=8,
)


@given(json_trees)
def test_any_json_is_refused_or_can_be_said(tree: object) -> None:
    try:
        phrase = from_api_tree(tree)
        text = statement_text(n.Statement(phrase))
    except (ApiTreeError, UnsayableError):
        return
    parsed = parse(text)
    assert parsed.diagnostics == ()
    assert [statement.filter for statement in parsed.statements] == [phrase]


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
        ({"op": "expr", "args": [{"val": "len"}]}, "'expr' cannot take {'val': 'len'}"),
        ({"op": "and", "args": [{"val": "1"}]}, "'and' cannot take {'val': '1'}"),
        ({"op": "=", "args": [{"ident": "a"}, {"args": []}]}, "'=' cannot take {'args': \\[\\]}"),
        ({"val": "1"}, "neither true nor false"),
        ({"op": "+", "args": [{"ident": "a"}, {"ident": "b"}]}, "neither true nor false"),
        ({"op": "not", "args": [{"ident": "*"}]}, "as a whole filter"),
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
