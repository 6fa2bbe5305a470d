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
from itertools import islice

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.scope import Scope
from segql.syntax import nodes as n

_MOST = 1_000  # vendor: conditions of an audience


def check(statement: n.Statement, scope: Scope) -> Iterator[Diagnostic]:
    """Report the first condition beyond the limit."""
    conditions = _conditions(statement.filter)
    for condition in islice(conditions, _MOST, _MOST + 1):
        count = _MOST + 1 + sum(1 for _ in conditions)
        message = f"this segment has {count:,} conditions, and {_MOST:,} are allowed"
        help = "write IN for many values of one field, or move parts into segments to INCLUDE"
        start, end = condition.start, condition.end
        yield diagnostic("too-many-conditions", start, end, message, help)


def _conditions(filter: n.Phrase) -> Iterator[n.Phrase]:
    """The phrases that AND, OR and NOT put together, in the order of the text."""
    pending = [filter]
    while pending:
        match pending.pop():
            case n.And(phrases) | n.Or(phrases):
                pending.extend(reversed(phrases))
            case n.Not(phrase):
                pending.append(phrase)
            case n.MatchAll():
                pass
            case condition:
                yield condition
