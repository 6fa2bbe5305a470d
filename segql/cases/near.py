"""Values near what a phrase compares with: at the bound, and one step beside it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from math import floor, isfinite
from typing import Any

from segql.catalog.dates import instant, parse_date_math
from segql.catalog.types import FieldType
from segql.syntax import nodes as n
from segql.syntax.literals import number_value

_SECOND, _DAY = timedelta(seconds=1), timedelta(days=1)
_WILD = re.compile(r"\*\*?|%%?|\?|\[\^?[^\]]*\]")
_OTHERS = "a1_é"  # one of them is not in a set
_LONGEST = 1000  # characters and items that are made


def near(literal: n.Node, type: FieldType | None, now: datetime) -> list[Any]:
    """The value of a literal, and those beside it, as a field of a type has them."""
    match literal:
        case n.Number(text):
            return near_number(text, type)
        case n.String(value):
            return near_text(value, type, now)
        case n.Boolean(value):
            return [value, not value]
        case _:
            return []


def near_number(text: str, type: FieldType | None) -> list[Any]:
    """One unit of the last digit beside a number, and one whole one."""
    value = _number(text)
    if value is None:
        return []
    digits = len(text.partition(".")[2]) if _DECIMAL.fullmatch(text) else 0
    step = 10.0**-digits if digits else 1
    around = [value, value + step, value - step, value + 1, value - 1]
    rounded = [round(number, digits) if digits else _plain(number) for number in around]
    kind = type.value if type is not None else None
    if kind == "string":
        return [f"{number}" for number in rounded]
    return [floor(number) for number in rounded] if kind == "int" else [*rounded]


_DECIMAL = re.compile(r"[+-]?\d*\.\d{1,9}")


def _number(text: str) -> float | None:
    """The number that a literal spells; None for one that is too large to count with."""
    try:
        value = number_value(text)
    except ValueError:
        return None
    return value if value is not None and isfinite(value) else None


def _plain(number: float) -> float:
    """A whole number without a point."""
    return int(number) if number == int(number) else number


def near_text(value: str, type: FieldType | None, now: datetime) -> list[Any]:
    """One character beside a text, one second beside a date."""
    kind = type.value if type is not None else None
    is_untyped = type is None or type.shape == "unknown"
    if kind == "date" or (is_untyped and parse_date_math(value)):
        point = instant(value, now)
        return near_date(point) if point else []
    if kind in ("int", "number"):
        return near_number(value, type)
    return [value, f"{value}x", value[:-1], f"x{value}", value[1:]]


def near_date(point: datetime) -> list[Any]:
    """A point in time, a second and a day beside it."""
    found: list[Any] = []
    for step in (timedelta(), _SECOND, -_SECOND, _DAY, -_DAY):
        try:
            found.append(point + step)
        except OverflowError:  # out of the calendar
            continue
    return found


def like(pattern: str) -> list[Any]:
    """Texts that fit a pattern of LIKE, and some that hardly do not."""
    fitting = [_WILD.sub(_wild_as(char), pattern) for char in ("a", "1", "")]
    first = fitting[0]
    return [*fitting, first[:-1], first[1:], f"{first}x", f"x{first}", f"{first}/", f"/{first}"]


def _wild_as(char: str) -> Any:
    def text(found: re.Match[str]) -> str:
        wild = found[0]
        if not wild.startswith("["):
            return char or ("a" if wild == "?" else "")
        if wild.startswith("[^"):
            return next((c for c in _OTHERS if c not in wild), "a")
        return wild[1:2]

    return text


def for_functions(literals: list[n.Node], now: datetime) -> list[Any]:
    """What a function may be given: made of the texts and numbers that are written around it."""
    found: list[Any] = []
    for literal in literals:
        match literal:
            case n.Number(text):
                found += _of_number(text, now)
            case n.String(value):
                found += _places_around(value, literals)
                found += [*near_text(value, None, now), value.upper(), value.lower()]
                found += [f"a@{value}", f"http://{value}/a", f"http://a/{value}"]
            case _:
                found += near(literal, None, now)
    return found


def _of_number(text: str, now: datetime) -> list[Any]:
    numbers = near_number(text, None)
    found = [*numbers]
    for number in numbers[:3]:
        if 0 <= number <= _LONGEST:
            count = int(number)
            found += ["a" * count, ["a"] * count, [now - _SECOND] * count]
            found += [
                now - count * _DAY,
                now - count * _DAY - _SECOND,
                now - count * _DAY + _SECOND,
            ]
    return found


_KILOMETRES = 111.0  # of a degree of latitude, hardly less


def _places_around(text: str, literals: list[n.Node]) -> list[Any]:
    """Places near one, of which some are as far away as a number says."""
    parts = text.split(",")
    try:
        latitude, longitude = map(float, parts)
    except ValueError:
        return []
    lengths = [_number(literal.text) or 0 for literal in literals if isinstance(literal, n.Number)]
    found: list[Any] = []
    for length in lengths:
        for part in (0.99, 1.02):
            moved = length / _KILOMETRES * part
            north = latitude + moved if latitude + moved <= 90 else latitude - moved
            found.append(f"{north:.4f},{longitude}")
    return found
