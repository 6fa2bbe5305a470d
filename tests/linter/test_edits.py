"""Fixes of phrases and lists: commas, lines, comments and infix forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.diagnostics import Edit, Fix
from segql.linter.edits import (
    behind,
    in_place,
    is_list,
    is_negated_inside,
    keyword,
    without_item,
    without_phrase,
)
from segql.linter.fixing import mended
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile, parse
from segql.syntax.walk import walk

from .spelled import phrases, texts


def read(marked: str) -> tuple[ParsedFile, int, int]:
    """A text and the place in it that is marked by «»."""
    start, end = marked.index("«"), marked.index("»") - 1
    file = parse(marked.replace("«", "").replace("»", ""))
    assert not file.has_errors
    return file, start, end


def changed(file: ParsedFile, edit: Edit | None) -> str | None:
    return mended(file.source.text, [Fix("safe", "", (edit,))]) if edit else None


def lists(file: ParsedFile) -> list[n.And | n.Or | n.Array]:
    found = walk(file.statements[0].filter)
    return [node for node in found if isinstance(node, n.And | n.Or | n.Array)]


# the item to take out in angle brackets -> what is left
WITHOUT = [
    ("FILTER AND («a», b, c)", "FILTER AND (b, c)"),
    ("FILTER AND (a, «b», c)", "FILTER AND (a, c)"),
    ("FILTER AND (a, b, «c»)", "FILTER AND (a, b)"),
    ("FILTER AND (a, b, «c»,)", "FILTER AND (a, b,)"),
    ("FILTER AND (, a,, «b»,, c)", "FILTER AND (, a,, c)"),
    ("FILTER AND (\n  a,\n  «b»,\n  c,\n)", "FILTER AND (\n  a,\n  c,\n)"),
    ("FILTER AND (\n  «a»,\n  b,\n  c\n)", "FILTER AND (\n  b,\n  c\n)"),
    ("FILTER AND (\n  a,\n  b,\n  «c»,\n)", "FILTER AND (\n  a,\n  b,\n)"),
    ("FILTER AND (\n  a\n  «b»\n  c\n)", "FILTER AND (\n  a\n  c\n)"),
    ("FILTER AND (EXISTS a «EXISTS b» EXISTS c)", "FILTER AND (EXISTS a EXISTS c)"),
    ("FILTER AND (a «b», AND (c))", "FILTER AND (a, AND (c))"),
    ("FILTER AND (a «b»\nAND (c))", "FILTER AND (a\nAND (c))"),
    ("FILTER AND (a\n«b», AND (c))", "FILTER AND (a, AND (c))"),
    ("FILTER AND ((a), («b»), c)", "FILTER AND ((a), c)"),
    ("FILTER AND (( ( «a» ) ), (b), c)", "FILTER AND ((b), c)"),
    ("FILTER AND («(a = 1)», (b), c)", "FILTER AND ((b), c)"),
    ("FILTER a AND «b» AND c", "FILTER a AND c"),
    ("FILTER «a» && b && c", "FILTER b && c"),
    ("FILTER (a OR b OR («c»)) AND d", "FILTER (a OR b) AND d"),
    ("FILTER AND (x\n«a» AND b AND c)", None),  # x and b might become one phrase
    ("FILTER x IN (1, «2», 3)", "FILTER x IN (1, 3)"),
    ("FILTER x IN («1», 2)", "FILTER x IN (2)"),
    ("FILTER x IN [\n  1,\n  «2»\n]", "FILTER x IN [\n  1\n]"),
    ("FILTER AND (a, -- first\n  «b», c)", None),
    ("FILTER AND (a, «b», -- second\n  c)", None),
    ("FILTER AND (a, b, /* third */ «c»)", None),
    ("FILTER AND (/* first */ «a», b, c)", None),
    ("FILTER AND (a, b, «c» -- third\n)", None),
    ("FILTER AND («(a /* first */ = 1)», b, c)", None),
    ("FILTER AND (a, «b», c -- third\n)", "FILTER AND (a, c -- third\n)"),
]


@pytest.mark.parametrize(("marked", "left"), WITHOUT)
def test_one_item_less(marked: str, left: str | None) -> None:
    file, start, end = read(marked)
    rows = [
        (node, items, index)
        for node in lists(file)
        for items in [node.items if isinstance(node, n.Array) else node.phrases]
        for index, item in enumerate(items)
        if (item.start, item.end) == (start, end)
    ]
    ((node, items, index),) = rows
    assert changed(file, without_item(file, node, items, index)) == left
    assert left is None or not parse(left).has_errors


def expected(tree: n.Phrase, node: n.And | n.Or, index: int) -> n.Phrase:
    """The tree without one phrase of one list, which is found by identity."""
    if tree is node:
        left = (*node.phrases[:index], *node.phrases[index + 1 :])
        return left[0] if len(left) == 1 else type(node)(left)
    match tree:
        case n.And(parts) | n.Or(parts):
            return type(tree)(tuple(expected(part, node, index) for part in parts))
        case n.Not(inner):
            return n.Not(expected(inner, node, index))
        case _:
            return tree


@given(texts(), st.data())
def test_the_rest_of_the_tree_stays(row: tuple[str, n.Phrase], data: st.DataObject) -> None:
    file = parse(row[0])
    tree = file.statements[0].filter
    assert tree == row[1]
    long = [node for node in lists(file) if isinstance(node, n.And | n.Or)]
    for node in long:
        if len(node.phrases) > 1:
            index = data.draw(st.integers(0, len(node.phrases) - 1))
            text = changed(file, without_phrase(file, node, index))
            if text is not None:
                after = parse(text)
                assert not after.has_errors
                assert after.statements[0].filter == expected(tree, node, index)


@given(texts(), phrases, st.data())
def test_a_phrase_in_the_place_of_another(
    row: tuple[str, n.Phrase], new: n.Phrase, data: st.DataObject
) -> None:
    file = parse(row[0])
    tree = file.statements[0].filter
    old = data.draw(st.sampled_from(_places(file, tree)))
    text = changed(file, in_place(file, old, new))
    if text is None:
        # The server would lose a NOT before it.
        assert any(isinstance(node, n.Between) for node in walk(new))
        return
    after = parse(text)
    assert not after.has_errors
    assert after.statements[0].filter == _with(tree, old, new)


def _places(file: ParsedFile, tree: n.Phrase) -> list[n.Phrase]:
    """What another phrase can be written for: not a phrase with NOT in it, as `a NOT IN (1)`."""
    match tree:
        case n.And(parts) | n.Or(parts):
            return [tree, *(place for part in parts for place in _places(file, part))]
        case n.Not(n.Comparison() | n.Membership() as inner) if is_negated_inside(file, inner):
            return [tree]
        case n.Not(inner):
            return [tree, *_places(file, inner)]
        case _:
            return [tree]


def _with(tree: n.Phrase, old: n.Phrase, new: n.Phrase) -> n.Phrase:
    if tree is old:
        return new
    match tree:
        case n.And(parts) | n.Or(parts):
            return type(tree)(tuple(_with(part, old, new) for part in parts))
        case n.Not(inner):
            return n.Not(_with(inner, old, new))
        case _:
            return tree


# the phrase that `x IN (1)` is to replace in angle brackets -> the text with it
PLACES = [
    ("FILTER «a» ALIAS b", "FILTER x IN (1) ALIAS b"),
    ("«a» ALIAS b", "x IN (1) ALIAS b"),
    ("FILTER c ALIAS d; «a»", "FILTER c ALIAS d; x IN (1)"),
    ("FILTER NOT «a»", "FILTER NOT (x IN (1))"),
    ("FILTER NOT«(a = 1)»", "FILTER NOT(x IN (1))"),
    ("FILTER AND («a», b)", "FILTER AND (x IN (1), b)"),
    ("FILTER AND («a»\nb)", "FILTER AND (x IN (1)\nb)"),
    ("FILTER AND (b\n«a»)", "FILTER AND (b\nx IN (1))"),
    ("FILTER AND (EXISTS b «EXISTS a» c)", "FILTER AND (EXISTS b , x IN (1), c)"),
    ("FILTER «a» AND b", "FILTER (x IN (1)) AND b"),
    ("FILTER b || «a» -- why", "FILTER b || (x IN (1)) -- why"),
    ("FILTER AND («a» -- why\n, b)", "FILTER AND (x IN (1) -- why\n, b)"),
    ("FILTER AND (b.filter\n/**/ «a»)", "FILTER AND (b.filter\n/**/ , x IN (1))"),
]


@pytest.mark.parametrize(("marked", "left"), PLACES)
def test_nothing_runs_into_its_neighbour(marked: str, left: str) -> None:
    file, start, end = read(marked)
    new = n.Membership(n.Identifier("x"), "IN", n.Array((n.Number("1"),)))
    filters = [statement.filter for statement in file.statements]
    (old,) = [p for f in filters for p in _places(file, f) if (p.start, p.end) == (start, end)]
    assert changed(file, in_place(file, old, new)) == left
    assert not parse(left).has_errors


def test_no_comment_is_lost() -> None:
    file = parse("FILTER AND (/* why */ (a = 1))")
    node = file.statements[0].filter
    assert isinstance(node, n.And)
    assert in_place(file, node, node.phrases[0]) is None
    file = parse("FILTER AND (a = /* why */ 1)")
    node = file.statements[0].filter
    assert isinstance(node, n.And)
    assert changed(file, in_place(file, node, node.phrases[0])) == "FILTER a = /* why */ 1"


@pytest.mark.parametrize(
    ("text", "word", "is_one"),
    [
        ("FILTER and (a, b)", "and", True),
        ("FILTER ( OR (a, b))", "OR", True),
        ("FILTER a AND b", "a AND b", False),
        ("FILTER AND (a) AND b", "AND (a) AND b", False),
        ("FILTER (a OR b)", "(a OR b)", False),
        ("FILTER AND ()", "AND", True),
    ],
)
def test_the_word_of_a_list(text: str, word: str, is_one: bool) -> None:
    file = parse(text)
    node = file.statements[0].filter
    assert isinstance(node, n.And | n.Or)
    start, end = keyword(file, node)
    assert text[start:end] == word
    assert is_list(file, node) == is_one


def test_what_stands_behind() -> None:
    file = parse("FILTER a -- why\n /* so */ AND b")
    assert behind(file, 8).startswith("AND b")
    assert behind(file, len(file.source.text)) == ""
