"""Functions of dates. Each takes the present first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from segql.evaluator.values import MISSING, number_of, point_of

# How a layout is written (a sample date: 2 January 2006, 15:04:05), and how Python writes it.
_LAYOUT = {
    "2006": "%Y", "January": "%B", "Monday": "%A", "-07:00": "%z", "-0700": "%z", "Z07:00": "%z",
    "Jan": "%b", "Mon": "%a", "MST": "%Z", "01": "%m", "02": "%d", "15": "%H", "03": "%I",
    "04": "%M", "05": "%S", "06": "%y", "PM": "%p", "%": "%%", "1": "%m", "2": "%d", "3": "%I",
    "4": "%M", "5": "%S",
}  # fmt: skip
_LAYOUT_PART = re.compile("|".join(_LAYOUT))
_LONGEST = 100  # characters; no date has more
_LARGEST = 2**63  # the server's counters have 64 bits


def present(now: datetime) -> datetime:
    """``now``."""
    return now


def to_date(now: datetime, first: Any, second: Any = None) -> Any:
    """A date, or date math, as a date; of two arguments the first is the layout of the second."""
    found = point_of(first, now) if second is None else _laid_out(first, second)
    return MISSING if found is None else found


def _laid_out(layout: Any, text: Any) -> datetime | None:
    if layout.__class__ is not str or text.__class__ is not str:
        return None
    if len(layout) > _LONGEST or len(text) > _LONGEST:
        return None
    pattern = _LAYOUT_PART.sub(lambda part: _LAYOUT[part[0]], layout)
    try:
        found = datetime.strptime(text, pattern)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, re.error):  # a part that stands there twice is an error
        return None


def timestamp(now: datetime, value: Any) -> Any:
    """A date as Unix seconds."""
    found = point_of(value, now)
    return MISSING if found is None else int(found.timestamp())


def days_ago(now: datetime, value: Any) -> Any:
    """How many whole days a date lies back; fewer than none for one that is to come."""
    found = point_of(value, now)
    return MISSING if found is None else int((now - found) / timedelta(days=1))


def part(take: Callable[[datetime], Any]) -> Callable[..., Any]:
    """A function of a date; without an argument it is that of the present."""

    def of_date(now: datetime, *values: Any) -> Any:
        found = point_of(values[0], now) if values else now
        return MISSING if found is None else take(found)

    return of_date


def time_window(now: datetime, buckets: Any, count: Any, days: Any) -> Any:
    """At least so many times in so many days, of an array of dates or a map from dates to counts.

    A day of a map counts whole.
    """
    least, length = number_of(count), number_of(days)
    if least is None or length is None or not 0 <= length < 1_000_000:
        return MISSING
    if buckets.__class__ is dict:
        times = cast("Iterable[tuple[Any, Any]]", buckets.items())
    elif buckets.__class__ is list:
        times = ((date, 1) for date in cast("list[Any]", buckets))
    else:
        return MISSING
    first = now - timedelta(days=min(length, now.toordinal() - 1))
    return sum(_counted(date, number, first, now) for date, number in times) >= least


def _counted(date: Any, number: Any, first: datetime, last: datetime) -> float:
    found, times = point_of(date, last), number_of(number)
    if found is None or times is None or not 0 < times < _LARGEST:
        return 0
    return times if first <= found <= last else 0
