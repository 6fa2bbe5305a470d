"""A segment that begins at a fixed date grows from day to day: in a year `created > "2026-01-01"`
are no longer the new customers. Date math such as `"now-30d"` moves along.

There is no fix: how long the window should be is not written anywhere. Where today's date is known,
the help says which date math comes to the same today.

Reported is a date in the past after `>` or `>=`, unless the same AND has a later bound that is
fixed as well: both together are a time that is over, as a campaign is. A date to come, `<` and a
phrase under NOT are not reported. Ignore it where the beginning is meant, such as the day on which
a contract changed.

Bad::

    FILTER created > "2026-01-01" ALIAS new_customers

    FILTER AND (EXISTS email, lastvisit_ts >= "2026-05-01T00:00:00Z") ALIAS active

Good::

    FILTER created > "now-165d" ALIAS new_customers

    FILTER AND (created >= "2026-03-01", created < "2026-04-01") ALIAS joined_in_march
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.comparisons import ORDER
from segql.linter.scope import Scope
from segql.linter.windows import Bound, bounds_of, windows
from segql.syntax import nodes as n


def check(statement: n.Statement, scope: Scope) -> Iterator[Diagnostic]:
    """Report each window that begins at a fixed date and has no end."""
    ordered = [node for node in scope.all(n.Comparison) if node.operator in ORDER]
    bounds = (bound for node in ordered for bound in bounds_of(node, scope))
    begun = [bound for bound in bounds if _begins(bound, scope)]
    left_out = _left_out(scope) if begun else frozenset[int]()
    for bound in begun:
        if id(bound.phrase) not in left_out:
            yield _problem(bound, scope)


def _left_out(scope: Scope) -> frozenset[int]:
    """The phrases below a NOT, and those of a window that has an end."""
    found: set[int] = set()
    for node in scope.nodes:
        if isinstance(node, n.Not):
            found.add(id(node.phrase))
        elif isinstance(node, n.And):
            found |= _phrases_with_end(node, scope)
    return frozenset(found)


def _phrases_with_end(node: n.And, scope: Scope) -> set[int]:
    return {
        id(bound.phrase)
        for bounds in windows(node, scope)
        if any(bound.day and not bound.is_lower for bound in bounds)
        for bound in bounds
    }


def _begins(bound: Bound, scope: Scope) -> bool:
    day = bound.day if bound.is_lower else None
    return day is not None and day <= (scope.settings.today or day)


def _problem(bound: Bound, scope: Scope) -> Diagnostic:
    start, end = bound.value.start, bound.value.end
    message = "this window begins at a fixed date and grows from day to day"
    return diagnostic("fixed-date", start, end, message, _help(bound, scope.settings.today))


def _help(bound: Bound, today: str) -> str:
    from datetime import date

    try:
        days = (date.fromisoformat(today) - date.fromisoformat(bound.day or "")).days
    except ValueError:
        return 'write date math, such as "now-30d", if the window should move along'
    return f'write date math if the window should move along: today "now-{days}d" is the same'
