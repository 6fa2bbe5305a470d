"""A number in quotation marks is a text. Beside a field of numbers the server reads it as a number,
so that nothing goes wrong; but a reader takes the field for a text, and nobody sees when the text
is no number.

The fix takes the quotation marks away. It is safe for whole and decimal numbers in a comparison,
where the catalog says that the field is a number, for both spellings compare equal. In BETWEEN, and
where the number has another spelling (`"007"`, `"1e3"`), it is unsafe.

Reported are literals beside a field of type `int` or `number`. Lists of IN are not: the server
refuses negative numbers there, and so texts are the way to write them. Nor are values to the left
of the field.

Bad::

    FILTER visitct >= "5" ALIAS frequent

    FILTER AND (score = "1.50", orders BETWEEN "1" AND "9") ALIAS some_orders

Good::

    FILTER visitct >= 5 ALIAS frequent

    FILTER AND (score = 1.50, orders IN ("-1", 2)) ALIAS some_orders
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Fix, diagnostic
from segql.linter.comparisons import RELATIONS, compared, number_in
from segql.linter.known import type_of_field
from segql.linter.rewriting import replacement
from segql.linter.scope import Scope
from segql.linter.shape import Shape
from segql.syntax import nodes as n

# What both ways of reading take for the same number.
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")


def concerns(shape: Shape) -> bool:
    """Whether a comparison may be wrong that looks so."""
    return shape.has(n.String) and any(type.kind == "number" for type in shape.types)


def check(node: n.Comparison | n.Between, scope: Scope) -> Iterator[Diagnostic]:
    """Report each number in quotation marks that is compared with a field of numbers."""
    if scope.catalog is None:
        return
    for operand, operator, value, is_turned in compared(node):
        if is_turned or operator not in RELATIONS or not isinstance(value, n.String):
            continue
        type = type_of_field(operand, scope)
        number = number_in(value)
        if number and type and type.shape == "scalar" and type.kind == "number":
            is_same = isinstance(node, n.Comparison) and _PLAIN.fullmatch(value.value) is not None
            yield _problem(value, number, is_same, scope)


def _problem(value: n.String, number: n.Number, is_same: bool, scope: Scope) -> Diagnostic:
    help = f"write `{number.text}`"
    edit = replacement(scope.text, value.start, value.end, number.text)
    fix = Fix("safe" if is_same else "unsafe", help, (edit,))
    message = "this number is written as a text, and the field holds numbers"
    return diagnostic("quoted-number", value.start, value.end, message, help, fix)
