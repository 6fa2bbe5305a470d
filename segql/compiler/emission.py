"""Rewrite a tree into what the server reads exactly as we do.

The server misreads some texts that are well formed. Each rule below replaces one such form by
another of the same meaning; what has no such form is an error.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from segql.diagnostics import Diagnostic, diagnostic
from segql.formatter import statement_text
from segql.syntax import nodes as n
from segql.syntax.walk import transform, walk

# What travels in the payload's own fields is not said again in its text.
PAYLOAD_OPTIONS = ("name", "slug_name", "description", "kind", "is_public", "tags", "table")


def portable(statement: n.Statement) -> n.Statement:
    """The statement in the subset that the server reads as we do."""
    return transform(statement, _portable_node)


def segment_ql(statement: n.Statement) -> str:
    """The canonical text the API takes, without comments and without the payload's own fields."""
    clauses = tuple(kept for clause in statement.clauses if (kept := without_payload(clause)))
    return statement_text(portable(replace(statement, clauses=clauses)))


def without_payload(clause: n.Clause) -> n.Clause | None:
    """What of a clause travels in the text alone; None where all of it is in the payload."""
    if not isinstance(clause, n.With):
        return clause
    kept = tuple(o for o in clause.options if o.key.value.lower() not in PAYLOAD_OPTIONS)
    return replace(clause, options=kept) if kept else None


def unsayable(statement: n.Statement) -> list[Diagnostic]:
    """What no text can say to the server: it would refuse or change it."""
    return [problem for node in walk(statement) for problem in unsayable_in(node)]


def unsayable_in(node: n.Node) -> Iterator[Diagnostic]:
    """What no text can say of a node itself, not of those below it."""
    if isinstance(node, n.String) and "\\" in node.value and '"' in node.value:
        yield _drops_backslashes(node)
    elif isinstance(node, n.Call):
        yield from (_negative(a) for a in node.arguments if is_negative(a))


def _portable_node(node: n.Node) -> n.Node:
    match node:
        case n.Not(n.Between() as between):  # the server loses the NOT
            return outside(between)
        case n.Membership(right=n.Array(items) as array) if any(map(is_negative, items)):
            # A number and the same number in a string compare equal.
            quoted = tuple(_quoted_negative(item) for item in items)
            return replace(node, right=replace(array, items=quoted))
        case _:
            return node


def outside(between: n.Between) -> n.Or:
    """What is not between: BETWEEN excludes its ends, and so they are outside."""
    below = n.Comparison(between.operand, "<=", between.low)
    return n.Or((below, n.Comparison(between.operand, ">=", between.high)))


def is_negative(node: n.Node) -> bool:
    """Whether a node is a number below zero."""
    return isinstance(node, n.Number) and node.text.startswith("-")


def _quoted_negative(item: n.LiteralValue) -> n.LiteralValue:
    if isinstance(item, n.Number) and item.text.startswith("-"):
        return n.String(item.text)
    return item


def _drops_backslashes(node: n.String) -> Diagnostic:
    return diagnostic(
        "unsayable-string",
        node.start,
        node.end,
        'this string has both a `"` and a backslash: the server would drop every backslash in it',
        "compare with a text that has only one of the two, or use LIKE with `?` for the other",
    )


def _negative(node: n.Node) -> Diagnostic:
    return diagnostic(
        "negative-argument",
        node.start,
        node.end,
        "the server refuses a negative number as argument of a function",
        "rewrite the phrase so that the argument is positive",
    )
