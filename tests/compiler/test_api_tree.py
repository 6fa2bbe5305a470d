"""The tree as the API returns it. The conformance vectors hold hundreds more."""

from __future__ import annotations

import pytest

import segql

A = {"ident": "a"}
TREES = {
    "a > 1": {"op": ">", "args": [A, {"val": "1"}]},
    "a > -1": {"op": ">", "args": [A, {"op": "-", "args": [{"val": "1"}]}]},
    'a IN ("x", 2)': {"op": "in", "args": [A, {"args": [{"val": "x"}, {"val": "2"}]}]},
    "NOT a": {"op": "not", "args": [A]},
    "AND (a)": A,
    "AND ()": {"op": "and", "args": []},
    "f(a, 5)": {"op": "expr", "args": [{"ident": "f"}, A, {"val": "5"}]},
    "INCLUDE a": {"op": "include", "args": [A]},
    "*": {"ident": "*"},
    "a = NULL": {"op": "=", "args": [A, {"val": "NULL"}]},
    "a != TRUE": {"op": "!=", "args": [A, {"val": "true"}]},
    "a + 1 > 2": {"op": ">", "args": [{"op": "+", "args": [A, {"val": "1"}]}, {"val": "2"}]},
    "counts.`Web hit` > 1.50": {"op": ">", "args": [{"ident": "counts.Web hit"}, {"val": "1.50"}]},
}


@pytest.mark.parametrize(("text", "tree"), TREES.items(), ids=list(TREES))
def test_tree(text: str, tree: dict[str, object]) -> None:
    (statement,) = segql.parse(text).statements
    assert segql.to_api_tree(statement.filter) == tree
