"""A field against a literal of its own kind, by a comparison.

Those of many profiles differ in the operator alone: to call a function for it would double the
time.
"""

from __future__ import annotations

from collections.abc import Callable
from math import nan
from typing import Any, TypeAlias

from segql.evaluator.asking import Many, One, Test, by_answers
from segql.evaluator.compare import ORDER, Answer
from segql.evaluator.values import Profile

Kinds: TypeAlias = tuple[type, type]  # that a value may have; twice the same, where it is one


def comparison(operator: str, name: str, literal: Any, kinds: Kinds, otherwise: One) -> Test:
    """A value of some kinds against a literal; what is of another kind is left to ``otherwise``."""
    is_so, (this, that), absent = ORDER[operator], kinds, _absent(literal)

    def one(profile: Profile) -> Answer:
        value = profile.get(name, absent)
        kind = value.__class__
        return is_so(value, literal) if kind is this or kind is that else otherwise(profile)

    return by_answers(one, _MANY[operator](name, absent, literal, kinds, otherwise))


def _absent(literal: Any) -> Any:
    """A value that gives the answers of a missing field: it is not equal, and has no order."""
    if literal.__class__ is str:
        return f"{literal} "
    return not literal if literal.__class__ is bool else nan


def _equal(name: str, absent: Any, literal: Any, kinds: Kinds, otherwise: One) -> Many:
    this, that = kinds
    return lambda profiles: [
        value == literal
        if (value := profile.get(name, absent)).__class__ is this or value.__class__ is that
        else otherwise(profile)
        for profile in profiles
    ]


def _unequal(name: str, absent: Any, literal: Any, kinds: Kinds, otherwise: One) -> Many:
    this, that = kinds
    return lambda profiles: [
        value != literal
        if (value := profile.get(name, absent)).__class__ is this or value.__class__ is that
        else otherwise(profile)
        for profile in profiles
    ]


def _greater(name: str, absent: Any, literal: Any, kinds: Kinds, otherwise: One) -> Many:
    this, that = kinds
    return lambda profiles: [
        value > literal
        if (value := profile.get(name, absent)).__class__ is this or value.__class__ is that
        else otherwise(profile)
        for profile in profiles
    ]


def _at_least(name: str, absent: Any, literal: Any, kinds: Kinds, otherwise: One) -> Many:
    this, that = kinds
    return lambda profiles: [
        value >= literal
        if (value := profile.get(name, absent)).__class__ is this or value.__class__ is that
        else otherwise(profile)
        for profile in profiles
    ]


def _less(name: str, absent: Any, literal: Any, kinds: Kinds, otherwise: One) -> Many:
    this, that = kinds
    return lambda profiles: [
        value < literal
        if (value := profile.get(name, absent)).__class__ is this or value.__class__ is that
        else otherwise(profile)
        for profile in profiles
    ]


def _at_most(name: str, absent: Any, literal: Any, kinds: Kinds, otherwise: One) -> Many:
    this, that = kinds
    return lambda profiles: [
        value <= literal
        if (value := profile.get(name, absent)).__class__ is this or value.__class__ is that
        else otherwise(profile)
        for profile in profiles
    ]


_MANY: dict[str, Callable[[str, Any, Any, Kinds, One], Many]] = {
    "=": _equal, "!=": _unequal, ">": _greater, ">=": _at_least, "<": _less, "<=": _at_most,
}  # fmt: skip
