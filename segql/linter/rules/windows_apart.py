"""An AND asks that a date is later than one point in time and earlier than another, and the second
lies before the first: nobody matches. Often the two signs are turned: `> "now-7d"` is the last
seven days, `< "now-30d"` is what lies more than thirty days back.

There is no fix: either the bounds are to be exchanged, or OR was meant.

Date math is compared with date math, and only where every calendar puts the two in that order
(`now-1M` and `now-30d` are not). A set of dates is not reported: one of its dates may be later and
another one earlier. Without a catalog only fields are reported that can have no more than one date,
such as `lastvisit_ts`, `first_purchase_ts` and `created`.

Bad::

    FILTER AND (lastvisit_ts > "now-7d", lastvisit_ts < "now-30d") ALIAS lost

    FILTER created > "now-1M" AND created < "now-1y" ALIAS joined

Good::

    FILTER AND (lastvisit_ts < "now-7d", lastvisit_ts > "now-30d") ALIAS lost

    FILTER AND (logins > "now-7d", logins < "now-30d") ALIAS came_back
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.date_words import date_math, is_name_of_past
from segql.linter.known import type_of_field
from segql.linter.scope import Scope
from segql.linter.windows import Bound, windows
from segql.syntax import nodes as n

_MONTHS = {"M": 1, "y": 12}
_SECONDS = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}
_DAY = _SECONDS["d"]

# A point in time after the present: months, and seconds.
_Distance = tuple[int, int]


def check(node: n.And, scope: Scope) -> Iterator[Diagnostic]:
    """Report each field that is to be later than what it is to be earlier than."""
    for bounds in windows(node, scope):
        placed = [(bound, _distance(bound)) for bound in bounds]
        known = [(bound, distance) for bound, distance in placed if distance]
        lower = max((row for row in known if row[0].is_lower), key=_about, default=None)
        upper = min((row for row in known if not row[0].is_lower), key=_about, default=None)
        if lower and upper and _is_apart(*lower, *upper) and _is_single(lower[0].field, scope):
            yield _problem(lower[0], upper[0])


def _distance(bound: Bound) -> _Distance | None:
    math = date_math(bound.value.value)
    if math is None:
        return None
    count = math.sign * math.count
    return count * _MONTHS.get(math.unit, 0), count * _SECONDS.get(math.unit, 0)


def _about(row: tuple[Bound, _Distance]) -> int:
    months, seconds = row[1]
    return months * 30 * _DAY + seconds


def _is_apart(lower: Bound, low: _Distance, upper: Bound, high: _Distance) -> bool:
    """Whether nothing is between the two, whatever the date is today."""
    if lower.phrase is upper.phrase:  # BETWEEN is reported as such
        return False
    months, seconds = low[0] - high[0], low[1] - high[1]
    if months == seconds == 0:
        return lower.operator == ">" or upper.operator == "<"
    # So many months have at least, or at most, so many days.
    days = max(28, 30 * months - 2) if months > 0 else 31 * months
    return days * bool(months) * _DAY + seconds > 0


def _is_single(field: n.Identifier, scope: Scope) -> bool:
    type = type_of_field(field, scope)
    return type.name == "date" if type else is_name_of_past(field.name)


def _problem(lower: Bound, upper: Bound) -> Diagnostic:
    later = max(lower.value, upper.value, key=lambda value: value.start)
    low, high = lower.value.value, upper.value.value
    message = f'nothing is after "{low}" and before "{high}": nobody matches'
    help = f'exchange the two bounds, or write OR: "{high}" lies further back'
    return diagnostic("windows-apart", later.start, later.end, message, help)
