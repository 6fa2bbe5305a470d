"""`timewindow(field, count, days)` asks whether something happened at least so many times in so
many days. The vendor keeps this for counts of 1, 5, 10, 25, 50 and 100 and for 7 and 30 days; other
numbers cannot be evaluated.

The fix takes the nearest number that is kept, or exchanges the two where they are turned. It is
unsafe, for it asks for another count or another time.

Only numbers that are written out are looked at. A negative number is PORT002, the kinds of the
arguments are TYP012.

Bad::

    FILTER timewindow(visits, 3, 7) ALIAS regulars

    FILTER AND (timewindow(visits, 7, 5), timewindow(visits, 5, 14)) ALIAS regulars_too

Good::

    FILTER timewindow(visits, 5, 7) ALIAS regulars

    FILTER AND (timewindow(visits, 5, 7), timewindow(visits, 100, 30)) ALIAS regulars_too
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.compiler.emission import is_negative
from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.comparisons import guess
from segql.linter.scope import Scope
from segql.syntax import nodes as n
from segql.syntax.literals import number_value


def check(call: n.Call, scope: Scope) -> Iterator[Diagnostic]:
    """Report a count and a number of days for which there is no window."""
    if call.name.lower() != "timewindow" or len(call.arguments) != 3:
        return
    from segql.catalog.functions import TIMEWINDOW_COUNTS, TIMEWINDOW_DAYS

    _, count, days = call.arguments
    if _value(count) in TIMEWINDOW_DAYS and _value(days) in TIMEWINDOW_COUNTS:
        text = f"{scope.text[days.start : days.end]}, {scope.text[count.start : count.end]}"
        message = "the count stands before the days"
        yield _problem(count.start, days.end, message, text, scope)
        return
    for argument, kept, what in (
        (count, TIMEWINDOW_COUNTS, "counts"),
        (days, TIMEWINDOW_DAYS, "numbers of days"),
    ):
        value = _value(argument)
        if value is not None and value not in kept:
            distances = {abs(number - value): number for number in kept}
            nearest = distances[min(distances)]
            message = (
                f"there is no window for this number: the {what} are {', '.join(map(str, kept))}"
            )
            yield _problem(argument.start, argument.end, message, str(nearest), scope)


def _value(argument: n.Operand) -> float | None:
    """The number that is written out; None for anything else."""
    if not isinstance(argument, n.Number) or is_negative(argument):
        return None
    return number_value(argument.text)


def _problem(start: int, end: int, message: str, text: str, scope: Scope) -> Diagnostic:
    fix = guess(scope, start, end, text)
    return diagnostic("timewindow-range", start, end, message, f"did you mean `{text}`?", fix)
