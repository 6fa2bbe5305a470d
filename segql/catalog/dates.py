"""Dates as segments write them: date math such as "now-3d", and points in time.

Everything is in UTC and to the second, as the server compares dates.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

import msgspec

if TYPE_CHECKING:
    from datetime import datetime

Unit = Literal["y", "M", "w", "d", "h", "m", "s"]
# What each unit of date math is: `M` is a month, `m` a minute.
UNITS: dict[Unit, str] = {
    "y": "year",
    "M": "month",
    "w": "week",
    "d": "day",
    "h": "hour",
    "m": "minute",
    "s": "second",
}


class DateMath(msgspec.Struct, frozen=True):
    """``now``, then a sign (1 or -1), a whole number and a unit."""

    sign: Literal[1, -1]
    count: int
    unit: Unit


_DATE_MATH = re.compile(r"now([+-])([0-9]{1,19})([yMwdhms])")
_LARGEST = 2**63 - 1  # the server counts in 64 bits
_SECONDS = {"h": 3600, "m": 60, "s": 1}
_DAYS = {"w": 7, "d": 1}
_MONTHS = {"y": 12, "M": 1}

_DATE = re.compile(
    r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})"
    r"(?:[Tt ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?"
    r" ?([Zz]|[+-][0-9]{2}:?[0-9]{2})?(?: UTC)?)?"
)
# Digits that are a point in time, by their number -> how many of them make a second.
_EPOCHS = {10: 1, 13: 10**3, 16: 10**6, 19: 10**9}
_LONGEST = 64  # characters; no date has more


def parse_date_math(text: str) -> DateMath | None:
    """Read "now-3d"; None for anything else: spaces, fractions, chains and bare "now" are."""
    found = _DATE_MATH.fullmatch(text)
    if found is None or int(found[2]) > _LARGEST:
        return None
    return DateMath(1 if found[1] == "+" else -1, int(found[2]), cast("Unit", found[3]))


def is_date(text: str) -> bool:
    """Whether the server reads a text, other than date math, as a point in time.

    That is more than `instant` reads: also forms such as "7/1/2015" and "July 1, 2015".
    """
    if len(text) > _LONGEST:
        return False
    return parse_date(text) is not None or _other_dates().fullmatch(text) is not None


def instant(text: str, now: datetime) -> datetime | None:
    """The point in time, in UTC and to the second, that a text stands for; None if it is none.

    Read are date math (relative to ``now``, which knows its time zone), RFC 3339, dates with and
    without a time (UTC where no zone is said), and Unix seconds and milliseconds. A month without
    the day goes on into the next one: a month after 31 January is 3 March, or 2 March in a leap
    year. What lies outside the years 1 to 9999 becomes the first or the last second of them.
    """
    math = parse_date_math(text)
    return parse_date(text) if math is None else _moved(now, math)


@cache
def _other_dates() -> re.Pattern[str]:
    """What the server's parser of dates reads as well, and we do not.

    7/1/2015, 2015-07, 20150701, July 1st, 2015.
    """
    return re.compile(
        r"[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{2,4}(?:[ T].*)?"
        r"|[0-9]{4}(?:[-/.](?:0?[1-9]|1[0-2]))?|[0-9]{8}|[0-9]{14}"
        r"|(?=.*[0-9])(?:.*[^a-z])?"
        r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
        r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?:[^a-z].*)?",
        re.IGNORECASE,
    )


def parse_date(text: str) -> datetime | None:
    """The point in time, in UTC and to the second, of a text that is no date math; or None."""
    from datetime import UTC, datetime, timedelta, timezone

    if text.isascii() and text.isdecimal():
        per_second = _EPOCHS.get(len(text))
        start = datetime(1970, 1, 1, tzinfo=UTC)
        return start + timedelta(seconds=int(text) // per_second) if per_second else None
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, _, month, day, hour, minute, second, zone = found.groups(default="0")
    try:
        offset = timezone(timedelta(minutes=_minutes(zone)))
        parts = map(int, (year, month, day, hour, minute, second))
        return datetime(*parts, tzinfo=offset).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _moved(now: datetime, math: DateMath) -> datetime:
    from datetime import UTC, datetime, timedelta

    start = now.astimezone(UTC).replace(microsecond=0)
    count = math.sign * math.count
    months = start.year * 12 + start.month - 1 + count * _MONTHS.get(math.unit, 0)
    first = start.replace(day=1)
    try:
        first = first.replace(year=months // 12, month=months % 12 + 1)
        days = start.day - 1 + count * _DAYS.get(math.unit, 0)
        return first + timedelta(days=days, seconds=count * _SECONDS.get(math.unit, 0))
    except (ValueError, OverflowError):
        end = datetime.min if math.sign < 0 else datetime.max
        return end.replace(microsecond=0, tzinfo=UTC)


def _minutes(zone: str) -> int:
    """Minutes east of Greenwich of "+02:00"; none for "Z" and for no zone."""
    if zone[0] not in "+-":
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return minutes if zone[0] == "+" else -minutes
