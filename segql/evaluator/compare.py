"""What two values say to each other under an operator: True, False, None (cannot be told) or `ODD`.

One table of rules for all fields; what a segment compares most has a shorter way in
`conditions.py`, with the same answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from operator import eq, ge, gt, le, lt, ne
from typing import Any, NamedTuple, TypeAlias, cast

from segql.evaluator.like import like
from segql.evaluator.values import MISSING, ODD, Nothing, bool_of, number_of, point_of, text_of

Answer: TypeAlias = bool | Nothing | None

ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "=": eq, "!=": ne, ">": gt, ">=": ge, "<": lt, "<=": le,
}  # fmt: skip
_EQUALITY = ("=", "!=")


def compare(left: Any, operator: str, right: Any, now: datetime, is_null: bool = False) -> Answer:
    """The answer of ``left operator right``; ``is_null`` where NULL is written on the right."""
    if left is MISSING or right is MISSING:
        return operator == "!="
    if left is None and operator in _EQUALITY:
        return (operator == "=") == is_null
    if left is None or right is None:
        return None
    if operator in _TEXT_TESTS:
        return _TEXT_TESTS[operator](left, right)
    if left.__class__ is list:
        return any_date(left, lambda item: _scalars(item, operator, right, now))
    return _scalars(left, operator, right, now)


def any_date(values: list[Any], test: Callable[[Any], Answer]) -> Answer:
    """Whether a test holds for any date of an array; None for an array of anything else."""
    if not values or not all(item.__class__ is datetime for item in values):
        return None
    found = [test(item) for item in values]
    return None if None in found else True in found


def _scalars(left: Any, operator: str, right: Any, now: datetime) -> Answer:
    kinds = (left.__class__, right.__class__)
    if bool in kinds:
        return _bools(left, operator, right)
    if datetime in kinds:
        return _ordered(point_of(left, now), operator, point_of(right, now))
    if kinds == (str, str):
        return ORDER[operator](left, right) if operator in _EQUALITY else ODD
    first = number_of(left)
    if first is None and kinds[0] is str:
        return operator == "!="
    return _ordered(first, operator, number_of(right))


def _ordered(first: Any, operator: str, second: Any) -> bool | None:
    return None if first is None or second is None else ORDER[operator](first, second)


def _bools(left: Any, operator: str, right: Any) -> bool | None:
    """One of both is a bool. Of texts, only that of a field on the left can stand for one."""
    if operator not in _EQUALITY:
        return None
    if left.__class__ is str:
        known = bool_of(left)
        if known is None:
            return False if operator == "=" else None
        return (known == right) == (operator == "=")
    both = left.__class__ is bool and right.__class__ is bool
    return (left == right) == (operator == "=") if both else None


def _is_like(left: Any, pattern: Any) -> bool | None:
    if pattern.__class__ is not str:
        return None
    test = like(pattern)
    if left.__class__ is list:
        return any(item.__class__ is str and test(item) for item in cast("list[Any]", left))
    return test(left) if left.__class__ is str else None


def _contains(left: Any, part: Any) -> bool | None:
    if left.__class__ is list:
        text = text_of(part)
        return None if text is None else any(text in item for item in _texts(left))
    return part in left if left.__class__ is str and part.__class__ is str else None


def _texts(values: Iterable[Any]) -> list[str]:
    """The texts and numbers among some values, as texts."""
    found = (text_of(item) for item in values if item.__class__ in (str, int, float))
    return [text for text in found if text is not None]


_TEXT_TESTS: dict[str, Callable[[Any, Any], bool | None]] = {
    "LIKE": _is_like,
    "CONTAINS": _contains,
}


class Members(NamedTuple):
    """The values on the right of IN, by what can be equal to them."""

    texts: frozenset[str]
    numbers: frozenset[float]
    spelled: frozenset[float]  # the numbers that the texts spell
    others: tuple[Any, ...]  # bools, dates and NULL


def members(values: Iterable[Any]) -> Members:
    """What an array, or the keys of a map, can be asked for."""
    values = [*values]
    texts = frozenset(value for value in values if value.__class__ is str)
    numbers = frozenset(value for value in values if value.__class__ in (int, float))
    spelled = frozenset(number for number in map(number_of, texts) if number is not None)
    others = [value for value in values if value is None or value.__class__ in (bool, datetime)]
    return Members(texts, numbers, spelled, tuple(others))


def has(found: Members, value: Any) -> bool:
    """Whether a value is among others: a number also where a text spells it, and the reverse."""
    kind = value.__class__
    if kind is str:
        return value in found.texts or (bool(found.numbers) and number_of(value) in found.numbers)
    if kind is int or kind is float:
        return value in found.numbers or value in found.spelled
    return any(other.__class__ is kind and other == value for other in found.others)


def is_in(left: Any, found: Members | None) -> bool | None:
    """IN and INTERSECTS: of an array any item, of a map any key. None among others: cannot tell."""
    if left is MISSING:
        return False
    kind = left.__class__
    if left is None or found is None or kind is bool or kind is datetime:
        return None
    if kind is list or kind is dict:
        return any(has(found, item) for item in cast("Iterable[Any]", left))
    return has(found, left)


def members_of(value: Any) -> Members | None:
    """The same of the value of a field; None where there is none."""
    if value is None or value is MISSING:
        return None
    is_many = value.__class__ in (list, dict)
    return members(cast("Iterable[Any]", value) if is_many else (value,))


def between(value: Any, low: Any, high: Any, now: datetime) -> Answer:
    """BETWEEN: both ends are outside, and those of a whole number are cut to whole numbers."""
    if value.__class__ is list:
        return any_date(value, lambda item: between(item, low, high, now))
    if value.__class__ is datetime:
        first, last = point_of(low, now), point_of(high, now)
        return None if first is None or last is None else first < value < last
    if value.__class__ not in (int, float):
        return None
    first, last = number_of(low), number_of(high)
    if first is None or last is None:
        return None
    is_whole = value.__class__ is int
    return cut(first) < value < cut(last) if is_whole else first < value < last


def cut(number: float) -> float:
    """A number without what stands behind its point."""
    try:
        return int(number)
    except (OverflowError, ValueError):  # infinite, or not a number
        return number
