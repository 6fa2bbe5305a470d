"""A segment may have 1,000 conditions.

The vendor publishes this limit, and nothing promises that a segment beyond it is stored or
evaluated. Conditions are comparisons, IN and BETWEEN, EXISTS and INCLUDE, and fields and functions
that stand alone; AND, OR and NOT put them together and do not count. Those of a segment that is
included are not counted here.

Filters of this size are made by programs, most often as a list of comparisons with one field. One
IN with a thousand values is one condition. Otherwise move parts of the filter into segments of
their own and INCLUDE these. Reported is the first condition that is too many.
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.phrases import phrases_of
from segql.linter.scope import Scope
from segql.syntax import nodes as n

_MOST = 1_000  # vendor: conditions of an audience
_NO_CONDITIONS = frozenset((n.And, n.Or, n.Not, n.MatchAll))


def check(statement: n.Statement, scope: Scope) -> Iterator[Diagnostic]:
    """Report the first condition beyond the limit."""
    phrases = phrases_of(scope)
    if len(phrases) <= _MOST:
        return
    # What AND, OR and NOT put together.
    conditions = [phrase for phrase, _ in phrases if type(phrase) not in _NO_CONDITIONS]
    if len(conditions) > _MOST:
        message = f"this segment has {len(conditions):,} conditions, and {_MOST:,} are allowed"
        help = "write IN for many values of one field, or move parts into segments to INCLUDE"
        start, end = conditions[_MOST].start, conditions[_MOST].end
        yield diagnostic("too-many-conditions", start, end, message, help)
