"""What an operand can be, case by case, and each case in SQL."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, Literal, NamedTuple, TypeAlias

from sqlglot import exp

from segql.compiler.sql.truth import FALSE, TRUE, Sql, Truth, all_of, any_of, choose
from segql.syntax import nodes as n
from segql.syntax.literals import number_value

Kind = Literal["missing", "null", "text", "number", "bool", "date", "list", "map", "other"]
# Numbers in texts: no spaces, no "inf" and no "nan", which each dialect reads in its own way.
NUMBER = r"[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,2})?"


class Value(NamedTuple):
    """One thing that an operand can be.

    ``when`` says of which rows it is true; there ``sql`` is not NULL. A literal has its value in
    ``constant``. A number truncates the bounds of BETWEEN where it is ``whole``. A list has its
    items, a map its keys in ``items``.
    """

    kind: Kind
    sql: Sql = exp.null()
    when: Sql = TRUE
    constant: Any = None
    whole: bool | Sql = False
    items: Items | None = None

    def where(self, condition: Sql) -> Value:
        """The same, of fewer rows."""
        return self._replace(when=all_of(condition, self.when))


# The values exclude each other, and one of them is there in every row.
Cases: TypeAlias = Sequence[Value]


class Items(NamedTuple):
    """The items of a list: whether a condition holds for one of them, and how many there are."""

    some: Callable[[Callable[[Cases], Sql]], Sql]
    size: Sql
    has_dates: bool = False
    literals: Sequence[Value] = ()  # where they stand in the text


MISSING: Cases = (Value("missing"),)
ODD = Value("other")  # what is there, and nothing can be said of


def decide(leaf: Callable[..., Truth], *operands: Cases) -> Truth:
    """The truth of a leaf for whatever its operands are."""
    if not operands:
        return leaf()
    first, *rest = operands
    found = [(value, decide(partial(leaf, value), *rest)) for value in first]
    return Truth(
        any_of(*(all_of(value.when, truth.true) for value, truth in found)),
        any_of(*(all_of(value.when, truth.false) for value, truth in found)),
        all(truth.total for _, truth in found),
    )


def literal(node: n.LiteralValue) -> Value:
    """What a literal of the text is."""
    match node:
        case n.String(text):
            return of_text(text)
        case n.Boolean(answer):
            return Value("bool", TRUE if answer else FALSE, constant=answer)
        case n.Number(text):
            value = number_value(text)
            return ODD if value is None else of_number(value)
        case n.Null():
            return Value("null")


def of_text(text: str) -> Value:
    """A text that is known."""
    return Value("text", exp.Literal.string(text), constant=text)


def of_number(value: int | float) -> Value:
    """A number that is known."""
    return Value("number", number_literal(value), constant=value, whole=isinstance(value, int))


def number_literal(value: int | float) -> Sql:
    """A number as SQL has it: the minus is an operator."""
    return exp.convert(value)


def is_number(sql: Sql) -> Sql:
    """Whether a text holds a number."""
    return exp.RegexpLike(this=sql, expression=exp.Literal.string(f"^{NUMBER}$"))


def number_of(value: Value) -> Sql | None:
    """The number that a value is or holds, NULL where a text holds none; None for no number."""
    if value.kind == "number":
        return value.sql
    if value.kind != "text":
        return None
    if value.constant is not None:
        number = number_in(value.constant)
        return None if number is None else number_literal(number)
    double = exp.TryCast(this=value.sql, to=exp.DataType.build("DOUBLE"), safe=True)
    return choose(is_number(value.sql), double)


def number_in(text: str) -> int | float | None:
    """The number that a text holds, if it is one."""
    if not re.fullmatch(NUMBER, text):
        return None
    try:
        return int(text)
    except ValueError:
        return float(text) if math.isfinite(float(text)) else None


def literals(nodes: Iterable[n.LiteralValue]) -> Items:
    """The literals of an array."""
    values = tuple(literal(node) for node in nodes)

    def some(test: Callable[[Cases], Sql]) -> Sql:
        return any_of(*(test((value,)) for value in values))

    return Items(some, exp.Literal.number(len(values)), literals=values)
