"""A window with a fixed end that is past: nobody can come into the segment any more. A campaign
that is over may be taken out, or its dates were to be put forward.

There is no fix. Reported is a field with a fixed date below and above in one AND, or in BETWEEN,
where the later one lies before today. It is off by default, for what is past depends on the day on
which one looks. Ignore it where the segment tells of the past on purpose.

Bad::

    FILTER AND (created >= "2026-03-01", created < "2026-04-01") ALIAS spring_sale

    FILTER lastvisit_ts BETWEEN "2025-11-28" AND "2025-12-02" ALIAS black_friday

Good::

    FILTER AND (created >= "2026-06-01", created < "2026-07-01") ALIAS summer_sale

    FILTER lastvisit_ts < "2026-01-01" ALIAS not_seen_this_year
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.scope import Scope
from segql.linter.shape import Shape
from segql.linter.windows import Bound, bounds_of, windows
from segql.syntax import nodes as n


def concerns(shape: Shape) -> bool:
    """Whether a comparison may be wrong that looks so."""
    return shape.has(n.String)


def check(node: n.And | n.Between, scope: Scope) -> Iterator[Diagnostic]:
    """Report each window between two fixed dates that ended before today."""
    if not scope.settings.today:
        return
    if isinstance(node, n.And):
        found = [bounds for bounds in windows(node, scope) if not _is_one_phrase(bounds)]
    else:
        found = [[*bounds_of(node, scope)]]
    for bounds in found:
        ends = [bound for bound in bounds if not bound.is_lower and bound.day]
        has_begin = any(bound.is_lower and bound.day for bound in bounds)
        end = min(ends, key=lambda bound: bound.day or "", default=None)
        if has_begin and end and (end.day or "") < scope.settings.today:
            yield _problem(end)


def _is_one_phrase(bounds: list[Bound]) -> bool:
    """Whether a BETWEEN gives all of them, which is asked about itself."""
    return all(bound.phrase is bounds[0].phrase for bound in bounds)


def _problem(end: Bound) -> Diagnostic:
    message = f"this window ended on {end.day}: nobody comes into the segment any more"
    help = "take the segment out, or put the dates forward"
    return diagnostic("past-deadline", end.value.start, end.value.end, message, help)
