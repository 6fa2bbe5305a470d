"""What a profile holds, as the language sees it: texts, numbers, bools, dates, arrays and maps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from typing import Any, cast

from segql.catalog.dates import instant, parse_date
from segql.catalog.types import FieldType
from segql.syntax.literals import MAX_NUMBER_LENGTH

Profile = Mapping[str, Any]


class Nothing(Enum):
    """What is no value, and no answer."""

    MISSING = "missing"  # the profile does not have the field; a function has no result
    # No match where it stands alone, and nothing that AND and NOT can go on with.
    ODD = "odd"

    def __bool__(self) -> bool:
        return False


MISSING, ODD = Nothing.MISSING, Nothing.ODD

_START = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECONDS = 1e11  # as seconds this is the year 5138: a larger number counts milliseconds
_LARGEST = 2**1023  # that a float can hold
_LONGEST_DATE = 64  # characters; no date has more
_TEXTS_OF_BOOLS = {"true": True, "1": True, "false": False, "0": False}


def number_of(value: Any) -> int | float | None:
    """The number that a value is, or that a text spells; None for anything else."""
    kind = value.__class__
    if kind is int or kind is float:
        return value
    return _read_number(value) if kind is str else None


def _read_number(text: str) -> float | None:
    # Python would read more: digits of other scripts, spaces around, underscores.
    if len(text) > MAX_NUMBER_LENGTH or not text.isascii() or "_" in text or text != text.strip():
        return None
    try:
        return float(text)
    except ValueError:
        return None


def text_of(value: Any) -> str | None:
    """A text, a number, a bool or a date as a text; None for anything else."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() if value.bit_length() > 1024:
            return None  # Python refuses to write out the largest
        case int():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case _:
            return None


def bool_of(value: Any) -> bool | None:
    """The bool that a value is, or that it stands for: ``"true"``, ``"1"``, ``0``; or None."""
    if value.__class__ is bool:
        return value
    text = text_of(value)
    return None if text is None else _TEXTS_OF_BOOLS.get(text)


def point_of(value: Any, now: datetime) -> datetime | None:
    """The point in time, in UTC and to the second, that a value stands for; None if it is none.

    A text is a date or date math relative to ``now``, a number Unix seconds or milliseconds.
    """
    kind = value.__class__
    if kind is datetime:
        return value
    if kind is str:
        if len(value) > _LONGEST_DATE:
            return None
        return read_date(value) or instant(value, now)
    return _of_epoch(value) if kind is int or kind is float else None


@lru_cache(maxsize=4096)  # every segment asks for the same dates of a profile
def read_date(text: str) -> datetime | None:
    """The point in time of a text that is no date math; None if it is none."""
    return parse_date(text)


def _of_epoch(count: float) -> datetime | None:
    try:
        return _START + timedelta(seconds=int(count / (1 if abs(count) < _MILLISECONDS else 1000)))
    except (OverflowError, ValueError):  # out of the calendar, infinite, not a number
        return None


def is_there(value: Any) -> bool:
    """Whether EXISTS holds: there is a value, and it is no empty text, array or map."""
    if value is None or value is MISSING:
        return False
    return bool(value) or value.__class__ not in _HOLDERS


_HOLDERS = frozenset((str, list, dict, tuple))


def plain(value: Any) -> Any:
    """A value as the language has it: a date is in UTC and to the second, a tuple is an array."""
    change = _PLAIN.get(value.__class__)
    return value if change is None else change(value)


def _plain_datetime(value: datetime) -> datetime:
    try:
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC).replace(microsecond=0)
    except (OverflowError, ValueError):  # a zone moves it out of the calendar
        return value.replace(tzinfo=UTC, microsecond=0)


def _plain_array(values: list[Any] | tuple[Any, ...]) -> list[Any]:
    if any(item.__class__ in _PLAIN_ITEMS for item in values):
        return [_PLAIN_ITEMS.get(item.__class__, _same)(item) for item in values]
    return values if values.__class__ is list else [*values]  # pyright: ignore[reportReturnType]


def _same(value: Any) -> Any:
    return value


_PLAIN_ITEMS: dict[type, Callable[[Any], Any]] = {
    datetime: _plain_datetime,
    date: lambda day: datetime.combine(day, time(tzinfo=UTC)),
}
_PLAIN: dict[type, Callable[[Any], Any]] = {
    **_PLAIN_ITEMS,
    list: _plain_array,
    tuple: _plain_array,
}


def converter(type: FieldType | None) -> Callable[[Any], Any] | None:
    """What makes a value of a field into one of its type; None where nothing is to do.

    Dates come as texts and numbers, a number can come as a whole one, and where all values come as
    texts (from a CSV file) numbers and bools do so too. What cannot be converted stays as it is.
    """
    if type is None or type.shape not in ("scalar", "set") or type.value not in _CONVERTERS:
        return None
    convert = _CONVERTERS[type.value]
    if type.shape == "scalar":
        return convert

    def convert_all(value: Any) -> Any:
        is_array = value.__class__ is list
        return [convert(item) for item in cast("list[Any]", value)] if is_array else value

    return convert_all


def _to_date(value: Any) -> Any:
    kind = value.__class__
    if kind is str:
        found = read_date(value) if len(value) <= _LONGEST_DATE else None
    else:
        found = _of_epoch(value) if kind is int or kind is float else None
    return value if found is None else found


def _to_number(value: Any) -> Any:
    if value.__class__ is int:
        return float(value) if abs(value) < _LARGEST else value
    found = _read_number(value) if value.__class__ is str else None
    return value if found is None else found


def _to_whole(value: Any) -> Any:
    number = _to_number(value)
    return int(number) if number.__class__ is float and number.is_integer() else value


def _to_bool(value: Any) -> Any:
    return _TEXTS_OF_BOOLS.get(value, value) if value.__class__ is str else value


_CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "date": _to_date,
    "int": _to_whole,
    "number": _to_number,
    "bool": _to_bool,
}
