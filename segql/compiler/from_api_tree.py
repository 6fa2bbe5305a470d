"""The typed tree of what the API returns: the inverse of `to_api_tree`, where it is not lossy.

The API's tree has only strings. A value that is spelled as a number is read as a number, `true`,
`false` and `NULL` as what they say, and all else as a text; so the text `"1"` comes back as the
number 1, which the server compares as equal. A list of one and a negation folded away do not come
back at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, cast

from segql.syntax import nodes as n
from segql_grammar.scanner import MAX_DEPTH

_NUMBER = re.compile(r"(?:0[xX][0-9a-fA-F]+|(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?)")
_CONSTANTS: Final[dict[str, n.LiteralValue]] = {
    "true": n.Boolean(True),
    "false": n.Boolean(False),
    "NULL": n.Null(),
}
_MEMBERSHIPS: Final = frozenset(("in", "intersects"))
_COMPARISONS: Final = {"==": "=", "<>": "!="} | {
    name.lower(): name for name in ("=", "!=", ">", ">=", "<", "<=", "CONTAINS", "LIKE")
}
_ARITHMETIC: Final = frozenset("+-*/%")


class ApiTreeError(ValueError):
    """Something that is no tree of the API."""


def from_api_tree(tree: object) -> n.Phrase:
    """Return the phrase that the API's JSON tree says.

    Raises `ApiTreeError` where it is no such tree, or nested deeper than a filter can be.
    """
    if tree == {"ident": "*"}:
        return n.MatchAll()
    return cast("n.Phrase", _node(tree, MAX_DEPTH))


def _node(tree: Any, depth: int) -> Any:
    if depth == 0:
        raise ApiTreeError(f"the tree is nested deeper than {MAX_DEPTH} levels")
    match tree:
        case {"ident": str(name), **rest} if not rest:
            return n.Identifier(name)
        case {"val": str(value), **rest} if not rest:
            return _value(value)
        case {"op": str(operator), "args": [*arguments], **rest} if not rest:
            return _operation(operator.lower(), arguments, depth)
        case {"args": [*items], **rest} if not rest:
            return n.Array(tuple(_literal(item, depth) for item in items))
        case _:
            raise ApiTreeError(f'neither "ident" nor "val" nor "op" and "args": {_short(tree)}')


def _value(text: str) -> n.LiteralValue:
    return _CONSTANTS.get(text) or (n.Number if _NUMBER.fullmatch(text) else n.String)(text)


def _literal(tree: Any, depth: int) -> n.LiteralValue:
    node = _node(tree, depth - 1)
    if isinstance(node, n.String | n.Number | n.Boolean | n.Null):
        return node
    raise ApiTreeError(f"only values can stand in a list of values: {_short(tree)}")


def _operation(operator: str, arguments: list[Any], depth: int) -> n.Node:
    if operator == "include":
        return _include(arguments)
    parts = [_node(argument, depth - 1) for argument in arguments]
    count, make = _maker(operator)
    if count is not None and len(parts) not in count:
        raise ApiTreeError(f"{operator!r} with {len(parts)} arguments")
    return make(parts)


def _maker(operator: str) -> tuple[tuple[int, ...] | None, Callable[[list[Any]], n.Node]]:
    """How many arguments an operator takes (None: any number), and what it makes of them."""
    if operator in _COMPARISONS:
        name = cast("n.ComparisonOperator", _COMPARISONS[operator])
        return (2,), lambda parts: n.Comparison(parts[0], name, parts[1])
    if operator in _MEMBERSHIPS:
        membership = cast("n.MembershipOperator", operator.upper())
        return (2,), lambda parts: n.Membership(parts[0], membership, parts[1])
    if operator == "-":
        return (1, 2), _minus
    if operator in _ARITHMETIC:
        sign = cast("n.ArithmeticOperator", operator)
        return (2,), lambda parts: n.Arithmetic(parts[0], sign, parts[1])
    if operator in _MAKERS:
        return _MAKERS[operator]
    raise ApiTreeError(f"there is no operator {operator!r}")


_MAKERS: Final[dict[str, tuple[tuple[int, ...] | None, Callable[[list[Any]], n.Node]]]] = {
    "and": (None, lambda parts: n.And(tuple(parts))),
    "or": (None, lambda parts: n.Or(tuple(parts))),
    "not": ((1,), lambda parts: n.Not(parts[0])),
    "between": ((3,), lambda parts: n.Between(*parts)),
    "exists": ((1,), lambda parts: n.Exists(parts[0])),
    "expr": (None, lambda parts: _call(parts)),
}


def _minus(parts: list[Any]) -> n.Node:
    """A minus before a number is its sign."""
    match parts:
        case [n.Number(text)]:
            return n.Number(f"-{text}")
        case [_]:
            raise ApiTreeError("a sign before what is no number")
        case _:
            return n.Arithmetic(parts[0], "-", parts[1])


def _call(parts: list[Any]) -> n.Call:
    match parts:
        case [n.Identifier(name), *arguments]:
            return n.Call(name, tuple(arguments))
        case _:
            raise ApiTreeError('"expr" must begin with the name of a function')


def _include(arguments: list[Any]) -> n.Include:
    match arguments:
        case [{"ident": str(slug)}]:
            return n.Include(n.Name(slug))
        case _:
            raise ApiTreeError('"include" takes one segment, as {"ident": "slug"}')


def _short(tree: object) -> str:
    text = repr(tree)
    return text if len(text) <= 60 else f"{text[:59]}…"
