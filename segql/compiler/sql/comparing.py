"""`= != > >= < <=` between whatever two values, as a table of their kinds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlglot import exp

from segql.compiler.sql.instants import Clock, Instant, instant_of, to_the_second
from segql.compiler.sql.truth import (
    FALSE,
    TRUE,
    UNKNOWN,
    Sql,
    Truth,
    all_of,
    any_of,
    certain,
    either,
    known,
    negated,
)
from segql.compiler.sql.values import Cases, Items, Kind, Value, decide, is_number, number_of

_SQL: Final[dict[str, type[exp.Binary]]] = {
    "=": exp.EQ,
    "!=": exp.NEQ,
    ">": exp.GT,
    ">=": exp.GTE,
    "<": exp.LT,
    "<=": exp.LTE,
}
ORDER: Final = tuple(_SQL)
_OPPOSITE: Final = {"=": "!=", "!=": "=", ">": "<=", ">=": "<", "<": ">=", "<=": ">"}
_TURNED: Final = {"=": "=", "!=": "!=", ">": "<", ">=": "<=", "<": ">", "<=": ">="}
_TEXTS_OF_BOOLS: Final = {True: ("true", "1"), False: ("false", "0")}


def compare(clock: Clock, operator: str, with_null: bool, left: Value, right: Value) -> Truth:
    """The truth of a comparison; ``with_null``: NULL is written on the right."""
    kinds = (left.kind, right.kind)
    if "missing" in kinds:
        return certain(operator == "!=")
    if left.kind == "null" and operator in ("=", "!="):
        return certain((operator == "=") == with_null)
    if left.items is not None and left.items.has_dates:
        return _some_date(left.items, operator, right, clock)
    if "date" in kinds:
        return _dates(left, operator, right, clock)
    return _TABLE.get(kinds, _unknown)(left, operator, right)


def ordered(left: Sql, operator: str, right: Sql) -> Sql:
    """A comparison as SQL has it."""
    return _SQL[operator](this=left, expression=right)


def _both(left: Sql, operator: str, right: Sql) -> Truth:
    """The truth of what is never NULL."""
    opposite = ordered(left, _OPPOSITE[operator], right)
    return Truth(ordered(left, operator, right), opposite, True)


def _unknown(left: Value, operator: str, right: Value) -> Truth:
    return UNKNOWN


def _text_with_many(left: Value, operator: str, right: Value) -> Truth:
    """A text differs from a list and a map; of one that holds a number nothing is known."""
    number = number_of(left)
    if left.constant is not None:
        return certain(operator == "!=") if number is None else UNKNOWN
    unlike = negated(is_number(left.sql))
    return Truth(unlike, FALSE) if operator == "!=" else Truth(FALSE, unlike)


def _texts(left: Value, operator: str, right: Value) -> Truth:
    """Texts have no order."""
    return _both(left.sql, operator, right.sql) if operator in ("=", "!=") else UNKNOWN


def _numbers(left: Value, operator: str, right: Value) -> Truth:
    return _both(left.sql, operator, right.sql)


def _text_with_number(left: Value, operator: str, right: Value) -> Truth:
    """A text that holds no number differs from any."""
    number = number_of(left)
    if number is None:
        return certain(operator == "!=")
    if left.constant is not None:
        return _both(number, operator, right.sql)
    opposite = ordered(number, _OPPOSITE[operator], right.sql)
    is_other = operator == "!="
    found = known(ordered(number, operator, right.sql), is_other)
    return Truth(found, known(opposite, not is_other), True)


def _number_with_text(left: Value, operator: str, right: Value) -> Truth:
    number = number_of(right)
    if number is None:
        return UNKNOWN
    if right.constant is not None:
        return _both(left.sql, operator, number)
    opposite = ordered(left.sql, _OPPOSITE[operator], number)
    found = ordered(left.sql, operator, number)
    return Truth(known(found, False), known(opposite, False))


def _bools(left: Value, operator: str, right: Value) -> Truth:
    if operator not in ("=", "!="):
        return UNKNOWN
    if right.constant is None:
        return _both(left.sql, operator, right.sql)
    return either(left.sql if right.constant == (operator == "=") else negated(left.sql))


def _text_with_bool(left: Value, operator: str, right: Value) -> Truth:
    """A text that is spelled as a bool; any other equals none, and cannot be told from any."""
    if operator not in ("=", "!="):
        return UNKNOWN
    yes, no = (_is_spelled(left.sql, answer) for answer in (True, False))
    equal = any_of(all_of(right.sql, yes), all_of(negated(right.sql), no))
    if operator == "=":
        return either(equal)
    other = any_of(all_of(right.sql, no), all_of(negated(right.sql), yes))
    return Truth(other, equal)


def _is_spelled(text: Sql, answer: bool) -> Sql:
    spellings = [exp.Literal.string(spelling) for spelling in _TEXTS_OF_BOOLS[answer]]
    return exp.In(this=text, expressions=spellings)


def _dates(left: Value, operator: str, right: Value, clock: Clock) -> Truth:
    if "bool" in (left.kind, right.kind):
        return UNKNOWN
    first, second = instant_of(left, clock), instant_of(right, clock)
    if first is None or second is None:
        return UNKNOWN
    if first.whole and not second.whole:
        first, second, operator = second, first, _TURNED[operator]
    found = _to_the_second(first, operator, second, clock)
    opposite = _to_the_second(first, _OPPOSITE[operator], second, clock)
    when = all_of(first.when, second.when)
    return Truth(all_of(when, found), all_of(when, opposite), when is TRUE)


def _to_the_second(first: Instant, operator: str, second: Instant, clock: Clock) -> Sql:
    """A column is compared as it is: with a whole second, or with the one after."""
    if first.whole or not second.whole:
        return ordered(to_the_second(first), operator, to_the_second(second))
    at, after = second.sql, clock.dialect.add(second.sql, exp.convert(1), "SECOND")
    match operator:
        case ">=" | "<":
            return ordered(first.sql, operator, at)
        case ">":
            return ordered(first.sql, ">=", after)
        case "<=":
            return ordered(first.sql, "<", after)
        case "=":
            return all_of(ordered(first.sql, ">=", at), ordered(first.sql, "<", after))
        case _:
            return any_of(ordered(first.sql, "<", at), ordered(first.sql, ">=", after))


def _some_date(items: Items, operator: str, right: Value, clock: Clock) -> Truth:
    """Of a list with nothing but dates, any; of any other nothing can be told."""

    def of_item(item: Value) -> Truth:
        return compare(clock, operator, False, item, right) if item.kind == "date" else UNKNOWN

    return some(items, of_item)


def some(items: Items, leaf: Callable[[Value], Truth]) -> Truth:
    """Whether something is so of one item; not if there is none, or one of which nobody knows."""

    def true(item: Cases) -> Sql:
        return decide(leaf, item).true

    def unknown(item: Cases) -> Sql:
        truth = decide(leaf, item)
        return FALSE if truth.total else negated(any_of(truth.true, truth.false))

    found, clear = items.some(true), negated(items.some(unknown))
    is_some = exp.GT(this=items.size, expression=exp.convert(0))
    return Truth(all_of(found, clear), all_of(is_some, negated(found), clear))


_TABLE: Final[dict[tuple[Kind, Kind], Callable[[Value, str, Value], Truth]]] = {
    ("text", "text"): _texts,
    ("text", "number"): _text_with_number,
    ("text", "bool"): _text_with_bool,
    ("text", "list"): _text_with_many,
    ("text", "map"): _text_with_many,
    ("number", "number"): _numbers,
    ("number", "text"): _number_with_text,
    ("bool", "bool"): _bools,
}
