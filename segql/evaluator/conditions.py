"""Phrases without AND, OR and NOT as functions: what takes a profile and gives an answer.

Each has a general form, which asks `compare.py`. Most look at a field and a literal, and have one
of the `shortcuts.py` in front of it: that is where the speed comes from.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from operator import contains
from typing import Any, cast

from segql.catalog.types import FieldType
from segql.evaluator import shortcuts
from segql.evaluator.asking import One, Test, each
from segql.evaluator.compare import ORDER, Answer, between, compare, cut, is_in, members, members_of
from segql.evaluator.like import like
from segql.evaluator.operands import Operand, Scope, operand
from segql.evaluator.values import MISSING, ODD, Profile, is_there, point_of
from segql.syntax import nodes as n


def bare(value: Operand) -> Test:
    """A bool field, or a function, as a phrase."""
    get = value.get

    def one(profile: Profile) -> Answer:
        found = get(profile)
        if found.__class__ is bool:
            return found
        return None if found is MISSING else ODD

    return each(one)


def comparison(node: n.Comparison, left: Operand, right: Operand, scope: Scope) -> Test:
    """Two operands compared."""
    operator, now = node.operator, scope.now
    is_null = isinstance(node.right, n.Null)
    first, second = left.get, right.get

    def one(profile: Profile) -> Answer:
        return compare(first(profile), operator, second(profile), now, is_null)

    short = _short_comparison(operator, left.type, second({}), now) if right.is_literal else None
    return _with_shortcut(left, short, one, missing=operator == "!=")


def _with_shortcut(
    field: Operand, short: shortcuts.Short | None, otherwise: One, missing: bool | None = False
) -> Test:
    if short is None or not isinstance(field.node, n.Identifier):
        return each(otherwise)
    return shortcuts.of_field(field.node.name, short, missing, otherwise)


def _short_comparison(
    operator: str, type: FieldType | None, literal: Any, now: datetime
) -> shortcuts.Short | None:
    is_text = literal.__class__ is str
    if is_text and _is_date(type):
        point = point_of(literal, now) if operator in ORDER else None
        return shortcuts.date(operator, point) if point else None
    if is_text and not _keeps_texts(type):
        return None
    if is_text and operator == "CONTAINS":
        return shortcuts.text(contains, literal)
    if is_text and operator == "LIKE":
        return shortcuts.text(*like(literal))
    kinds, operators = _COMPARED.get(literal.__class__, ((str, str), ()))
    if operator not in operators or _is_date(type):
        return None
    return shortcuts.comparison(operator, literal, kinds)


# A literal -> the kinds of values that it is compared with as it is, and the operators.
_EQUALITY = ("=", "!=")
_COMPARED: dict[type, tuple[shortcuts.Kinds, Collection[str]]] = {
    str: ((str, str), _EQUALITY),
    bool: ((bool, bool), _EQUALITY),
    int: ((int, float), ORDER),
    float: ((int, float), ORDER),
}


def _is_date(type: FieldType | None) -> bool:
    return type is not None and type.shape == "scalar" and type.value == "date"


def _keeps_texts(type: FieldType | None) -> bool:
    """Whether a text in a field of this type is compared as a text."""
    return type is None or type.shape in ("map", "unknown") or type.value in (None, "string")


def membership(node: n.Membership, left: Operand, right: Operand | None, scope: Scope) -> Test:
    """IN and INTERSECTS; without an operand on the right there are literals."""
    get = left.get
    if right is not None:
        others = right.get
        return each(lambda profile: is_in(get(profile), members_of(others(profile))))
    items = cast("n.Array", node.right).items
    found = members(operand(item, scope).get({}) for item in items)

    def one(profile: Profile) -> Answer:
        return is_in(get(profile), found)

    is_short = not found.numbers and _keeps_texts(left.type)
    return _with_shortcut(left, shortcuts.one_of(found) if is_short else None, one)


def between_test(ends: tuple[Operand, Operand, Operand], scope: Scope) -> Test:
    """BETWEEN."""
    now = scope.now
    get, get_low, get_high = (end.get for end in ends)

    def one(profile: Profile) -> Answer:
        return between(get(profile), get_low(profile), get_high(profile), now)

    value, low, high = ends
    short = None
    if low.is_literal and high.is_literal and not _is_date(value.type):
        short = _short_between(get_low({}), get_high({}), value.type)
    return _with_shortcut(value, short, one, missing=None)


def _short_between(low: Any, high: Any, type: FieldType | None) -> shortcuts.Short | None:
    if not {low.__class__, high.__class__} <= {int, float}:
        return None
    # A number is compared as what its field's type says it is, whatever the profile has it as.
    name, ends = type.name if type else "", (cut(low), cut(high))
    if name == "int":
        return shortcuts.between(*ends, (int, int))
    if name == "number":
        return shortcuts.between(low, high, (float, float))
    return shortcuts.between(low, high, (int, float)) if ends == (low, high) else None


def existence(value: Operand) -> Test:
    """EXISTS."""
    get = value.get

    def one(profile: Profile) -> Answer:
        return is_there(get(profile))

    return _with_shortcut(value, shortcuts.existence, one)
