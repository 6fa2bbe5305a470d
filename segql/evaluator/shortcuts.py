"""Tests for a field of a profile and a literal: the shortest way for a value of the usual kind.

Each looks at what the profile holds, and leaves what is not of that kind to the general test. For a
field that is not there most take a value instead, ``absent``, which gives the same answer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeAlias

from segql.evaluator import comparisons
from segql.evaluator.asking import DATE, Many, One, Profiles, Test, by_answers
from segql.evaluator.compare import ORDER, Answer, Members
from segql.evaluator.comparisons import Kinds
from segql.evaluator.values import MISSING, Profile

Short: TypeAlias = Callable[[str, One], Test]  # of a field, with the general test behind it


def of_field(name: str, short: Short, missing: bool | None, otherwise: One) -> Test:
    """A shortcut, and ``missing``, the answer where there is no field, before the general test."""

    def of_name(name: str, otherwise: One) -> Test:
        return short(name, lambda profile: otherwise(profile) if name in profile else missing)

    return _of_key(name, of_name, otherwise) if "." in name else of_name(name, otherwise)


def _of_key(name: str, short: Short, otherwise: One) -> Test:
    """A name with a dot: a map is to its key what a profile is to a name."""
    owner, _, key = name.partition(".")
    of_map = short(key, lambda _: MISSING)
    ask, ask_many = of_map.one, of_map.many
    empty: Profile = {}
    no_map: Profile = {key: MISSING}  # of no usual kind

    def one(profile: Profile) -> Answer:
        if name not in profile:
            found: Any = profile.get(owner, empty)
            if found.__class__ is dict:
                answer = ask(found)
                return otherwise(profile) if answer is MISSING else answer
        return otherwise(profile)

    def many(profiles: Profiles) -> list[Answer]:
        maps: list[Profile] = [
            found
            if (found := profile.get(owner, empty)).__class__ is dict and name not in profile
            else no_map
            for profile in profiles
        ]
        answers = ask_many(maps)
        if MISSING not in answers:
            return answers
        return [
            otherwise(profile) if answer is MISSING else answer
            for profile, answer in zip(profiles, answers, strict=True)
        ]

    return by_answers(one, many, of_map.cost)


def comparison(operator: str, literal: Any, kinds: Kinds) -> Short:
    """A value of some kinds against a literal."""
    return lambda name, otherwise: comparisons.comparison(operator, name, literal, kinds, otherwise)


def text(is_so: Callable[[str, str], bool], part: str) -> Short:
    """LIKE and CONTAINS of a text."""
    absent = next((other for other in ("", "/") if not is_so(other, part)), None)

    def short(name: str, otherwise: One) -> Test:
        def one(profile: Profile) -> Answer:
            value: Any = profile.get(name, absent)
            return is_so(value, part) if value.__class__ is str else otherwise(profile)

        def many(profiles: Profiles) -> list[Answer]:
            return [
                is_so(value, part)
                if (value := profile.get(name, absent)).__class__ is str
                else otherwise(profile)
                for profile in profiles
            ]

        return by_answers(one, many)

    return short


def one_of(found: Members) -> Short:
    """IN of a text; of an array of texts, where no member spells a number."""
    texts, is_disjoint = found.texts, found.texts.isdisjoint
    absent = "".join(texts) + " "  # longer than any of them
    takes_arrays = not found.spelled and not found.others

    def short(name: str, otherwise: One) -> Test:
        def one(profile: Profile) -> Answer:
            value: Any = profile.get(name, absent)
            kind = value.__class__
            if kind is str:
                return value in texts
            if kind is list and takes_arrays:
                try:
                    return not is_disjoint(value)
                except TypeError:  # there is an array or a map in it
                    pass
            return otherwise(profile)

        def many(profiles: Profiles) -> list[Answer]:
            return [
                value in texts
                if (kind := (value := profile.get(name, absent)).__class__) is str
                else not is_disjoint(value)
                if kind is list and takes_arrays
                else otherwise(profile)
                for profile in profiles
            ]

        return by_answers(one, _unless((TypeError,), many, one))

    return short


def _unless(errors: tuple[type[Exception], ...], many: Many, one: One) -> Many:
    """Where one of many profiles has an unusual value, they are asked one after the other."""

    def ask(profiles: Profiles) -> list[Answer]:
        try:
            return many(profiles)
        except errors:
            return [*map(one, profiles)]

    return ask


def between(low: Any, high: Any, kinds: Kinds) -> Short:
    """BETWEEN of a number of some kinds; a field that is not there has no answer."""
    this, that = kinds

    def short(name: str, otherwise: One) -> Test:
        def one(profile: Profile) -> Answer:
            value: Any = profile.get(name)
            kind = value.__class__
            return low < value < high if kind is this or kind is that else otherwise(profile)

        def many(profiles: Profiles) -> list[Answer]:
            return [
                low < value < high
                if (value := profile.get(name)).__class__ is this or value.__class__ is that
                else otherwise(profile)
                for profile in profiles
            ]

        return by_answers(one, many)

    return short


def existence(name: str, otherwise: One) -> Test:
    """EXISTS of what is true; a number or a bool that is not is left to the general test."""

    def one(profile: Profile) -> Answer:
        value = profile.get(name)
        if value:
            return True
        return False if value is None else otherwise(profile)

    def many(profiles: Profiles) -> list[Answer]:
        return [
            True if (value := profile.get(name)) else False if value is None else otherwise(profile)
            for profile in profiles
        ]

    return by_answers(one, many)


# ---- Dates, in the form that exports have them: 2026-03-15T12:00:00Z --------------------

_LENGTH = 20
_MARKS = {4: "-", 7: "-", 10: "T", 13: ":", 16: ":", 19: "Z"}
_MARKED, _ALL_MARKS = slice(4, _LENGTH, 3), "".join(_MARKS.values())
_FIRST_AND_LAST = ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")
_read_date = datetime.fromisoformat


def date(operator: str, point: datetime) -> Short:
    """A date against a point in time."""
    is_so = ORDER[operator]
    absent = next(
        (text for text in _FIRST_AND_LAST if is_so(_read_date(text), point) == (operator == "!=")),
        None,
    )

    def short(name: str, otherwise: One) -> Test:
        def one(profile: Profile) -> Answer:
            value: Any = profile.get(name, absent)
            if isinstance(value, str) and value[_MARKED] == _ALL_MARKS:
                try:
                    return is_so(_read_date(value), point)
                except ValueError:
                    pass
            return otherwise(profile)

        def many(profiles: Profiles) -> list[Answer]:
            values: list[Any] = [profile.get(name, absent) for profile in profiles]
            if _have_date_form(values):
                return [is_so(date, point) for date in map(_read_date, values)]
            return [*map(one, profiles)]

        return by_answers(one, _unless((TypeError, ValueError), many, one), DATE)

    return short


def _have_date_form(values: list[str]) -> bool:
    """Whether all texts look like dates. Their digits are left to who reads them."""
    joined, breaks = "\n".join(values), len(values) - 1
    places = _LENGTH + 1
    return (
        len(joined) == breaks * places + _LENGTH
        and joined.count("\n") == breaks
        and joined[_LENGTH::places] == "\n" * breaks  # so all are of this length
        and all(joined[place::places] == mark * (breaks + 1) for place, mark in _MARKS.items())
    )
