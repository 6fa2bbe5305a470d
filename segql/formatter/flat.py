"""A tree as text on one line: the canonical spelling of every node."""

from __future__ import annotations

from segql.formatter import spelling
from segql.syntax import nodes as n

_PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2, "%": 2}
# The server reads `a NOT IN (...)` only after a plain field; before a function it takes NOT for
# the function's own.
_NEGATED_INSIDE = frozenset(("CONTAINS", "LIKE", "IN", "INTERSECTS"))


def flat(node: n.Node) -> str:
    """The canonical text of a phrase or an operand, on one line (but for line breaks in strings).

    Raises `UnsayableError` for a tree made by hand that no text can say.
    """
    match node:
        case n.And(phrases):
            return f"AND ({_listed(phrases)})"
        case n.Or(phrases):
            return f"OR ({_listed(phrases)})"
        case n.Not(phrase):
            return negated(phrase)
        case n.Comparison(left, operator, right) | n.Membership(left, operator, right):
            return f"{flat(left)} {operator} {flat(right)}"
        case n.Between(operand, low, high):
            return f"{flat(operand)} BETWEEN {flat(low)} AND {flat(high)}"
        case n.Exists(operand):
            return f"EXISTS {_atom(operand)}"
        case n.Include(segment):
            return f"INCLUDE {included(segment.value)}"
        case n.MatchAll():
            return "*"
        case _:
            return _operand(node)


def negated(phrase: n.Phrase) -> str:
    """NOT of a phrase, where the server reads it as we do."""
    match phrase:
        case n.Comparison(n.Identifier(name), operator, right) | n.Membership(
            n.Identifier(name), operator, right
        ) if operator in _NEGATED_INSIDE:
            return f"{spelling.name(name)} NOT {operator} {flat(right)}"
        case n.Comparison(left) | n.Membership(left) | n.Between(left) if isinstance(
            left, n.Call | n.Arithmetic
        ):
            return f"NOT ({flat(phrase)})"
        case _:
            return f"NOT {flat(phrase)}"


def included(slug: str) -> str:
    """A segment's name after INCLUDE; one that no quotes can hold is written as a string."""
    try:
        return spelling.segment(slug)
    except spelling.UnsayableError:
        return spelling.string(slug)


def clause(node: n.Clause) -> str:
    """A clause on one line."""
    match node:
        case n.From(table):
            return f"FROM {spelling.segment(table.value)}"
        case n.Limit(count):
            return f"LIMIT {count}"
        case n.With(pairs):
            written = spelling.options(pairs)
            return f"WITH {', '.join(written) if written else spelling.options_json(pairs)}"
        case n.Alias(name):
            return f"ALIAS {spelling.segment(name.value)}"


def _operand(node: n.Node) -> str:
    match node:
        case n.Identifier(name):
            return spelling.name(name)
        case n.String(value):
            return spelling.string(value)
        case n.Number(text):
            return text
        case n.Boolean(value):
            return "true" if value else "false"
        case n.Null():
            return "NULL"
        case n.Call(name, arguments):
            return f"{name}({_listed(arguments)})"
        case n.Arithmetic(left, operator, right):
            # Left-associative: the right side needs parentheses already at equal rank.
            rank = _PRECEDENCE[operator]
            return f"{_term(left, rank)} {operator} {_term(right, rank + 1)}"
        case n.Array(items):
            return f"({_listed(items)})"
        case _:
            raise TypeError(f"no phrase and no operand: {node!r}")


def _term(operand: n.Operand, rank: int) -> str:
    if isinstance(operand, n.Arithmetic) and _PRECEDENCE[operand.operator] < rank:
        return f"({flat(operand)})"
    return flat(operand)


def _atom(operand: n.Operand) -> str:
    return f"({flat(operand)})" if isinstance(operand, n.Arithmetic) else flat(operand)


def _listed(items: tuple[n.Node, ...]) -> str:
    return ", ".join(flat(item) for item in items)
