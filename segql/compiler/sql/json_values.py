"""What a value in JSON can be: JSON says its type, and the catalog what it is read as."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from sqlglot import exp

from segql.compiler.sql.dialects import Json
from segql.compiler.sql.instants import number_instant, text_instant
from segql.compiler.sql.truth import Sql, all_of, any_of, is_known, known, negated
from segql.compiler.sql.values import Value, is_number, number_of


def is_of_kind(json: Json, sql: Sql, kind: str) -> Sql:
    """Whether JSON has a value of a kind; what is not there has none."""
    names = [exp.Literal.string(name) for name in json.kinds[kind]]
    type = json.type(sql)
    one = exp.EQ(this=type, expression=names[0])
    return known(one if len(names) == 1 else exp.In(this=type, expressions=names), False)


def scalars(json: Json, sql: Sql, type: str | None) -> Iterator[Value]:
    """The scalars; one that can be read as the type that the catalog states is that."""
    text = json.text(sql)
    number = exp.TryCast(this=text, to=exp.DataType.build("DOUBLE"), safe=True)
    is_whole = is_of_kind(json, sql, "int")
    said = (
        Value("text", text, is_of_kind(json, sql, "text")),
        Value("bool", exp.paren(_is_in(text, "true")), is_of_kind(json, sql, "bool")),
        Value("number", number, any_of(is_whole, is_of_kind(json, sql, "number")), whole=is_whole),
    )
    read = _READ.get(type or "")
    for value in said:
        yield from read(value) if read else (value,)


def _split(value: Value, condition: Sql, other: Value) -> Iterator[Value]:
    """Where a condition holds it is another value."""
    yield other.where(all_of(value.when, condition))
    yield value.where(negated(condition))


def _date(value: Value) -> Iterator[Value]:
    if value.kind in ("text", "number"):
        point = text_instant(value.sql) if value.kind == "text" else number_instant(value.sql)
        yield from _split(value, is_known(point), Value("date", point))
    else:
        yield value


def _number(value: Value) -> Iterator[Value]:
    if value.kind == "number":
        yield value._replace(whole=False)
    elif value.kind == "text":
        number = number_of(value) or exp.null()
        yield from _split(value, is_number(value.sql), Value("number", number))
    else:
        yield value


def _whole(value: Value) -> Iterator[Value]:
    number = number_of(value)
    if number is None:
        yield value
        return
    is_whole = known(exp.EQ(this=number, expression=exp.Trunc(this=number)), False)
    if value.kind == "number":
        yield value._replace(whole=is_whole)
    else:
        yield from _split(value, is_whole, Value("number", number, whole=True))


def _bool(value: Value) -> Iterator[Value]:
    if value.kind != "text":
        yield value
        return
    is_bool = _is_in(value.sql, "true", "1", "false", "0")
    yield from _split(value, is_bool, Value("bool", exp.paren(_is_in(value.sql, "true", "1"))))


def _is_in(text: Sql, *spellings: str) -> Sql:
    literals = [exp.Literal.string(spelling) for spelling in spellings]
    return exp.In(this=text, expressions=literals)


_READ: Final[dict[str, Callable[[Value], Iterator[Value]]]] = {
    "date": _date,
    "number": _number,
    "int": _whole,
    "bool": _bool,
}
