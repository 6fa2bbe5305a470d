"""A number compared with a text that is no number, or with a bool, cannot be evaluated; nor can a
bool compared with a text or a number: `is_member = "true"` matches nobody, and so does its NOT.

The fix writes the value as the field's type has it: `true` for `"true"`, `1000` for `"1,000"`, a
text behind CONTAINS. It is unsafe, since the comparison then works.

Reported are literals beside a field whose type the catalog knows, and the texts in a list of IN for
a field of numbers, which none of them equals. Not reported is what works: a text field compared
with a number or `= true`, for texts such as `"5"` and `"true"` are equal to these, and a date
compared with a number of seconds. A number in quotation marks is TYP004, a text that is no date
TYP005.

Bad::

    FILTER is_member = "true" ALIAS members

    FILTER AND (visitct > "many", score != true) ALIAS frequent

    FILTER orders IN (1, "two") ALIAS one_or_two

Good::

    FILTER is_member = true ALIAS members

    FILTER AND (visitct > 100, score != 1, plan = true) ALIAS frequent

    FILTER orders IN (1, "2") ALIAS one_or_two
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from segql.compiler.emission import is_negative
from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.comparisons import RELATIONS, compared, guess, number_in
from segql.linter.known import a, type_of_field
from segql.linter.scope import Scope
from segql.linter.shape import Shape
from segql.syntax import nodes as n

if TYPE_CHECKING:
    from segql.catalog import FieldType

_EQUAL = frozenset(("=", "!="))
_PATTERNS = frozenset(("LIKE", "CONTAINS"))
_BOOLS = {
    **dict.fromkeys(("true", "yes", "1"), "true"),
    **dict.fromkeys(("false", "no", "0"), "false"),
}
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
# What the server reads as numbers although they are none; nobody means them.
_ODD_NUMBERS = re.compile(r"[+-]?(?:inf(?:inity)?|nan)", re.IGNORECASE)
# What values, and lists of any, can be compared with as they are.
_FITTING: dict[type[n.Node] | None, tuple[str | None, ...]] = {
    n.String: ("string", "date"),
    n.Number: ("int", "number", "date"),
    n.Boolean: ("bool",),
    n.Array: ("string", "date", "bool"),
}
_SHAPES = ("scalar", "set")
_LITERALS = {n.String: "a text", n.Number: "a number", n.Boolean: "a bool", n.Null: "NULL"}

_HELP = {
    "bool": "compare it with `true` or `false`",
    **dict.fromkeys(("int", "number"), "compare it with a number"),
    "date": 'compare it with a date, such as "2026-01-31" or "now-30d"',
    "string": "compare it with a text",
}


def concerns(shape: Shape) -> bool:
    """Whether a comparison may be wrong that looks so."""
    values = {side for side in (shape.left, shape.right, shape.high) if side in _FITTING}
    types = [type for type in shape.types if type.shape in _SHAPES]
    return any(type.value not in _FITTING[value] for type in types for value in values)


def check(node: n.Comparison | n.Membership | n.Between, scope: Scope) -> Iterator[Diagnostic]:
    """Report a literal that cannot be compared with the field, for it is of another type."""
    if scope.catalog is None:
        return
    if isinstance(node, n.Membership):
        yield from _in_list(node, scope)
        return
    for operand, operator, value, is_turned in compared(node):
        type = type_of_field(operand, scope)
        if type is None or type.shape != "scalar" or operator not in _operators(type):
            continue
        if is_turned and type.value in ("bool", "string"):  # "true" = is_member does match
            continue
        if _is_wrong(type, operator, value):
            yield _problem(type, operator, value, scope)


def _operators(type: FieldType) -> frozenset[str]:
    """With another operator the value is not what is wrong."""
    if type.value == "string":
        return _PATTERNS | RELATIONS
    return _EQUAL if type.value == "bool" else RELATIONS


def _is_wrong(type: FieldType, operator: str, value: n.LiteralValue) -> bool:
    match value:
        case n.String(text):
            return type.value == "bool" or (type.kind == "number" and _is_no_number(value, text))
        case n.Number():
            return type.value == "bool" or (type.value == "string" and operator in _PATTERNS)
        case n.Boolean():
            return type.value != "bool" and (type.value != "string" or operator != "=")
        case _:
            return False


def _is_no_number(value: n.String, text: str) -> bool:
    return number_in(value) is None and not _ODD_NUMBERS.fullmatch(text)


def _in_list(node: n.Membership, scope: Scope) -> Iterator[Diagnostic]:
    type = type_of_field(node.left, scope)
    is_of_numbers = type and type.shape in ("scalar", "set") and type.value in ("int", "number")
    if type and is_of_numbers and isinstance(node.right, n.Array):
        for item in node.right.items:
            if isinstance(item, n.String) and _is_no_number(item, item.value):
                yield _problem(type, node.operator, item, scope)


def _problem(type: FieldType, operator: str, value: n.LiteralValue, scope: Scope) -> Diagnostic:
    what = _called(value)
    if operator in _PATTERNS:
        message = f"{operator} looks for a text, and this is {what}"
    else:
        why = " that is no number" if isinstance(value, n.String) and type.kind == "number" else ""
        message = f"the field is {a(type)}, and cannot be compared with {what}{why}"
    meant = _meant(type, operator, value)
    fix = guess(scope, value.start, value.end, meant) if meant else None
    help = f"did you mean `{meant}`?" if meant else _HELP[type.value or ""]
    return diagnostic("value-type", value.start, value.end, message, help, fix)


def _called(value: n.LiteralValue) -> str:
    return _LITERALS[type(value)]


def _meant(type: FieldType, operator: str, value: n.LiteralValue) -> str | None:
    """How the value is likely to be written for a field of the type."""
    match value:
        case n.String(text) if type.value == "bool":
            return _BOOLS.get(text.strip().lower())
        case n.String(text) if type.kind == "number":
            plain = text.replace(",", "") if _THOUSANDS.fullmatch(text) else text.strip()
            number = number_in(n.String(plain))
            return number.text if number and not is_negative(number) else None
        case n.Number(text) if type.value == "bool":
            return _BOOLS.get(text)
        case n.Number(text) if operator == "CONTAINS":
            return f'"{text}"'
        case n.Boolean(is_true) if operator in _EQUAL and type.value == "string":
            return '"true"' if is_true else '"false"'
        case _:
            return None
