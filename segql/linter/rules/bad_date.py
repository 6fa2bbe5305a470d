"""A date is compared with date math (`"now-30d"`), with a date (`"2026-01-31"`, with or without a
time) or with a number of seconds. With any other text the comparison cannot be evaluated: nobody
matches, nor anybody whom a NOT should find.

The fix writes what was likely meant: `"now-30d"` for `"30 days ago"`. It is unsafe, since the
comparison then works; `"yesterday"` becomes the last 24 hours, not the day.

Reported are texts beside a field that the catalog knows as a date or a set of dates, as far as the
server's own parser of dates does not read them: `"1/31/2026"` and `"Jan 31, 2026"` are read. Texts
that begin with `now` are reported as date math (TIM001).

Bad::

    FILTER lastvisit_ts > "30 days ago" ALIAS active

    FILTER created BETWEEN "2026-02-01" AND "2026-02-30" ALIAS joined_in_february

Good::

    FILTER lastvisit_ts > "now-30d" ALIAS active

    FILTER AND (created > "2026-02-01", created < "2026-03-01T00:00:00Z") ALIAS joined_in_february
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.comparisons import ORDER, RELATIONS, compared, guess_date
from segql.linter.date_words import date_math, is_meant_as_date_math
from segql.linter.known import type_of_field
from segql.linter.scope import Scope
from segql.linter.shape import Shape
from segql.syntax import nodes as n

_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_HOW = 'write a date such as "2026-01-31", or date math such as "now-30d"'


def concerns(shape: Shape) -> bool:
    """Whether a comparison may be wrong that looks so."""
    return shape.has(n.String) and any(type.value == "date" for type in shape.types)


def check(node: n.Comparison | n.Between, scope: Scope) -> Iterator[Diagnostic]:
    """Report each text that is compared with a date and is none."""
    if scope.catalog is None:
        return
    for operand, operator, value, _ in compared(node):
        if isinstance(value, n.String) and operator in RELATIONS:
            type = type_of_field(operand, scope)
            if type and type.name in _dates(node) and _is_bad(value.value, operator):
                yield _problem(value, operator, scope)


def _dates(node: n.Comparison | n.Between) -> tuple[str, ...]:
    """The types that are compared with dates; of a set BETWEEN itself is what is wrong."""
    return ("date",) if isinstance(node, n.Between) else ("date", "[]date")


def _is_bad(text: str, operator: str) -> bool:
    from segql.catalog.dates import is_date

    is_told = is_meant_as_date_math(text, operator in ORDER)
    return not is_told and date_math(text) is None and not is_date(text)


def _problem(value: n.String, operator: str, scope: Scope) -> Diagnostic:
    message = "this text is no date: the comparison cannot be evaluated"
    if _DAY.match(value.value):
        message = "there is no such day or time: the comparison cannot be evaluated"
    help, fix = guess_date(scope, value, operator)
    return diagnostic("bad-date", value.start, value.end, message, help or _HOW, fix)
