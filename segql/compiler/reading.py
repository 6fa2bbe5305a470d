"""The typed tree of what the API returns: the inverse of `to_api_tree`, where it is not lossy.

The API's tree has only strings. A value that is spelled as a number is read as a number, `true`,
`false` and `NULL` as what they say, and all else as a text; so the text `"1"` comes back as the
number 1, which the server compares as equal. A list of one and a negation folded away do not come
back at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, TypeAlias, cast

import msgspec

from segql.syntax import nodes as n
from segql_grammar.scanner import MAX_DEPTH

_NUMBER = re.compile(r"(?:0[xX][0-9a-fA-F]+|(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?)")
_CONSTANTS: Final[dict[str, n.LiteralValue]] = {
    "true": n.Boolean(True),
    "false": n.Boolean(False),
    "NULL": n.Null(),
}
_COMPARISONS: Final = ("=", "!=", ">", ">=", "<", "<=", "contains", "like")
_SAME: Final = {"==": "=", "<>": "!="}
_Kinds: TypeAlias = tuple[type[n.Node], ...]
_OPERANDS: Final[_Kinds] = (
    n.Identifier,
    n.String,
    n.Number,
    n.Boolean,
    n.Null,
    n.Call,
    n.Arithmetic,
)
_ARRAYS: Final[_Kinds] = (n.Array, n.Identifier, n.Call)
_PHRASES: Final[_Kinds] = (
    *(n.And, n.Or, n.Not, n.Comparison, n.Membership, n.Between, n.Exists, n.Include),
    *(n.Identifier, n.Call),
)


class ApiTreeError(ValueError):
    """Something that is no tree of the API."""


def from_api_tree(tree: object) -> n.Phrase:
    """Return the phrase that the API's JSON tree says.

    Raises `ApiTreeError` where it is no such tree, or nested deeper than a filter can be.
    """
    if tree == {"ident": "*"}:
        return n.MatchAll()
    node = _node(tree, MAX_DEPTH)
    if not isinstance(node, _PHRASES):
        raise ApiTreeError(f"this can be neither true nor false: {_short(tree)}")
    return cast("n.Phrase", node)


def _node(tree: Any, depth: int) -> Any:
    if depth == 0:
        raise ApiTreeError(f"the tree is nested deeper than {MAX_DEPTH} levels")
    match tree:
        case {"ident": "*"}:
            raise ApiTreeError("everything can match only as a whole filter")
        case {"ident": str(name), **rest} if not rest:
            return n.Identifier(name)
        case {"val": str(value), **rest} if not rest:
            return _value(value)
        case {"op": "expr", "args": [], **rest} if not rest:
            raise ApiTreeError('"expr" must begin with the name of a function')
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


class _Operator(msgspec.Struct, frozen=True):
    """What an operator takes, argument by argument (the last kind is that of all others)."""

    counts: tuple[int, ...] | None  # how many arguments; None: any number
    kinds: tuple[_Kinds, ...]
    make: Callable[[list[Any]], n.Node]


def _operation(name: str, arguments: list[Any], depth: int) -> n.Node:
    if name == "include":
        return _include(arguments)
    operator = _OPERATORS.get(_SAME.get(name, name))
    if operator is None:
        raise ApiTreeError(f"there is no operator {name!r}")
    if operator.counts is not None and len(arguments) not in operator.counts:
        raise ApiTreeError(f"{name!r} with {len(arguments)} arguments")
    parts = [_node(argument, depth - 1) for argument in arguments]
    for place, part in enumerate(parts):
        if not isinstance(part, operator.kinds[min(place, len(operator.kinds) - 1)]):
            raise ApiTreeError(f"{name!r} cannot take {_short(arguments[place])}")
    return operator.make(parts)


def _comparison(name: str) -> _Operator:
    operator = cast("n.ComparisonOperator", name.upper())
    return _Operator((2,), (_OPERANDS,), lambda parts: n.Comparison(parts[0], operator, parts[1]))


def _membership(name: str) -> _Operator:
    operator = cast("n.MembershipOperator", name.upper())
    kinds = (_OPERANDS, (*_ARRAYS, n.String) if name == "in" else _ARRAYS)
    return _Operator((2,), kinds, lambda parts: n.Membership(parts[0], operator, parts[1]))


def _arithmetic(name: str) -> _Operator:
    operator = cast("n.ArithmeticOperator", name)
    return _Operator((2,), (_OPERANDS,), lambda parts: n.Arithmetic(parts[0], operator, parts[1]))


def _minus(parts: list[Any]) -> n.Node:
    """A minus before a number is its sign."""
    match parts:
        case [n.Number(text)]:
            return n.Number(f"-{text}")
        case [_]:
            raise ApiTreeError("a sign before what is no number")
        case _:
            return n.Arithmetic(parts[0], "-", parts[1])


_OPERATORS: Final[dict[str, _Operator]] = {
    **{name: _comparison(name) for name in _COMPARISONS},
    **{name: _membership(name) for name in ("in", "intersects")},
    **{name: _arithmetic(name) for name in "+*/%"},
    "-": _Operator((1, 2), (_OPERANDS,), _minus),
    "and": _Operator(None, (_PHRASES,), lambda parts: n.And(tuple(parts))),
    "or": _Operator(None, (_PHRASES,), lambda parts: n.Or(tuple(parts))),
    "not": _Operator((1,), (_PHRASES,), lambda parts: n.Not(parts[0])),
    "between": _Operator((3,), (_OPERANDS,), lambda parts: n.Between(*parts)),
    "exists": _Operator((1,), (_OPERANDS,), lambda parts: n.Exists(parts[0])),
    "expr": _Operator(
        None,
        ((n.Identifier,), _OPERANDS),
        lambda parts: n.Call(parts[0].name, tuple(parts[1:])),
    ),
}


def _include(arguments: list[Any]) -> n.Include:
    match arguments:
        case [{"ident": str(slug)}] if slug and not slug.isdecimal():
            return n.Include(n.Name(slug))
        case _:
            raise ApiTreeError('"include" takes one segment, as {"ident": "slug"}')


def _short(tree: object) -> str:
    text = repr(tree)
    return text if len(text) <= 60 else f"{text[:59]}…"
