"""Date math is `now`, a sign, a whole number and one unit, without spaces: `"now-30d"`. The units
are `y M w d h m s`: `M` is a month, `m` a minute. The server reads nothing else: no spaces, no
fractions, no chains, no rounding, no `D` and `H`, and no `now` alone. Such a comparison cannot be
evaluated, so that nobody matches, nor anybody whom a NOT should find.

The fix writes the date math that was likely meant. It is unsafe, since it makes a comparison work
that did not; look whether `M` or `m` was meant.

Texts are reported that begin with `now` and are compared with a date, a function or a field that no
catalog knows. Not reported are fields that a catalog knows to be texts, and, after `=` and `!=`,
texts without a number: `status = "now"` may be a status.

Bad::

    FILTER lastvisit_ts > "now-30 d" ALIAS active

    FILTER created < "NOW-1Y" ALIAS old_customers

    FILTER lastvisit_ts BETWEEN "now-1.5d" AND "now" ALIAS last_days

Good::

    FILTER lastvisit_ts > "now-30d" ALIAS active

    FILTER created < "now-1y" ALIAS old_customers

    FILTER AND (lastvisit_ts > "now-36h", status = "now") ALIAS last_days
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.comparisons import ORDER, RELATIONS, compared, guess_date
from segql.linter.date_words import date_math, is_meant_as_date_math
from segql.linter.known import type_of_operand
from segql.linter.scope import Scope
from segql.linter.shape import Shape
from segql.syntax import nodes as n

_HOW = 'write `now`, a sign, a whole number and one of y M w d h m s, as in "now-30d"'


def concerns(shape: Shape) -> bool:
    """Whether a comparison may be wrong that looks so."""
    return shape.has(n.String) and all(type.value in (None, "date") for type in shape.types)


def check(node: n.Comparison | n.Between, scope: Scope) -> Iterator[Diagnostic]:
    """Report each text that begins as date math and is none."""
    for operand, operator, value, _ in compared(node):
        if (
            operator in RELATIONS
            and isinstance(value, n.String)
            and is_meant_as_date_math(value.value, operator in ORDER)
            and date_math(value.value) is None
            and _may_be_date(operand, scope)
        ):
            yield _problem(value, operator, scope)


def _may_be_date(operand: n.Operand, scope: Scope) -> bool:
    type = type_of_operand(operand, scope)
    return type is None or type.value in (None, "date")


def _problem(value: n.String, operator: str, scope: Scope) -> Diagnostic:
    message = "the server does not read this date math: the comparison cannot be evaluated"
    help, fix = guess_date(scope, value, operator)
    return diagnostic("date-math", value.start, value.end, message, help or _HOW, fix)
