"""The parser reads what the reference implementation reads, and as it does."""

from __future__ import annotations

from typing import Any

import pytest

from segql.compiler import to_api_tree
from segql.formatter import format_text
from segql.syntax.nodes import And, Node, Not, Or
from segql.syntax.parser import parse
from segql.syntax.walk import children
from tests.vectors import load

Case = dict[str, Any]


def predicates(node: Node) -> int:
    """Number of leaves that are neither lists nor NOT."""
    if isinstance(node, And | Or | Not):
        return sum(map(predicates, children(node)))
    return 1


def same_operators(tree: Any) -> Any:
    """An API tree in which ``==`` is written ``=``."""
    if isinstance(tree, list):
        return [same_operators(item) for item in tree]
    if not isinstance(tree, dict):
        return tree
    changed = {key: same_operators(value) for key, value in tree.items()}
    return changed | {"op": "="} if changed.get("op") == "==" else changed


@pytest.mark.parametrize("case", load("seed_examples"), ids=lambda case: case["ql"][:40])
def test_every_example_of_the_vendor_is_read(case: Case) -> None:
    parsed = parse(case["ql"])
    assert parsed.diagnostics == ()
    assert [predicates(s.filter) for s in parsed.statements] == [case["predicates"]]


@pytest.mark.parametrize("case", load("accept"), ids=lambda case: case["id"])
def test_a_text_is_read_as_the_reference_reads_it(case: Case) -> None:
    parsed = parse(case["ql"])
    assert parsed.diagnostics == ()
    (statement,) = parsed.statements
    assert to_api_tree(statement.filter) == same_operators(case["expr"])
    assert statement.table == case["from"]
    assert statement.limit == case["limit"]
    assert (statement.options or None) == case["with"]
    assert (statement.alias and statement.alias.lower()) == case["alias"]


@pytest.mark.parametrize("case", load("accept"), ids=lambda case: case["id"])
def test_the_canonical_form_says_the_same_and_is_stable(case: Case) -> None:
    written = format_text(case["ql"])
    assert parse(written).statements == parse(case["ql"]).statements
    assert format_text(written) == written


@pytest.mark.parametrize("case", load("reject"), ids=lambda case: case["ql"][:40])
def test_a_mistake_is_one_error_at_its_place(case: Case) -> None:
    parsed = parse(case["ql"])
    places = [parsed.source.position(problem.span.start) for problem in parsed.diagnostics]
    assert places == [(case["line"], case["column"])]
    (problem,) = parsed.diagnostics
    assert problem.severity == "error"
    assert problem.message
    assert problem.help
