"""For a field of whole numbers the server cuts the bounds of BETWEEN to whole numbers, and both
bounds are excluded. `visitct BETWEEN 1 AND 3.5` is asked as `BETWEEN 1 AND 3`, so that 3 is left
out, although it is less than 3.5.

The fix writes the next whole number outwards, `4` in place of `3.5`, which leaves nobody out. It is
unsafe, for more profiles match.

Reported are bounds where the cut makes a difference: those above 0 at the upper end, and those
below 0 at the lower end. `BETWEEN 1.5 AND 4` finds the same with 1 and with 1.5. Only fields of
which the catalog says that they are `int` are looked at.

Bad::

    FILTER visitct BETWEEN 1 AND 3.5 ALIAS a_few_visits

    FILTER orders BETWEEN -0.5 AND 2.5 ALIAS few_orders

Good::

    FILTER visitct BETWEEN 1 AND 4 ALIAS a_few_visits

    FILTER AND (orders BETWEEN 1.5 AND 4, score BETWEEN 0.5 AND 2.5) ALIAS few_orders
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.comparisons import guess
from segql.linter.known import type_of_field
from segql.linter.scope import Scope
from segql.linter.shape import Shape
from segql.syntax import nodes as n
from segql.syntax.literals import number_value


def concerns(shape: Shape) -> bool:
    """Whether a comparison may be wrong that looks so."""
    return shape.has(n.Number) and any(type.name == "int" for type in shape.types)


def check(between: n.Between, scope: Scope) -> Iterator[Diagnostic]:
    """Report each bound of a whole number that is not read as it is written."""
    type = type_of_field(between.operand, scope)
    if type is None or type.name != "int":
        return
    low, high = _fraction(between.low), _fraction(between.high)
    if low is not None and low < 0:
        yield _problem(between.low, ceil(low), floor(low), scope)
    if high is not None and high > 0:
        yield _problem(between.high, floor(high), ceil(high), scope)


def _fraction(bound: n.Operand) -> float | None:
    value = number_value(bound.text) if isinstance(bound, n.Number) else None
    return value if isinstance(value, float) and not value.is_integer() else None


def _problem(bound: n.Operand, read: int, meant: int, scope: Scope) -> Diagnostic:
    message = f"the field is an int: this bound is cut to {read}, which is excluded"
    fix = guess(scope, bound.start, bound.end, str(meant))
    help = f"did you mean `{meant}`?"
    return diagnostic("truncated-bound", bound.start, bound.end, message, help, fix)
