"""A tree as text on one line: the canonical spelling of every node."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from segql.formatter import spelling
from segql.syntax import nodes as n

_PRECEDENCE: Final = {"+": 1, "-": 1, "*": 2, "/": 2, "%": 2}
# The server reads `a NOT IN (...)` only after a plain field; before a function it takes NOT for
# the function's own.
_NEGATED_INSIDE: Final = frozenset(("CONTAINS", "LIKE", "IN", "INTERSECTS"))
OPENERS: Final = {n.And: "AND (", n.Or: "OR ("}


def flat(node: n.Node) -> str:
    """The canonical text of a phrase, an operand or a clause, on one line.

    Only a string may have line breaks. Raises `UnsayableError` for a tree made by hand that no
    text can say, and for one that was not read wholly.
    """
    return _WRITERS[type(node)](node)


def _group(node: n.And | n.Or) -> str:
    return f"{OPENERS[type(node)]}{_listed(node.phrases)})"


def _negation(node: n.Not) -> str:
    """NOT of a phrase, where the server reads it as we do."""
    match node.phrase:
        case n.Comparison(n.Identifier(name), operator, right) | n.Membership(
            n.Identifier(name), operator, right
        ) if operator in _NEGATED_INSIDE:
            return f"{spelling.name(name)} NOT {operator} {flat(right)}"
        case n.Comparison(left) | n.Membership(left) | n.Between(left) if isinstance(
            left, n.Call | n.Arithmetic
        ):
            return f"NOT ({flat(node.phrase)})"
        case phrase:
            return f"NOT {flat(phrase)}"


def _relation(node: n.Comparison | n.Membership) -> str:
    left, right = node.left, node.right
    return f"{_WRITERS[type(left)](left)} {node.operator} {_WRITERS[type(right)](right)}"


def _between(node: n.Between) -> str:
    return f"{flat(node.operand)} BETWEEN {flat(node.low)} AND {flat(node.high)}"


def _exists(node: n.Exists) -> str:
    text = flat(node.operand)
    return f"EXISTS ({text})" if isinstance(node.operand, n.Arithmetic) else f"EXISTS {text}"


def included(slug: str) -> str:
    """A segment's name after INCLUDE; one that no quotes can hold is written as a string."""
    try:
        return spelling.segment(slug)
    except spelling.UnsayableError:
        return spelling.string(slug)


def _call(node: n.Call) -> str:
    return f"{spelling.function(node.name)}({_listed(node.arguments)})"


def _arithmetic(node: n.Arithmetic) -> str:
    # Left-associative: the right side needs parentheses already at equal rank.
    rank = _PRECEDENCE[node.operator]
    return f"{_term(node.left, rank)} {node.operator} {_term(node.right, rank + 1)}"


def _options(node: n.With) -> str:
    written = spelling.options(node.options)
    return f"WITH {', '.join(written) if written else spelling.options_json(node.options)}"


def _bad(node: n.Bad) -> str:
    raise spelling.UnsayableError(f"this was not understood: {node.text!r}")


_WRITERS: Final[dict[type[n.Node], Callable[[Any], str]]] = {
    n.And: _group,
    n.Or: _group,
    n.Not: _negation,
    n.Comparison: _relation,
    n.Membership: _relation,
    n.Between: _between,
    n.Exists: _exists,
    n.Include: lambda node: f"INCLUDE {included(node.segment.value)}",
    n.MatchAll: lambda _: "*",
    n.Identifier: lambda node: spelling.name(node.name),
    n.String: lambda node: spelling.string(node.value),
    n.Number: lambda node: node.text,
    n.Boolean: lambda node: "true" if node.value else "false",
    n.Null: lambda _: "NULL",
    n.Call: _call,
    n.Arithmetic: _arithmetic,
    n.Array: lambda node: f"({_listed(node.items)})",
    n.From: lambda node: f"FROM {spelling.segment(node.table.value)}",
    n.Limit: lambda node: f"LIMIT {node.count}",
    n.With: _options,
    n.Alias: lambda node: f"ALIAS {spelling.segment(node.name.value)}",
    n.Bad: _bad,
}


def _term(operand: n.Operand, rank: int) -> str:
    if isinstance(operand, n.Arithmetic) and _PRECEDENCE[operand.operator] < rank:
        return f"({flat(operand)})"
    return flat(operand)


def _listed(items: tuple[n.Node, ...]) -> str:
    return ", ".join([_WRITERS[type(item)](item) for item in items])
