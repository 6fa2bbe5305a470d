"""A visit, an order or a creation lies in the past, so that no profile has one after `"now+30d"`:
nobody matches. Most likely the sign is wrong.

The fix turns the sign. It is unsafe, for it changes who matches.

Reported is `>` or `>=` of a date in the future, and the lower bound of BETWEEN, where the name of
the field says that something happened: `last` or `first` and an event (`lastvisit_ts`,
`first_purchase_ts`), `created`, `modified`, `updated` and the like. An upper bound in the future is
not reported: `< "now+1d"` leaves out clocks that are wrong. Nor are other fields, such as `expires`
or `next_visit`.

Bad::

    FILTER lastvisit_ts > "now+30d" ALIAS active

    FILTER created >= "now+1M" ALIAS new_this_month

Good::

    FILTER lastvisit_ts > "now-30d" ALIAS active

    FILTER created BETWEEN "now-1M" AND "now+1d" ALIAS new_this_month
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.comparisons import ORDER, compared, guess
from segql.linter.date_words import date_math, is_name_of_past
from segql.linter.known import type_of_field
from segql.linter.scope import Scope
from segql.linter.shape import Shape
from segql.syntax import nodes as n


def concerns(shape: Shape) -> bool:
    """Whether a comparison may be wrong that looks so."""
    has_order = shape.operator in ORDER or shape.kind is n.Between
    return shape.has(n.String) and has_order


def check(node: n.Comparison | n.Between, scope: Scope) -> Iterator[Diagnostic]:
    """Report each past event that must be later than a date in the future."""
    for operand, operator, value, _ in compared(node):
        if operator in (">", ">=") and isinstance(value, n.String):
            math = date_math(value.value)
            if math and math.sign > 0 and math.count and _is_past(operand, scope):
                yield _problem(value, scope)


def _is_past(operand: n.Operand, scope: Scope) -> bool:
    if not isinstance(operand, n.Identifier) or not is_name_of_past(operand.name):
        return False
    type = type_of_field(operand, scope)
    return type is None or type.value in (None, "date")


def _problem(value: n.String, scope: Scope) -> Diagnostic:
    message = "this is in the future, and what the field tells has happened: nobody matches"
    text = f'"{value.value.replace("+", "-")}"'
    fix = guess(scope, value.start, value.end, text)
    help = f"did you mean `{text}`?"
    return diagnostic("future-window", value.start, value.end, message, help, fix)
