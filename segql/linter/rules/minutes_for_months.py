"""In date math `m` is a minute and `M` a month. `"now-3m"` is three minutes ago, where three months
were likely meant: the segment is empty, or holds nearly everybody.

The fix writes `M`. It is unsafe, for it changes who matches.

Reported are 3, 6, 9, 12, 18, 24 and 36 of a unit, which people say of months, where the field is a
date for the catalog or, without one, has the name of a date (`lastvisit_ts`, `created`). Numbers
that people say of minutes, such as 1, 5, 10, 15, 30, 45, 60 and 90, are not reported. Ignore it
where the minutes are meant, or write them as seconds: `"now-180s"`.

Bad::

    FILTER lastvisit_ts > "now-3m" ALIAS active_this_quarter

    FILTER created BETWEEN "now-12m" AND "now-6m" ALIAS joined_last_year

Good::

    FILTER lastvisit_ts > "now-3M" ALIAS active_this_quarter

    FILTER AND (lastvisit_ts > "now-15m", created < "now-90m") ALIAS here_now
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.comparisons import compared, guess
from segql.linter.date_words import date_math, is_name_of_date, is_name_of_past
from segql.linter.known import type_of_field
from segql.linter.scope import Scope
from segql.linter.shape import Shape
from segql.syntax import nodes as n

if TYPE_CHECKING:
    from segql.catalog import DateMath

_OF_MONTHS = frozenset((3, 6, 9, 12, 18, 24, 36))


def concerns(shape: Shape) -> bool:
    """Whether a comparison may be wrong that looks so."""
    return shape.has(n.String) and all(type.value == "date" for type in shape.types)


def check(node: n.Comparison | n.Between, scope: Scope) -> Iterator[Diagnostic]:
    """Report each number of minutes that is a usual number of months."""
    for operand, _, value, _ in compared(node):
        if isinstance(value, n.String) and isinstance(operand, n.Identifier):
            math = date_math(value.value)
            if math and _is_of_months(math, operand) and _is_date(operand, scope):
                yield _problem(value, math.count, scope)


def _is_of_months(math: DateMath, field: n.Identifier) -> bool:
    is_told = math.sign > 0 and is_name_of_past(field.name)  # TIM004
    return math.unit == "m" and math.count in _OF_MONTHS and not is_told


def _is_date(field: n.Identifier, scope: Scope) -> bool:
    type = type_of_field(field, scope)
    return type.value == "date" if type else is_name_of_date(field.name)


def _problem(value: n.String, count: int, scope: Scope) -> Diagnostic:
    message = f"`m` is a minute: these are {count} minutes, not months"
    text = f'"{value.value[:-1]}M"'
    fix = guess(scope, value.start, value.end, text)
    help = f"did you mean `{text}`?"
    return diagnostic("minutes-for-months", value.start, value.end, message, help, fix)
