"""Dates are compared to the second. `created = "2026-03-10"` finds those created at midnight (UTC),
not on that day, and `= "now-7d"` finds those of one second, seven days before the server looks.

The fix asks for the whole day: from its midnight up to the next. It is unsafe, for more profiles
match. Where the field is a set of dates, any of which may match, there is no fix.

Reported is `=` where the catalog says that the field is a date. Dates with a time of day are not
reported: who writes one means a moment. Nor is `!=`, which may leave out a default such as
`"1970-01-01"`.

Bad::

    FILTER created = "2026-03-10" ALIAS joined_on_day_one

    FILTER lastvisit_ts = "now-7d" ALIAS left_a_week_ago

Good::

    FILTER AND (created >= "2026-03-10", created < "2026-03-11") ALIAS joined_on_day_one

    FILTER AND (lastvisit_ts > "now-8d", lastvisit_ts <= "now-7d") ALIAS left_a_week_ago

    FILTER created = "2026-03-10T12:00:00Z" ALIAS joined_at_noon
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Fix, diagnostic
from segql.linter.comparisons import compared, guess_phrase
from segql.linter.date_words import date_math
from segql.linter.known import type_of_field
from segql.linter.scope import Scope
from segql.linter.shape import Shape
from segql.syntax import nodes as n

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BOUNDS = "compare with two bounds: `>=` and `<`"


def concerns(shape: Shape) -> bool:
    """Whether a comparison may be wrong that looks so."""
    is_date = any(type.value == "date" for type in shape.types)
    return shape.operator == "=" and shape.has(n.String) and is_date


def check(comparison: n.Comparison, scope: Scope) -> Iterator[Diagnostic]:
    """Report each date that must be equal to a day or to date math."""
    if scope.catalog is None or comparison.operator != "=":
        return
    for operand, _, value, _ in compared(comparison):
        type = type_of_field(operand, scope)
        if not isinstance(value, n.String) or type is None or type.value != "date":
            continue
        if _is_day(value.value):
            help, fix = _BOUNDS, None
            if type.shape == "scalar" and isinstance(operand, n.Identifier):
                help, fix = _whole_day(comparison, operand, value, scope)
            message = "dates are compared to the second: this is midnight, not the whole day"
            yield diagnostic("date-equality", value.start, value.end, message, help, fix)
        elif date_math(value.value):
            message = "dates are compared to the second: this is one second, not a whole day"
            yield diagnostic("date-equality", value.start, value.end, message, _BOUNDS)


def _is_day(text: str) -> bool:
    from segql.catalog.dates import is_date

    return _DAY.fullmatch(text) is not None and is_date(text)  # there is no 31 February


def _whole_day(
    node: n.Comparison, field: n.Identifier, value: n.String, scope: Scope
) -> tuple[str, Fix | None]:
    from datetime import date, timedelta

    try:
        following = date.fromisoformat(value.value) + timedelta(days=1)
    except OverflowError:  # the end of time
        return _BOUNDS, None
    since = n.Comparison(field, ">=", value)
    until = n.Comparison(field, "<", n.String(following.isoformat()))
    text, fix = guess_phrase(scope, node, n.And((since, until)))
    return (f"write `{text}`" if text else _BOUNDS), fix
