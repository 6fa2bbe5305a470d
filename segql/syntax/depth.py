"""How deep a tree is: the limit that lets every other walker be a plain recursion."""

from __future__ import annotations

from segql.diagnostics import Diagnostic, diagnostic
from segql.syntax.nodes import Node, Statement
from segql.syntax.walk import children
from segql_grammar.scanner import MAX_DEPTH


def find_too_deep(statement: Statement) -> Diagnostic | None:
    """A diagnostic at the first node that is nested too deep; None where all is well."""
    pending: list[tuple[Node, int]] = [(statement.filter, 1)]
    while pending:
        node, depth = pending.pop()
        parts = children(node)
        if parts and depth > MAX_DEPTH:
            return too_deep(node.start, node.end)
        pending.extend((part, depth + 1) for part in reversed(parts))
    return None


def too_deep(start: int, end: int) -> Diagnostic:
    """The diagnostic for a place that is nested too deep."""
    return diagnostic(
        "too-deep",
        start,
        end,
        f"this is nested more than {MAX_DEPTH} levels deep, and the server refuses that too",
        "move inner phrases into a segment of their own and INCLUDE it",
    )
