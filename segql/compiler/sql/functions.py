"""The functions that SQL can say, as a table: each makes cases of the cases of its arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from sqlglot import exp

from segql.compiler.sql.dialects import call
from segql.compiler.sql.errors import Unsayable
from segql.compiler.sql.instants import Clock, instant_of, to_the_second
from segql.compiler.sql.leaves import exists, has_part, text_of
from segql.compiler.sql.truth import (
    FALSE,
    TRUE,
    Sql,
    all_of,
    is_constant,
    is_known,
    is_null,
    negated,
)
from segql.compiler.sql.values import MISSING, Cases, Value, number_of, of_text

_Function = Callable[[Sequence[Cases], Clock], Cases]
_Make = Callable[[Value, Clock], Cases]
_Test = Callable[[Sql, Sql], Sql]
_NOTHING = ("missing", "null")


def _each(make: _Make) -> _Function:
    """A function of one argument; without a value it has none either."""

    def of_cases(arguments: Sequence[Cases], clock: Clock) -> Cases:
        (cases,) = arguments
        return [
            made.where(case.when)
            for case in cases
            for made in (MISSING if case.kind in _NOTHING else make(case, clock))
        ]

    return of_cases


def _lower(value: Value, clock: Clock) -> Cases:
    if value.kind == "text" and value.constant is not None:
        return (of_text(value.constant.lower()),)
    text = text_of(value)
    return MISSING if text is None else (Value("text", exp.Lower(this=text)),)


def _length(value: Value, clock: Clock) -> Cases:
    if value.kind == "text":
        return (Value("number", exp.Length(this=value.sql), whole=True),)
    size = value.items.size if value.items else exp.convert(0)
    return (Value("number", size, whole=True),)


def _whole(value: Value, clock: Clock) -> Cases:
    if value.kind == "date":
        raise Unsayable("a date as a number")
    if value.kind == "text" and value.constant is None:  # "$5" and "5,000" are numbers here
        plain = exp.Trim(this=value.sql, expression=exp.Literal.string(" $"))
        digits = call("REPLACE", plain, exp.Literal.string(","), exp.Literal.string(""))
        value = Value("text", digits)
    number = number_of(value)
    if number is None:
        return MISSING
    nothing = is_null(number)
    whole = Value("number", clock.dialect.truncate(number), is_known(number), whole=True)
    return (whole, Value("missing", when=nothing))


def _date(value: Value, clock: Clock) -> Cases:
    found = instant_of(value, clock)
    if found is None:
        return MISSING
    date = Value("date", to_the_second(found), found.when)
    return (date, Value("missing", when=negated(found.when)))


def _one_of(arguments: Sequence[Cases], clock: Clock) -> Cases:
    """The first argument that is there."""
    if not arguments:
        return MISSING
    (first, *rest), cases = arguments, list[Value]()
    later = _one_of(rest, clock)
    for case in first:
        here = exists(case)
        cases.append(case.where(here.true))
        cases += [other.where(all_of(case.when, here.false)) for other in later]
    return _possible(cases)


def _text_test(test: _Test, *, of_empty_text: bool = True, otherwise: Cases = MISSING) -> _Function:
    """A function that tells whether a text has a part; ``otherwise`` one of them is no text.

    Nothing is known of an empty part, and of an empty text only if it is said so.
    """

    def of_cases(arguments: Sequence[Cases], clock: Clock) -> Cases:
        left, right = arguments
        return _possible(
            made.where(all_of(one.when, other.when))
            for one in left
            for other in right
            for made in _tested(one, other)
        )

    def _tested(one: Value, other: Value) -> Cases:
        whole, part = text_of(one), text_of(other)
        if whole is None or part is None:
            return otherwise
        is_told = all_of(exists(other).true, TRUE if of_empty_text else exists(one).true)
        value = Value("bool", exp.paren(test(whole, part)), is_told)
        return (value, Value("missing", when=negated(is_told)))

    return of_cases


def _possible(cases: Iterable[Value]) -> Cases:
    """The cases that some row can have."""
    return [case for case in cases if not is_constant(case.when, False)]


def _starts(text: Sql, start: Sql) -> Sql:
    return exp.EQ(this=exp.Left(this=text, expression=exp.Length(this=start)), expression=start)


def _ends(text: Sql, end: Sql) -> Sql:
    return exp.EQ(this=exp.Right(this=text, expression=exp.Length(this=end)), expression=end)


class SqlFunction(NamedTuple):
    """A function: how many arguments it takes (None: any number), and what it makes of them."""

    arguments: int | None
    make: _Function


# By name in lower case.
SQL_FUNCTIONS: Final = {
    "tolower": SqlFunction(1, _each(_lower)),
    "len": SqlFunction(1, _each(_length)),
    "toint": SqlFunction(1, _each(_whole)),
    "todate": SqlFunction(1, _each(_date)),
    "oneof": SqlFunction(None, _one_of),
    "hasprefix": SqlFunction(2, _text_test(_starts)),
    "hassuffix": SqlFunction(2, _text_test(_ends)),
    "contains": SqlFunction(
        2, _text_test(has_part, of_empty_text=False, otherwise=(Value("bool", FALSE),))
    ),
}
