"""What the dialects say differently: items of arrays, maps, JSON, and adding to a date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from sqlglot import exp

from segql.compiler.sql.truth import Sql

# `.` does not match a newline everywhere; a class that excludes something else does.
ANY_RUN: Final = "[^/]*(/[^/]*)*"


class Json(NamedTuple):
    """How a dialect looks into JSON. ``kinds``: what its names of types are here."""

    get: Callable[[Sql, str], Sql]
    type: Callable[[Sql], Sql]
    kinds: dict[str, tuple[str, ...]]
    text: Callable[[Sql], Sql]
    items: Callable[[Sql], Sql]
    keys: Callable[[Sql], Sql]


def _trunc(number: Sql) -> Sql:
    return exp.Trunc(this=number)


class Dialect(NamedTuple):
    """A dialect; None where it cannot say something."""

    name: str
    some: Callable[[Sql, exp.Identifier, Sql], Sql]  # a condition on some item of an array
    size: Callable[[Sql], Sql]  # of an array; 0, not NULL, of an empty one
    add: Callable[[Sql, Sql, str], Sql]  # to a point in time, so many of a unit
    map_get: Callable[[Sql, str], Sql] | None = None  # NULL where the key is not there
    map_keys: Callable[[Sql], Sql] | None = None
    json: Json | None = None
    has_struct: bool = True
    end: str = "$"  # of a text, in a regular expression
    any_run: str = ANY_RUN  # of characters, in a regular expression
    truncate: Callable[[Sql], Sql] = _trunc  # a number, at its point


def call(name: str, *arguments: Sql) -> Sql:
    """A function, by its own name."""
    return exp.Anonymous(this=name, expressions=list(arguments))


def call_of(name: str) -> Callable[[Sql], Sql]:
    """What calls a function of one argument."""
    return lambda argument: call(name, argument)


def _lambda(item: exp.Identifier, condition: Sql) -> Sql:
    return exp.Lambda(this=condition, expressions=[item])


def _some_by(name: str) -> Callable[[Sql, exp.Identifier, Sql], Sql]:
    """A function that tells whether some item has a property."""
    return lambda array, item, condition: call(name, array, _lambda(item, condition))


def _some_filtered(filter: str, size: str) -> Callable[[Sql, exp.Identifier, Sql], Sql]:
    """Something is left of the array."""

    def some(array: Sql, item: exp.Identifier, condition: Sql) -> Sql:
        left = call(filter, array, _lambda(item, condition))
        return exp.GT(this=call(size, left), expression=exp.convert(0))

    return some


def _some_unnested(array: Sql, item: exp.Identifier, condition: Sql) -> Sql:
    table = exp.to_identifier(f"{item.name}s", quoted=True)
    alias = exp.TableAlias(this=table, columns=[item])
    rows = exp.select("1").from_(exp.Unnest(expressions=[array], alias=alias))
    return exp.Exists(this=rows.where(condition))


def _add_interval(point: Sql, amount: Sql, unit: str) -> Sql:
    if isinstance(amount, exp.Neg):
        return exp.Sub(this=point, expression=_interval(amount.this, unit))
    if isinstance(amount, exp.Literal):
        return exp.Add(this=point, expression=_interval(amount, unit))
    product = exp.Mul(this=exp.paren(amount), expression=_interval(exp.convert(1), unit))
    return exp.Add(this=point, expression=product)


def _interval(count: Sql, unit: str) -> Sql:
    return exp.Interval(this=exp.Literal.string(count.name), unit=exp.var(unit))


def _timestamp_add(point: Sql, amount: Sql, unit: str) -> Sql:
    return exp.TimestampAdd(this=point, expression=amount, unit=exp.var(unit))


def _bigquery_add(point: Sql, amount: Sql, unit: str) -> Sql:
    if unit != "MONTH":
        return _timestamp_add(point, amount, unit)
    moved = exp.DatetimeAdd(
        this=call("DATETIME", point), expression=amount, unit=exp.var("MONTH")
    )  # months are for dates without a zone; it is UTC that it takes then
    return call("TIMESTAMP", moved)


def _at(value: Sql, key: str) -> Sql:
    return exp.Bracket(this=value, expressions=[exp.Literal.string(key)])


def _call_with_key(name: str) -> Callable[[Sql, str], Sql]:
    return lambda value, key: call(name, value, exp.Literal.string(key))


def _call_with(name: str, text: str) -> Callable[[Sql], Sql]:
    return lambda value: call(name, value, exp.Literal.string(text))


def _pointer(value: Sql, key: str) -> Sql:
    """JSON Pointer takes any key, unlike DuckDB's paths; ``~`` and ``/`` are escaped."""
    pointer = "/" + key.replace("~", "~0").replace("/", "~1")
    return call("JSON_EXTRACT", value, exp.Literal.string(pointer))


_DUCKDB_JSON = Json(
    get=_pointer,
    type=call_of("JSON_TYPE"),
    kinds={
        "null": ("NULL",),
        "text": ("VARCHAR",),
        "int": ("BIGINT", "UBIGINT", "HUGEINT", "UHUGEINT"),
        "number": ("DOUBLE",),
        "bool": ("BOOLEAN",),
        "list": ("ARRAY",),
        "map": ("OBJECT",),
    },
    text=_call_with("JSON_EXTRACT_STRING", "$"),
    items=_call_with("JSON_EXTRACT", "$[*]"),
    keys=call_of("JSON_KEYS"),
)


def _spark_trunc(number: Sql) -> Sql:
    """Its TRUNC is for dates, and a BIGINT does not hold every number; what is larger is whole."""
    is_small = exp.LT(this=exp.Abs(this=number), expression=exp.convert(10**18))
    return exp.Case(ifs=[exp.If(this=is_small, true=exp.Trunc(this=number))], default=number)


_spark = Dialect(
    "spark",
    some=_some_by("EXISTS"),
    size=call_of("SIZE"),
    add=_add_interval,
    map_get=_call_with_key("TRY_ELEMENT_AT"),
    map_keys=call_of("MAP_KEYS"),
    end=r"\z",
    any_run=r"[\s\S]*",  # a group that repeats would be a call for every time, and overflow
    truncate=_spark_trunc,
)
_ALL: Final = (
    Dialect(
        "duckdb",
        some=_some_filtered("LIST_FILTER", "LEN"),
        size=call_of("LEN"),
        add=_add_interval,
        map_get=_at,
        map_keys=call_of("MAP_KEYS"),
        json=_DUCKDB_JSON,
    ),
    Dialect("bigquery", some=_some_unnested, size=call_of("ARRAY_LENGTH"), add=_bigquery_add),
    Dialect(
        "snowflake",
        some=_some_filtered("FILTER", "ARRAY_SIZE"),
        size=call_of("ARRAY_SIZE"),
        add=_timestamp_add,
        map_get=_at,
        map_keys=call_of("MAP_KEYS"),
        has_struct=False,
    ),
    _spark._replace(name="databricks"),
    _spark,
    Dialect(
        "trino",
        some=_some_by("ANY_MATCH"),
        size=call_of("CARDINALITY"),
        add=_add_interval,
        map_get=_call_with_key("ELEMENT_AT"),
        map_keys=call_of("MAP_KEYS"),
        end=r"\z",
    ),
    Dialect(
        "postgres",
        some=_some_unnested,
        size=call_of("CARDINALITY"),
        add=_add_interval,
        has_struct=False,
    ),
)
# By name, as `--dialect` has them.
DIALECTS: Final[dict[str, Dialect]] = {dialect.name: dialect for dialect in _ALL}
