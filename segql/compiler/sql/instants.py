"""Points in time in SQL: in UTC and to the second, as the server compares them.

Date math is worked out where the present is given; otherwise it is said in terms of
CURRENT_TIMESTAMP, and a month without the day goes on into the next one in SQL as well. The time
zone of the SQL session has to be UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from sqlglot import exp

from segql.catalog.dates import DateMath, instant, parse_date, parse_date_math
from segql.compiler.sql.dialects import Dialect
from segql.compiler.sql.truth import TRUE, Sql, choose, is_known
from segql.compiler.sql.values import Value

_FIRST, _LAST = -62_135_596_800, 253_402_300_799  # Unix seconds of the years 1 to 9999
_HOURS = {"w": 168, "d": 24, "h": 1}
_UNITS = {"m": "MINUTE", "s": "SECOND"}
_MONTHS = {"y": 12, "M": 1}
_FARTHEST = 1000 * 366 * 24 * 3600  # seconds; SQL's years end at 9999 and so do ours
_SECONDS = {"y": 31_622_400, "M": 2_678_400, "w": 604_800, "d": 86_400, "h": 3600, "m": 60, "s": 1}
_DATE = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?([Zz]|[+-][0-9]{2}:[0-9]{2})?)?$"
)


class Instant(NamedTuple):
    """A point in time: ``whole`` seconds or not. In rows where ``when`` is false there is none."""

    sql: Sql
    whole: bool = False
    when: Sql = TRUE


class Clock(NamedTuple):
    """How points in time are said: in a dialect, with the present if it is known."""

    dialect: Dialect
    now: datetime | None


def instant_of(value: Value, clock: Clock) -> Instant | None:
    """The point in time that a value is or stands for; None for none."""
    match value:
        case Value("date"):
            return Instant(value.sql, value.constant is not None)
        case Value("text", constant=str(text)):
            sql = _of_text(text, clock)
            return sql and Instant(sql, True)
        case Value("number", constant=int(number) | float(number)):
            return _epoch(number)
        case Value("text"):
            sql = text_instant(value.sql)
            return Instant(sql, when=is_known(sql))
        case Value("number"):
            sql = number_instant(value.sql)
            return Instant(sql, when=is_known(sql))
        case _:
            return None


def text_instant(text: Sql) -> Sql:
    """The point in time that a text holds, as ISO 8601 and RFC 3339 write it; NULL for none.

    Of texts in a profile no other form is read: `2026/3/1` and digits are no dates here.
    """
    is_date = exp.RegexpLike(this=text, expression=exp.Literal.string(_DATE))
    kind = exp.DataType.build("TIMESTAMPTZ")
    upper = exp.Upper(this=text)  # `t` and `z` are understood by some alone
    return choose(is_date, exp.TryCast(this=upper, to=kind, safe=True))


def number_instant(number: Sql) -> Sql:
    """The point in time of Unix seconds or milliseconds; NULL outside the years 1 to 9999."""
    few = exp.LT(this=exp.Abs(this=number), expression=exp.convert(100_000_000_000))
    thousandth = exp.Div(this=number, expression=exp.convert(1000), typed=False, safe=False)
    seconds = choose(few, number, thousandth)
    is_date = exp.Between(this=seconds, low=exp.convert(_FIRST), high=exp.convert(_LAST))
    return choose(is_date, exp.UnixToTime(this=exp.Trunc(this=seconds)))


def to_the_second(point: Instant) -> Sql:
    """A point in time without the fraction of a second."""
    if point.whole:
        return point.sql
    return exp.TimestampTrunc(this=point.sql, unit=exp.var("SECOND"))


def literal(moment: datetime) -> Sql:
    """A point in time that is known."""
    text = moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "seconds")
    return exp.cast(exp.Literal.string(f"{text}+00:00"), "TIMESTAMPTZ")


def _of_text(text: str, clock: Clock) -> Sql | None:
    math = parse_date_math(text)
    if math is None or clock.now is not None:
        moment = instant(text, clock.now) if clock.now else parse_date(text)
        return moment and literal(moment)
    if math.count * _SECONDS[math.unit] > _FARTHEST:
        return literal(_end_of_time(math))
    return _moved(math, clock.dialect)


def _epoch(number: float) -> Instant | None:
    try:
        return Instant(literal(datetime.fromtimestamp(_per_second(number), UTC)), True)
    except (ValueError, OverflowError, OSError):
        return None


def _end_of_time(math: DateMath) -> datetime:
    end = datetime.min if math.sign < 0 else datetime.max
    return end.replace(microsecond=0, tzinfo=UTC)


def _moved(math: DateMath, dialect: Dialect) -> Sql:
    now = exp.TimestampTrunc(this=exp.CurrentTimestamp(), unit=exp.var("SECOND"))
    count = math.sign * math.count
    if math.unit in _MONTHS:
        return _month_moved(now, count * _MONTHS[math.unit], dialect)
    hours = _HOURS.get(math.unit)
    unit = "HOUR" if hours else _UNITS[math.unit]
    return dialect.add(now, exp.convert(count * (hours or 1)), unit)


def _month_moved(now: Sql, months: int, dialect: Dialect) -> Sql:
    """From the first of this month to the first of that month, and on to the day."""
    day = exp.Extract(this=exp.var("DAY"), expression=exp.CurrentTimestamp())
    before = exp.paren(exp.Sub(this=exp.convert(1), expression=day))
    since = exp.paren(exp.Sub(this=day, expression=exp.convert(1)))
    first = dialect.add(now, exp.Mul(this=before, expression=exp.convert(24)), "HOUR")
    there = dialect.add(first, exp.convert(months), "MONTH")
    return dialect.add(there, exp.Mul(this=since, expression=exp.convert(24)), "HOUR")


def _per_second(number: float) -> float:
    return number if abs(number) < 1e11 else number / 1000
