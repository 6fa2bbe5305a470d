"""Each type of field has its operators. With another one the comparison cannot be evaluated, or is
never true: `interests = "golf"` of a set, `visitct LIKE "1*"` of a number, `plan > "a"` of a text.
Behind NOT it is no better: what cannot be evaluated does not match either.

The fix is made in the clear cases, and is unsafe, for who matches changes: `=` of a set becomes
INTERSECTS, `>` of a set the number of its items, LIKE and CONTAINS of a number `=`, and of
`plan > "3"` `tonumber(plan) > 3`.

Nothing is reported without a catalog, of fields of unknown type, and of comparisons with NULL.
Operators that work although the vendor does not document them are allowed, such as CONTAINS on a
set and IN on a number. For maps without a key see TYP006.

Bad::

    FILTER interests = "golf" ALIAS golfers

    FILTER AND (visitct LIKE "5", plan > "3", location = "45.5,-122.6") ALIAS b

Good::

    FILTER interests INTERSECTS ("golf") ALIAS golfers

    FILTER AND (visitct = 5, tonumber(plan) > 3, geodistance(location, "45.5,-122.6", 5)) ALIAS b
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from segql.compiler.emission import is_negative
from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.comparisons import LITERALS, ORDER, TURNED, guess_phrase, number_in
from segql.linter.known import a, type_of_field
from segql.linter.rewriting import has_comment
from segql.linter.scope import Scope
from segql.linter.shape import Shape
from segql.syntax import nodes as n

if TYPE_CHECKING:
    from segql.catalog import FieldType

_OPERATOR = re.compile(r"==|!=|<>|>=|<=|[=<>]|\b(?:contains|like|in|intersects|between)\b", re.I)
_SHAPES = {
    "geolocation": 'a geolocation has `geodistance(field, "latitude,longitude", km)`',
    "timebuckets": "a []timebucket has `timewindow(field, count, days)`",
}


class _Asked(NamedTuple):
    """What is done with a field."""

    field: n.Operand
    operator: str
    other: n.Node | None  # what the field is compared with; None for the bounds of BETWEEN


def concerns(shape: Shape) -> bool:
    """Whether a comparison may be wrong that looks so."""
    is_turned = shape.left in LITERALS
    type = shape.right_type if is_turned else shape.left_type
    operator = TURNED.get(shape.operator, shape.operator) if is_turned else shape.operator
    is_text_in_order = type is not None and type.name == "string" and operator in ORDER
    return type is not None and (is_text_in_order or operator not in _allowed(type))


def check(node: n.Comparison | n.Membership | n.Between, scope: Scope) -> Iterator[Diagnostic]:
    """Report an operator that does not work on the type of its field."""
    asked = _asked(node)
    type = type_of_field(asked.field, scope)
    if type is None or type.shape == "map" or isinstance(asked.other, n.Null):
        return
    if _is_text_in_order(type, asked):
        if _is_text(asked.other, scope):
            yield _problem(node, asked, type, "a text is neither more nor less than another", scope)
    elif asked.operator not in _allowed(type):
        yield _problem(node, asked, type, f"`{asked.operator}` does not work on {a(type)}", scope)


def _asked(node: n.Comparison | n.Membership | n.Between) -> _Asked:
    match node:
        case n.Between(operand):
            return _Asked(operand, "BETWEEN", None)
        case n.Comparison(left, operator, right) if isinstance(left, LITERALS):
            return _Asked(right, TURNED.get(operator, operator), left)
        case n.Comparison(left, operator, right) | n.Membership(left, operator, right):
            return _Asked(left, operator, right)


def _allowed(type: FieldType) -> frozenset[str]:
    from segql.catalog.types import allowed

    return allowed(type)


def _is_text_in_order(type: FieldType, asked: _Asked) -> bool:
    """A text that holds a number can be put in order with numbers, but not with texts."""
    return type.name == "string" and asked.operator in ORDER


def _is_text(other: n.Node | None, scope: Scope) -> bool:
    if isinstance(other, n.String):
        return True
    type = type_of_field(other, scope) if other else None
    return type is not None and type.name == "string"


def _problem(
    node: n.Comparison | n.Membership | n.Between,
    asked: _Asked,
    type: FieldType,
    message: str,
    scope: Scope,
) -> Diagnostic:
    start, end = _place(node, scope)
    meant = _meant(asked, type)
    text, fix = guess_phrase(scope, node, meant) if meant else ("", None)
    help = f"did you mean `{text}`?" if text else _operators_of(type)
    return diagnostic("operator-type", start, end, message, help, fix)


def _place(node: n.Comparison | n.Membership | n.Between, scope: Scope) -> tuple[int, int]:
    """Where the operator stands; the whole phrase where that is hard to tell."""
    is_between = isinstance(node, n.Between)
    start = node.operand.end if is_between else node.left.end
    end = node.low.start if is_between else node.right.start
    match = _OPERATOR.search(scope.text, start, end)
    if match is None or has_comment(scope.file, start, end):
        return node.start, node.end
    return match.span()


def _operators_of(type: FieldType) -> str:
    from segql.catalog.types import OPERATORS, documented

    if type.shape in _SHAPES:
        return _SHAPES[type.shape]
    names = [operator for operator in OPERATORS if operator in documented(type)]
    return f"{a(type)} has {', '.join(names)}"


def _meant(asked: _Asked, type: FieldType) -> n.Phrase | None:
    """The phrase that was likely meant, in the clear cases."""
    field, operator, other = asked
    if not isinstance(field, n.Identifier) or not isinstance(other, n.String | n.Number):
        return None
    number = number_in(other)
    if number is None and type.value in ("int", "number"):  # the value is wrong as well
        return None
    if type.shape == "set" and operator in ("=", "!="):
        if isinstance(other, n.Number) and is_negative(other):  # a list refuses it
            other = n.String(other.text)
        overlap = n.Membership(field, "INTERSECTS", n.Array((other,)))
        return overlap if operator == "=" else n.Not(overlap)
    if number is None:
        return None
    if type.shape == "set" and operator in ORDER:
        return n.Comparison(n.Call("len", (field,)), operator, number)
    if type.kind == "number" and operator in ("LIKE", "CONTAINS"):
        return n.Comparison(field, "=", number)
    if type.name == "string" and operator in ORDER:
        return n.Comparison(n.Call("tonumber", (field,)), operator, number)
    return None
