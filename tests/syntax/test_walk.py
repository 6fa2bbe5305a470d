"""Ways through the tree, and what editors ask of it."""

from __future__ import annotations

import pytest
from hypothesis import given

from segql.syntax.expectation import expectation_at
from segql.syntax.nodes import And, Comparison, Identifier, Node, Number, Or, Statement, said
from segql.syntax.parser import parse
from segql.syntax.walk import children, includes, transform, walk
from tests import trees


def statement(text: str) -> Statement:
    (found,) = parse(text).statements
    return found


def test_walk_goes_in_the_order_of_the_text() -> None:
    tree = statement("FILTER AND (a, OR (b, f(c)), d IN (1)) FROM user ALIAS x")
    starts = [node.start for node in walk(tree)]
    assert starts == sorted(starts)
    assert [node.name for node in walk(tree) if isinstance(node, Identifier)] == list("abcd")


@given(trees.phrases())
def test_children_are_all_nodes_that_the_fields_hold(tree: Node) -> None:
    for node in walk(tree):
        held = [getattr(node, name) for name in said(node)]
        flat = [part for value in held for part in (value if isinstance(value, tuple) else [value])]
        assert children(node) == [part for part in flat if isinstance(part, Node)]


def test_transform_rebuilds_only_what_changes() -> None:
    tree = statement("FILTER AND (OR (a, b), OR (c, d > 1))").filter
    assert isinstance(tree, And)

    def renamed(node: Node) -> Node:
        return Identifier("z") if node == Identifier("d") else node

    changed = transform(tree, renamed)
    assert changed == And(
        (
            Or((Identifier("a"), Identifier("b"))),
            Or((Identifier("c"), Comparison(Identifier("z"), ">", Number("1")))),
        )
    )
    assert isinstance(changed, And)
    assert changed.phrases[0] is tree.phrases[0]
    assert transform(tree, lambda node: node) is tree


def test_includes_are_found_in_both_forms() -> None:
    text = 'FILTER AND (INCLUDE a, NOT INCLUDE `b c`, in_segment("d"), f("e"))'
    found = list(includes(statement(text)))
    assert [name.value for name in found] == ["a", "b c", "d"]
    assert [text[name.start : name.end] for name in found] == ["a", "`b c`", '"d"']


EXPECTED = {
    "": {"FILTER", "AND", "OR", "NOT", "EXISTS", "INCLUDE"},
    "FILTER a ": {"AND", "IN", "LIKE", "IS", "FROM", "WITH", "ALIAS", "FILTER"},
    "FILTER a IS ": {"NULL", "NOT"},
    "FILTER a NOT ": set(),
    "FILTER a BETWEEN 1 ": {"AND"},
    "FILTER AND (a > 1 ": {"AND", "OR", "NOT", "EXISTS"},
    "FILTER b >; FILTER a IS N": {"NULL", "NOT"},
}


@pytest.mark.parametrize(("text", "keywords"), EXPECTED.items(), ids=list(EXPECTED))
def test_keywords_are_those_the_grammar_takes(text: str, keywords: set[str]) -> None:
    assert keywords <= set(expectation_at(text, len(text)).keywords)


@pytest.mark.parametrize(
    "text", ["FILTER a -- ", 'FILTER a = "', "FILTER a /* ", "FILTER `a ", "FILTER a ALIAS "]
)
def test_nothing_is_offered_where_anything_may_stand(text: str) -> None:
    assert expectation_at(text, len(text)).keywords == ()


def test_keywords_that_cannot_stand_are_not_offered() -> None:
    assert "EXISTS" not in expectation_at("FILTER a > 1 ", 13).keywords
    assert "FROM" not in expectation_at("FILTER ", 7).keywords
    assert "LIKE" not in expectation_at("FILTER AND (", 12).keywords


@pytest.mark.parametrize("text", ["FILTER INCLUDE ", "FILTER AND (a >, INCLUDE vi"])
def test_a_segment_is_offered_after_include(text: str) -> None:
    expected = expectation_at(text, len(text))
    assert expected.is_segment
    assert text[expected.start :] in ("", "vi")
