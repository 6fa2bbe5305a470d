"""Segments with one small mistake each: cases that are worth something find it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from msgspec.structs import replace

from segql.cases.near import near_number
from segql.catalog.dates import parse_date_math
from segql.formatter.brief import brief
from segql.syntax import nodes as n
from segql.syntax.walk import transform, walk


class Mutant(NamedTuple):
    """A statement with another phrase in the place of one."""

    statement: n.Statement
    phrase: n.Node
    other: n.Node
    change: str


# Each operator, and those that are written by mistake for it.
_OPERATORS: dict[str, tuple[n.ComparisonOperator, ...]] = {
    ">": (">=", "<"),
    ">=": (">", "<="),
    "<": ("<=", ">"),
    "<=": ("<", ">="),
    "=": ("!=",),
    "!=": ("=",),
}
_UNITS = {"m": "M", "M": "m", "d": "h", "h": "d", "w": "d", "y": "M", "s": "m"}
_MOST_ITEMS = 20  # of an array, of which each is left out once
_LEAVES = (n.Comparison, n.Membership, n.Between, n.Exists, n.Include, n.Call, n.Identifier)


def mutants(statement: n.Statement) -> Iterator[Mutant]:
    """All statements that differ in one operator, bound, unit, NOT, list or phrase."""
    phrases = [*walk(statement.filter, whole=_LEAVES)]
    negated = {id(node.phrase) for node in phrases if isinstance(node, n.Not)}
    for node in phrases:
        for other, change in _changes(node, id(node) in negated):
            yield Mutant(_with(statement, node, other), node, other, change)


def _changes(node: n.Node, is_negated: bool) -> Iterator[tuple[n.Node, str]]:
    """What may stand in the place of a phrase, and how to say so."""
    text = brief(node)
    for other, change in _others(node):
        yield other, f"{text}: {change}"
    if isinstance(node, n.Not):
        yield node.phrase, f"{text} lost its NOT"
    elif isinstance(node, _LEAVES) and not is_negated:
        yield n.Not(node), f"{text} was negated"  # pyright: ignore[reportArgumentType]
    if isinstance(node, n.And | n.Or) and len(node.phrases) > 1:
        is_and = isinstance(node, n.And)
        other, change = (n.Or, "AND became OR") if is_and else (n.And, "OR became AND")
        yield other(node.phrases), change
        for place, phrase in enumerate(node.phrases):
            rest = (*node.phrases[:place], *node.phrases[place + 1 :])
            yield replace(node, phrases=rest), f"{brief(phrase)} was dropped"


def _others(node: n.Node) -> Iterator[tuple[n.Node, str]]:
    match node:
        case n.Comparison(_, operator, right):
            for other in _OPERATORS.get(operator, ()):
                yield replace(node, operator=other), f"{operator} became {other}"
            for bound in _bounds(right):
                yield replace(node, right=bound), _became(right, bound)
        case n.Between(_, low, high):
            for bound in _bounds(low):
                yield replace(node, low=bound), _became(low, bound)
            for bound in _bounds(high):
                yield replace(node, high=bound), _became(high, bound)
        case n.Membership(_, _, n.Array(items)) if len(items) > 1:
            for place, item in enumerate(items[:_MOST_ITEMS]):
                rest = n.Array((*items[:place], *items[place + 1 :]))
                yield replace(node, right=rest), f"{brief(item)} was left out"
        case _:
            return


def _became(bound: n.Node, other: n.Node) -> str:
    return f"{brief(bound)} became {brief(other)}"


def _bounds(bound: n.Node) -> Iterator[Any]:
    """The next number on both sides; date math of one more, and of another unit."""
    match bound:
        case n.Number(text):
            for number in near_number(text, None)[1:3]:
                yield n.Number(f"{number}")
        case n.String(value) if math := parse_date_math(value):
            sign = "+" if math.sign > 0 else "-"
            yield n.String(f"now{sign}{math.count + 1}{math.unit}")
            yield n.String(f"now{sign}{math.count}{_UNITS[math.unit]}")
        case _:
            return


def _with(statement: n.Statement, node: n.Node, other: n.Node) -> n.Statement:
    return transform(statement, lambda each: other if each is node else each)
