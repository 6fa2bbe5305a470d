"""Functions of values of any kind: conversions, logic, numbers, maps, places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from math import asin, cos, radians, sin, sqrt
from operator import ge, gt, le, lt
from typing import Any, cast

from segql.evaluator.compare import compare
from segql.evaluator.values import MISSING, bool_of, is_there, number_of, text_of

_EARTH_RADIUS = 6371.0  # kilometres


def to_string(value: Any) -> Any:
    """``tostring``: of an array its texts, joined by commas."""
    if value.__class__ is list:
        texts = [text for text in map(text_of, cast("list[Any]", value)) if text is not None]
        return ",".join(texts)
    text = text_of(value)
    return MISSING if text is None else text


def to_int(value: Any) -> Any:
    """``toint``: cut to a whole number; a date is Unix milliseconds."""
    if value.__class__ is datetime:
        return int(value.timestamp()) * 1000
    number = to_number(value)
    try:
        return number if number is MISSING else int(number)
    except (OverflowError, ValueError):  # infinite, or not a number
        return MISSING


def to_number(value: Any) -> Any:
    """``tonumber``: also of ``"$5"`` and ``"5,555.00"``."""
    if value.__class__ is str:
        value = value.strip(" $").replace(",", "")
    number = number_of(value)
    return MISSING if number is None else number


def to_bool(value: Any) -> Any:
    """``tobool``: of a bool, 0 and 1, and the texts of these."""
    found = bool_of(value)
    return MISSING if found is None else found


def negated(value: Any, *others: Any) -> Any:
    """``not``: of one value; that of several has no meaning."""
    found = bool_of(value)
    return MISSING if found is None or others else not found


def length(value: Any) -> Any:
    """How many characters, items or keys; 0 of what has none."""
    return len(value) if value.__class__ in (str, list, dict) else 0


def equality(operator: str) -> Callable[..., Any]:
    """``eq`` and ``ne``: as the operators ``=`` and ``!=``."""

    def of_values(now: datetime, left: Any, right: Any) -> Any:
        answer = compare(left, operator, right, now)
        return MISSING if answer is None else answer

    return of_values


_ORDER: dict[str, Callable[[Any, Any], bool]] = {"gt": gt, "ge": ge, "lt": lt, "le": le}


def order(name: str) -> Callable[..., Any]:
    """``gt``, ``ge``, ``lt`` and ``le``: of numbers."""
    test = _ORDER[name]

    def of_values(left: Any, right: Any) -> Any:
        first, second = number_of(left), number_of(right)
        if first is None or second is None or first != first or second != second:
            return MISSING  # no number, or "not a number"
        return test(first, second)

    return of_values


def exists(value: Any) -> bool:
    """Whether there is a value, were it an empty one."""
    return value is not None and value is not MISSING


def one_of(*values: Any) -> Any:
    """The first of the values that is there."""
    return next(filter(is_there, values), MISSING)


def has_any(*values: Any) -> bool:
    """Whether one of the values is there."""
    return any(map(is_there, values))


def has_all(*values: Any) -> bool:
    """Whether all values are there, and none is false or 0."""
    return all(map(is_there, values)) and all(map(bool, values))


def count(*values: Any) -> Any:
    """1 where there is a value."""
    return 1 if any(map(is_there, values)) else MISSING


def total(*values: Any) -> Any:
    """The sum of numbers, and of those in arrays; texts that are no numbers are left out."""
    numbers = [*_numbers(values)]
    return _of_numbers(numbers, 1)


def average(*values: Any) -> Any:
    """The average of numbers, and of those in arrays."""
    numbers = [*_numbers(values)]
    return _of_numbers(numbers, len(numbers))


def _of_numbers(numbers: list[float], by: int) -> Any:
    try:
        return sum(numbers) / by if numbers else MISSING
    except OverflowError:
        return MISSING


def _numbers(values: tuple[Any, ...]) -> Iterator[float]:
    for value in values:
        many = cast("list[Any]", value) if value.__class__ is list else [value]
        yield from (number for item in many if (number := number_of(item)) is not None)


def map_keys(*maps: Any) -> Any:
    """The keys of maps, each once."""
    keys = [key for map in maps if map.__class__ is dict for key in cast("dict[str, Any]", map)]
    return [*dict.fromkeys(keys)] or MISSING


def map_values(map: Any) -> Any:
    """The values of a map as texts, each once."""
    if map.__class__ is not dict:
        return MISSING
    texts = (text_of(value) for value in cast("dict[str, Any]", map).values())
    return [*dict.fromkeys(text for text in texts if text is not None)] or MISSING


def is_near(value: Any, place: Any, kilometres: Any) -> Any:
    """``geodistance``: whether a place is nearer to another than so many kilometres.

    A place is "latitude,longitude", an array of both, or a map with ``lat`` and ``lon``.
    """
    here, there, most = _place(value), _place(place), number_of(kilometres)
    if here is None or there is None or most is None:
        return MISSING
    return _distance(here, there) < most


def _place(value: Any) -> tuple[float, float] | None:
    if value.__class__ is str:
        value = value.split(",", 2) if len(value) < 100 else None
    elif value.__class__ is dict:
        map = cast("dict[str, Any]", value)
        value = [map.get("lat"), map.get("lon", map.get("lng"))]
    if value.__class__ is not list or len(value) != 2:
        return None
    parts = [number_of(v.strip() if v.__class__ is str else v) for v in cast("list[Any]", value)]
    latitude, longitude = parts
    if latitude is None or longitude is None:
        return None
    on_earth = abs(latitude) <= 90 and abs(longitude) <= 360
    return (latitude, longitude) if on_earth else None


def _distance(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Kilometres along a great circle (the haversine formula)."""
    first, second = radians(here[0]), radians(there[0])
    up, along = second - first, radians(there[1] - here[1])
    half = sin(up / 2) ** 2 + cos(first) * cos(second) * sin(along / 2) ** 2
    return 2 * _EARTH_RADIUS * asin(min(1.0, sqrt(half)))
