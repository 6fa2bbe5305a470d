"""Tests for a field of a profile and a literal: the shortest way for a value of the usual kind.

Each looks at what the profile holds, and leaves what is not of that kind to the general test.
Those of one comparison differ in the operator alone: to call a function for it would double the
time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from segql.evaluator.compare import ORDER, Answer, Members, cut
from segql.evaluator.values import MISSING, Profile

Test = Callable[[Profile], Answer]
Short = Callable[[str, Test], Test]  # makes the test of a field, with the general one behind it
Kinds = tuple[type, type]  # that a value may have; twice the same, where it is one

_MARKS_OF_DATE = "--T::Z"  # of 2026-03-15T12:00:00Z, every third character from the fifth on
_read_date = datetime.fromisoformat


def _equal(name: str, literal: Any, kinds: Kinds, otherwise: Test) -> Test:
    one, other = kinds

    def test(profile: Profile) -> Answer:
        value = profile.get(name)
        kind = value.__class__
        return value == literal if kind is one or kind is other else otherwise(profile)

    return test


def _unequal(name: str, literal: Any, kinds: Kinds, otherwise: Test) -> Test:
    one, other = kinds

    def test(profile: Profile) -> Answer:
        value = profile.get(name)
        kind = value.__class__
        return value != literal if kind is one or kind is other else otherwise(profile)

    return test


def _greater(name: str, literal: Any, kinds: Kinds, otherwise: Test) -> Test:
    one, other = kinds

    def test(profile: Profile) -> Answer:
        value: Any = profile.get(name)
        kind = value.__class__
        return value > literal if kind is one or kind is other else otherwise(profile)

    return test


def _at_least(name: str, literal: Any, kinds: Kinds, otherwise: Test) -> Test:
    one, other = kinds

    def test(profile: Profile) -> Answer:
        value: Any = profile.get(name)
        kind = value.__class__
        return value >= literal if kind is one or kind is other else otherwise(profile)

    return test


def _less(name: str, literal: Any, kinds: Kinds, otherwise: Test) -> Test:
    one, other = kinds

    def test(profile: Profile) -> Answer:
        value: Any = profile.get(name)
        kind = value.__class__
        return value < literal if kind is one or kind is other else otherwise(profile)

    return test


def _at_most(name: str, literal: Any, kinds: Kinds, otherwise: Test) -> Test:
    one, other = kinds

    def test(profile: Profile) -> Answer:
        value: Any = profile.get(name)
        kind = value.__class__
        return value <= literal if kind is one or kind is other else otherwise(profile)

    return test


_COMPARISONS: dict[str, Callable[[str, Any, Kinds, Test], Test]] = {
    "=": _equal, "!=": _unequal, ">": _greater, ">=": _at_least, "<": _less, "<=": _at_most,
}  # fmt: skip


def comparison(operator: str, literal: Any, kinds: Kinds) -> Short:
    """A value of one of some kinds against a literal."""
    make = _COMPARISONS[operator]
    return lambda name, otherwise: make(name, literal, kinds, otherwise)


def of_field(name: str, short: Short, missing: bool | None, otherwise: Test) -> Test:
    """A shortcut, and ``missing``, the answer where there is no field, before the general test."""

    def of_name(name: str, otherwise: Test) -> Test:
        return short(name, _unless_missing(name, missing, otherwise))

    return _of_key(name, of_name, otherwise) if "." in name else of_name(name, otherwise)


def _of_key(name: str, short: Short, otherwise: Test) -> Test:
    """A name with a dot: a map is to its key what a profile is to a name."""
    owner, _, key = name.partition(".")
    of_map = short(key, lambda _: MISSING)

    def test(profile: Profile) -> Answer:
        if name not in profile:
            found: Any = profile.get(owner)
            if found.__class__ is dict:
                answer = of_map(found)
                return otherwise(profile) if answer is MISSING else answer
        return otherwise(profile)

    return test


def _unless_missing(name: str, missing: bool | None, otherwise: Test) -> Test:
    return lambda profile: otherwise(profile) if name in profile else missing


def date(operator: str, point: datetime) -> Short:
    """A date, in the form that exports have it, against a point in time."""
    is_so = ORDER[operator]

    def short(name: str, otherwise: Test) -> Test:
        def test(profile: Profile) -> Answer:
            value: Any = profile.get(name)
            if value.__class__ is str and value[4:20:3] == _MARKS_OF_DATE:
                try:
                    return is_so(_read_date(value), point)
                except ValueError:
                    pass
            return otherwise(profile)

        return test

    return short


def contains(part: str) -> Short:
    """CONTAINS of a text."""

    def short(name: str, otherwise: Test) -> Test:
        def test(profile: Profile) -> Answer:
            value: Any = profile.get(name)
            return part in value if value.__class__ is str else otherwise(profile)

        return test

    return short


def like(is_like: Callable[[str], bool]) -> Short:
    """LIKE of a text."""

    def short(name: str, otherwise: Test) -> Test:
        def test(profile: Profile) -> Answer:
            value: Any = profile.get(name)
            return is_like(value) if value.__class__ is str else otherwise(profile)

        return test

    return short


def one_of(found: Members) -> Short:
    """IN of a text; of an array of texts, where no member spells a number."""
    texts, is_disjoint = found.texts, found.texts.isdisjoint
    takes_arrays = not found.spelled and not found.others

    def short(name: str, otherwise: Test) -> Test:
        def test(profile: Profile) -> Answer:
            value: Any = profile.get(name)
            kind = value.__class__
            if kind is str:
                return value in texts
            if kind is list and takes_arrays:
                try:
                    return not is_disjoint(value)
                except TypeError:  # there is an array or a map in it
                    pass
            return otherwise(profile)

        return test

    return short


def between(low: Any, high: Any, kinds: Collection[type]) -> Short:
    """BETWEEN of a number of some kinds; the ends of a whole one are cut."""
    ends = {kind: (cut(low), cut(high)) if kind is int else (low, high) for kind in kinds}

    def short(name: str, otherwise: Test) -> Test:
        def test(profile: Profile) -> Answer:
            value: Any = profile.get(name)
            found = ends.get(value.__class__)
            return otherwise(profile) if found is None else found[0] < value < found[1]

        return test

    return short


def existence(name: str, otherwise: Test) -> Test:
    """EXISTS of what is true; a number or a bool that is not is left to the general test."""

    def test(profile: Profile) -> Answer:
        value = profile.get(name)
        if value:
            return True
        return False if value is None else otherwise(profile)

    return test
