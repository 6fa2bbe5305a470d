"""BETWEEN, IN, LIKE, CONTAINS, EXISTS and bare values."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

from sqlglot import exp

from segql.compiler.sql.comparing import compare, ordered, some
from segql.compiler.sql.errors import Unsayable
from segql.compiler.sql.instants import Clock
from segql.compiler.sql.patterns import like
from segql.compiler.sql.truth import (
    FALSE,
    NEVER,
    TRUE,
    UNKNOWN,
    Sql,
    Truth,
    all_of,
    any_of,
    certain,
    choose,
    either,
    known,
    negated,
)
from segql.compiler.sql.values import Cases, Items, Kind, Value, decide, number_of


def exists(value: Value) -> Truth:
    """Whether there is something."""
    if value.kind in ("missing", "null"):
        return NEVER
    if value.kind == "text" and value.constant is not None:
        return certain(value.constant != "")
    if value.kind == "text":
        empty = exp.Literal.string("")
        return either(ordered(value.sql, "!=", empty))
    return either(is_some(value.items)) if value.items else certain(True)


def is_some(items: Items) -> Sql:
    """Whether there is an item."""
    return exp.GT(this=items.size, expression=exp.convert(0))


def bare(value: Value) -> Truth:
    """A value that stands alone: what is no bool matches no more than its negation."""
    return either(value.sql) if value.kind == "bool" else UNKNOWN


# ---- BETWEEN -------------------------------------------------------------------------


def between(clock: Clock, value: Value, low: Value, high: Value) -> Truth:
    """Both ends are excluded; whole numbers truncate them."""
    match value:
        case Value("list", items=Items(has_dates=True) as items):
            return some(items, lambda item: _date_between(item, low, high, clock))
        case Value("date"):
            return _date_between(value, low, high, clock)
        case Value("number"):
            return _number_between(value, low, high, clock)
        case _:
            return UNKNOWN


def _date_between(value: Value, low: Value, high: Value, clock: Clock) -> Truth:
    if value.kind != "date":
        return UNKNOWN
    after = compare(clock, ">", False, value, low)
    before = compare(clock, "<", False, value, high)
    answered = all_of(_is_answered(after), _is_answered(before))
    true = all_of(after.true, before.true)
    return Truth(
        true, all_of(answered, any_of(after.false, before.false)), after.total and before.total
    )


def _is_answered(truth: Truth) -> Sql:
    return exp.true() if truth.total else any_of(truth.true, truth.false)


def _number_between(value: Value, low: Value, high: Value, clock: Clock) -> Truth:
    first, last = (_bound(end, value.whole, clock) for end in (low, high))
    if first is None or last is None:
        return UNKNOWN
    true = all_of(ordered(value.sql, ">", first), ordered(value.sql, "<", last))
    false = any_of(ordered(value.sql, "<=", first), ordered(value.sql, ">=", last))
    if _is_known(low) and _is_known(high):
        return Truth(true, false, True)
    both = all_of(*(negated(exp.Is(this=e, expression=exp.null())) for e in (first, last)))
    return Truth(all_of(both, known(true, False)), all_of(both, known(false, False)))


def _bound(end: Value, whole: bool | Sql, clock: Clock) -> Sql | None:
    number = number_of(end)
    if number is None or whole is False or (end.kind == "number" and end.whole is True):
        return number
    cut = clock.dialect.truncate(number) if end.constant is None else _cut(float(end.constant))
    return cut if whole is True or cut == number else choose(whole, cut, number)


def _cut(number: float) -> Sql:
    return exp.convert(math.trunc(number) if abs(number) < _LARGEST_WHOLE else number)


def _is_known(end: Value) -> bool:
    return end.kind == "number" or end.constant is not None


# ---- IN and INTERSECTS ---------------------------------------------------------------


def membership(left: Value, right: Value) -> Truth:
    """Equality for a scalar, overlap for a list, keys for a map."""
    if left.kind == "missing":
        return NEVER
    if left.kind in ("null", "date", "bool") or right.kind in ("missing", "null"):
        return UNKNOWN
    if right.items is not None and right.items.literals:
        others = right.items.literals
        return either(_any_item(left, lambda mine: _is_among(mine, others)))
    return either(_any_item(left, lambda mine: _any_item(right, lambda other: equal(mine, other))))


def _is_among(mine: Value, others: Sequence[Value]) -> Sql:
    """Whether a value is one of those that are written; of each kind at once."""
    if mine.kind == "null":
        return TRUE if any(other.kind == "null" for other in others) else FALSE
    found: list[Sql] = []
    for kind in ("text", "number", "bool"):
        same = [other for other in others if other.kind == kind]
        if (mine.kind, kind) in _SAME:
            found.append(_is_in(mine.sql, [other.sql for other in same]))
        elif (mine.kind, kind) in (("text", "number"), ("number", "text")):
            first, second = number_of(mine), [number_of(other) for other in same]
            numbers = [number for number in second if number is not None]
            found.append(FALSE if first is None else known(_is_in(first, numbers), False))
    return any_of(*found)


def _is_in(value: Sql, others: list[Sql]) -> Sql:
    if len(others) == 1:
        return ordered(value, "=", others[0])
    return exp.In(this=value, expressions=others) if others else FALSE


def _any_item(value: Value, test: Callable[[Value], Sql]) -> Sql:
    """A condition on an item of a list, on a key of a map, or on what is neither."""
    if value.items is None:
        return test(value)
    return value.items.some(lambda cases: _in_cases(cases, test))


def _in_cases(cases: Cases, test: Callable[[Value], Sql]) -> Sql:
    return any_of(*(all_of(case.when, test(case)) for case in cases))


def equal(mine: Value, other: Value) -> Sql:
    """The equality of IN: a number equals the same number in a text."""
    kinds = (mine.kind, other.kind)
    if kinds == ("null", "null"):  # of items
        return TRUE
    if kinds in _SAME:
        return ordered(mine.sql, "=", other.sql)
    if kinds not in (("text", "number"), ("number", "text")):
        return FALSE
    first, second = number_of(mine), number_of(other)
    if first is None or second is None:
        return FALSE
    found = ordered(first, "=", second)
    text = mine if mine.kind == "text" else other
    return found if text.constant is not None else known(found, False)


_SAME: Final[tuple[tuple[Kind, Kind], ...]] = (
    ("text", "text"),
    ("number", "number"),
    ("bool", "bool"),
    ("date", "date"),
)


# ---- LIKE and CONTAINS ---------------------------------------------------------------


def matches(value: Value, pattern: Value) -> Truth:
    """LIKE; the pattern is a text that is known."""
    if pattern.kind != "text":
        return NEVER if value.kind == "missing" else UNKNOWN
    return _in_texts(value, lambda text: like(text, pattern.constant), ("text",))


def contains(value: Value, part: Value) -> Truth:
    """CONTAINS: of a text, or of any item of a list, where numbers are texts as well."""
    if "missing" in (value.kind, part.kind):
        return NEVER
    searched = None if part.kind == "null" else text_of(part)
    if searched is None or (value.kind == "text" and part.kind != "text"):
        return UNKNOWN
    return _in_texts(value, lambda text: has_part(text, searched), ("text", "number"))


def has_part(text: Sql, part: Sql) -> Sql:
    """Whether a text has a part; CONTAINS would not see the case in some dialects."""
    return ordered(exp.StrPosition(this=text, substr=part), ">", exp.convert(0))


def _in_texts(value: Value, test: Callable[[Sql], Sql], kinds: tuple[Kind, ...]) -> Truth:
    """Of a text, or of an item of a list that is of one of these kinds."""
    if value.kind == "missing":
        return NEVER
    if value.kind == "text":
        return either(test(value.sql))
    if value.kind != "list" or value.items is None:
        return UNKNOWN

    def of_item(item: Value) -> Truth:
        return either(test(as_text(item))) if item.kind in kinds else NEVER

    return either(value.items.some(lambda cases: decide(of_item, cases).true))


def text_of(value: Value) -> Sql | None:
    """A text, a number or a bool as a text; None for anything else."""
    match value.kind:
        case "text" | "number":
            return as_text(value)
        case "bool":
            yes, no = exp.Literal.string("true"), exp.Literal.string("false")
            return choose(value.sql, yes, no)
        case "date":
            raise Unsayable("a date as a text")
        case _:
            return None


_LARGEST_WHOLE: Final = 10**18  # that every dialect can hold


def _spelled(number: float) -> str:
    whole = isinstance(number, int) or (number.is_integer() and abs(number) < 1e21)
    return str(int(number) if whole else number)


def as_text(value: Value) -> Sql:
    """A value as a text; a whole number has no point."""
    if value.kind == "text":
        return value.sql
    if value.constant is not None:
        return exp.Literal.string(_spelled(value.constant))
    text = exp.DataType.build("TEXT")
    whole = exp.Cast(this=exp.Cast(this=value.sql, to=exp.DataType.build("BIGINT")), to=text)
    rounded, limit = exp.Floor(this=value.sql), exp.convert(_LARGEST_WHOLE)
    is_whole = all_of(
        exp.LT(this=exp.Abs(this=value.sql), expression=limit),
        exp.EQ(this=value.sql, expression=rounded),
    )
    return choose(is_whole, whole, exp.Cast(this=value.sql, to=text))
