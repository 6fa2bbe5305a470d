"""Lists in lists in lists: nobody can say who matches an OR in an AND in an OR in an AND. Give the
inner part an alias of its own, and INCLUDE it; then it can be looked at, counted and used again.

Three lists in each other are fine. Counted are changes between AND and OR; an AND in an AND and a
list of one are not, for nested-list and list-of-one see to those.

Bad::

    FILTER AND (
        EXISTS email,
        OR (is_member, AND (visitct > 5, OR (country = "US", orders > 1))),
    ) ALIAS known

    FILTER OR (
        is_member,
        NOT AND (plan = "free", OR (city = "Oslo", AND (visitct > 1, orders > 1))),
    ) ALIAS worth_a_letter

Good::

    FILTER AND (EXISTS email, OR (is_member, INCLUDE regulars)) ALIAS known
    FILTER AND (visitct > 5, OR (country = "US", orders > 1)) ALIAS regulars

    FILTER AND (EXISTS email, OR (is_member, AND (visitct > 5, orders > 1))) ALIAS known
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.edits import keyword
from segql.linter.scope import Scope
from segql.syntax import nodes as n

_DEEPEST = 3  # lists in each other
_INNER = frozenset((n.And, n.Or, n.Not))  # what a list may be in


def check(statement: n.Statement, scope: Scope) -> Iterator[Diagnostic]:
    """Report each list that is too deep, but not those in it."""
    pending: list[tuple[n.Phrase, int, type[n.Node] | None]] = [(statement.filter, 0, None)]
    while pending:
        phrase, depth, kind = pending.pop()
        if isinstance(phrase, n.Not):
            pending.append((phrase.phrase, depth, None))
        elif isinstance(phrase, n.And | n.Or):
            if type(phrase) is not kind and len(phrase.phrases) > 1:
                depth, kind = depth + 1, type(phrase)
            if depth > _DEEPEST:
                yield _problem(phrase, scope)
            else:
                lists = [inner for inner in phrase.phrases if type(inner) in _INNER]
                pending.extend((inner, depth, kind) for inner in reversed(lists))


def _problem(node: n.And | n.Or, scope: Scope) -> Diagnostic:
    message = f"more than {_DEEPEST} lists in each other"
    help = "give the inner part an alias of its own, and INCLUDE it"
    return diagnostic("deep-nesting", *keyword(scope.file, node), message, help)
