"""A filter as a tree of tests, one a phrase, made once and run on many profiles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from segql.evaluator import asking
from segql.evaluator import conditions as c
from segql.evaluator.asking import Test, Wanted, all_of, always, any_of, not_of
from segql.evaluator.operands import Operand, Scope, operand
from segql.syntax import nodes as n
from segql.syntax.depth import find_too_deep
from segql.syntax.walk import children, walk

# A test calls those below it. What INCLUDE names is below as well: without limits a chain of
# segments could be deeper than Python's stack, and one where each names the last twice endless.
_DEEPEST = 300
_LARGEST = 100_000
_ORDERS = frozenset((">", ">=", "<", "<="))


class Step(NamedTuple):
    """A phrase, its test and what it is made of. Of INCLUDE the other segment is a part."""

    phrase: n.Node
    test: Test
    parts: tuple[Step, ...] = ()
    operands: tuple[Operand, ...] = ()
    is_odd: bool = False  # whether its answer can be `ODD`
    depth: int = 1  # levels
    size: int = 1  # phrases
    problem: str = ""  # why it can never be told


def step(phrase: n.Node, scope: Scope, segments: Mapping[str, Step]) -> Step:
    """Compile a phrase. ``segments`` are those that its INCLUDEs name, all of them."""
    if _is_too_deep(phrase):
        return untold(phrase, "it is nested too deep")
    made: dict[int, Step] = {}  # by the identity of the node
    # Backwards, what is below a node comes before it: no recursion.
    for node in reversed([*walk(phrase, whole=_LEAVES)]):
        if node.__class__ in _GROUPS:
            parts = tuple(made[id(part)] for part in children(node))
            made[id(node)] = _group(node, parts)
        else:
            made[id(node)] = _leaf(node, scope, segments)
    return made[id(phrase)]


def untold(phrase: n.Node, problem: str) -> Step:
    """What cannot be evaluated, whatever the profile."""
    return Step(phrase, always(None), problem=problem)


def alone(found: Step) -> Test:
    """The test of a whole filter."""
    return asking.alone(found.test) if found.is_odd else found.test


def _is_too_deep(phrase: n.Node) -> bool:
    return find_too_deep(n.Statement(phrase)) is not None  # pyright: ignore[reportArgumentType]


def _group(node: n.Node, parts: tuple[Step, ...]) -> Step:
    depth = 1 + max((part.depth for part in parts), default=0)
    size = 1 + sum(part.size for part in parts)
    if depth > _DEEPEST or size > _LARGEST:
        return untold(node, "it includes too many segments within each other")
    if len(parts) == 1 and node.__class__ is not n.Not:
        return parts[0]._replace(phrase=node, parts=parts, operands=(), depth=depth, size=size)
    test = _GROUPS[type(node)]([*map(_wanted, parts)])
    return Step(node, test, parts, depth=depth, size=size)


def _wanted(part: Step) -> Wanted:
    answer = True
    while part.phrase.__class__ is n.Not and part.parts:
        (part,) = part.parts
        answer = not answer
    return Wanted(part.test, answer, part.is_odd)


_GROUPS: dict[type[n.Node], Callable[[list[Wanted]], Test]] = {
    n.And: all_of,
    n.Or: any_of,
    n.Not: lambda parts: not_of(*parts),
}


def _leaf(node: n.Node, scope: Scope, segments: Mapping[str, Step]) -> Step:
    match node:
        case n.Bad():
            return untold(node, "it was not understood")
        case n.MatchAll() | n.Identifier("match_all"):
            return Step(node, always(True))
        case n.Include(n.Name(slug)) | n.Call("in_segment", (n.String(slug),)):
            return _included(node, segments[slug])
        case n.Comparison(left, _, right):
            return _comparison(node, operand(left, scope), operand(right, scope), scope)
        case n.Membership(left, _, right):
            first = operand(left, scope)
            second = None if isinstance(right, n.Array) else operand(right, scope)
            test = c.membership(node, first, second, scope)
            return Step(node, test, operands=(first, second) if second else (first,))
        case n.Between(value, low, high):
            ends = operand(value, scope), operand(low, scope), operand(high, scope)
            return Step(node, c.between_test(ends, scope), operands=ends)
        case n.Exists(value):
            found = operand(value, scope)
            return Step(node, c.existence(found), operands=(found,))
        case _:
            found = operand(node, scope)
            return Step(node, c.bare(found), operands=(found,), is_odd=True)


def _comparison(node: n.Comparison, left: Operand, right: Operand, scope: Scope) -> Step:
    has_number = isinstance(node.left, n.Number) or isinstance(node.right, n.Number)
    is_odd = node.operator in _ORDERS and not has_number
    test = c.comparison(node, left, right, scope)
    return Step(node, test, operands=(left, right), is_odd=is_odd)


def _included(node: n.Node, segment: Step) -> Step:
    if segment.problem and not segment.parts:
        return untold(node, segment.problem)
    if segment.depth >= _DEEPEST or segment.size >= _LARGEST:
        return untold(node, "it includes too many segments within each other")
    depth, size = segment.depth + 1, segment.size + 1
    test = alone(segment)
    return Step(node, test, (segment,), depth=depth, size=size, problem=segment.problem)


_LEAVES = frozenset(
    (n.Comparison, n.Membership, n.Between, n.Exists, n.Include, n.Call, n.Arithmetic, n.Array)
)
