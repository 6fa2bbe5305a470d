"""Two fields can be compared when they hold the same kind of value. A number is neither later nor
earlier than a date, and a text that is no number is not equal to one: such a phrase cannot be
evaluated or never matches.

There is no fix. Most likely another field was meant; where a text does hold numbers, `tonumber(x)`
says so, and `todate(x)` makes a date of seconds.

Reported are comparisons of two fields whose types the catalog knows: a date with a number, a text
with a number, and a bool with any other type. Not reported are a text compared with a bool, for
`"true"` is equal to `true`; a date and a text, which may hold a date; a text and a number where the
catalog has seen only numbers in the text; and a date beside a number whose name is that of a date.

Bad::

    FILTER visitct > created ALIAS mixed_up

    FILTER AND (email = orders, is_member = visitct) ALIAS worse

Good::

    FILTER lastvisit_ts > created ALIAS came_back

    FILTER AND (tonumber(plan) = orders, visitct > score) ALIAS better
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.comparisons import RELATIONS, number_in
from segql.linter.date_words import is_name_of_date
from segql.linter.known import a, found
from segql.linter.scope import Scope
from segql.linter.shape import Shape
from segql.syntax import nodes as n

if TYPE_CHECKING:
    from segql.catalog import Field, FieldType, Found

_HELP = {
    "date": "compare the date with a date, or write `todate(...)`",
    "string": "if the text holds numbers, write `tonumber(...)`",
}


def concerns(shape: Shape) -> bool:
    """Whether a comparison may be wrong that looks so."""
    return len(shape.types) == 2


def check(comparison: n.Comparison, scope: Scope) -> Iterator[Diagnostic]:
    """Report a comparison of two fields of different kinds."""
    if scope.catalog is None or comparison.operator not in RELATIONS:
        return
    left, right = found(comparison.left, scope), found(comparison.right, scope)
    if left and right and _is_apart(left, right) and _works(left.type, comparison.operator):
        message = f"{a(left.type)} is compared with {a(right.type)}"
        kind = right.type.kind if left.type.kind == "number" else left.type.kind
        help = _HELP.get(kind, "compare fields of one kind")
        yield diagnostic("field-types", comparison.start, comparison.end, message, help)


def _works(type: FieldType, operator: str) -> bool:
    """Where the operator does not work on the type, that is what is wrong."""
    from segql.catalog.types import allowed

    return operator in allowed(type) or type.value == "string"


def _is_apart(left: Found, right: Found) -> bool:
    if left.type.shape != "scalar" or right.type.shape != "scalar":
        return False
    match left.type.kind, right.type.kind:
        case ("date", "number") | ("number", "date"):
            number = left if left.type.kind == "number" else right
            return not is_name_of_date(number.field.name)
        case ("string", "number") | ("number", "string"):
            return not _holds_numbers(left.field if left.type.kind == "string" else right.field)
        case "string", "bool":  # "true" is equal to true
            return False
        case one, other:
            return one != other and "bool" in (one, other)


def _holds_numbers(field: Field) -> bool:
    """Whether all values that were seen are numbers."""
    return bool(field.examples) and all(number_in(n.String(text)) for text in field.examples)
