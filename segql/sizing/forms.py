"""What a column of profiles is made of: its values are of some kinds, and the catalog reads them.

A column has one type, and profiles do not: where values of several kinds are under one name, or
some cannot be read as the catalog says, the column stays JSON, which is slower and just as right.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple

from sqlglot import exp

from segql.catalog import FieldType
from segql.compiler.sql.instants import number_instant, text_instant
from segql.compiler.sql.truth import Sql

# The kinds of values by the names that DuckDB has for the types of JSON.
KINDS: Final = {
    "NULL": "null",
    "VARCHAR": "text",
    "BIGINT": "int",
    "UBIGINT": "int",  # as DuckDB calls all that have no minus
    "DOUBLE": "number",
    "BOOLEAN": "bool",
    "ARRAY": "list",
    "OBJECT": "map",
}
Kinds = frozenset[str]


class Form(NamedTuple):
    """A column: its type in the catalog of the query, None for JSON, and how it is made."""

    type: str | None
    of_json: Callable[[Sql], Sql]
    of_sql: Callable[[Sql], Sql]  # of a column that has the type of its kind already

    @property
    def is_plain(self) -> bool:
        """Whether a column with a type is taken as it is."""
        return self.of_sql is _same


def _same(value: Sql) -> Sql:
    return value


def json_text(json: Sql) -> Sql:
    """The text that a value of JSON is; other values as they are written."""
    return exp.Anonymous(this="JSON_EXTRACT_STRING", expressions=[json, exp.Literal.string("$")])


def _cast(kind: str, value: Sql) -> Sql:
    return exp.Cast(this=value, to=exp.DataType.build(kind, "duckdb"))


def _number(json: Sql) -> Sql:
    return _cast("DOUBLE", json)


def _to_json(value: Sql) -> Sql:
    return exp.Anonymous(this="TO_JSON", expressions=[value])


def _date_of_text(json: Sql) -> Sql:
    return text_instant(json_text(json))


def _date_of_number(json: Sql) -> Sql:
    return number_instant(_number(json))


TEXT = Form("string", json_text, _same)
JSON = Form(None, _same, _to_json)
_BOOL = Form("bool", partial(_cast, "BOOLEAN"), _same)
_INT = Form("int", partial(_cast, "BIGINT"), _same)
_NUMBER = Form("number", _number, _same)
_MAP = Form("map[string]value", partial(_cast, "MAP(VARCHAR, JSON)"), _same)
DATE = Form("date", _same, _same)  # SQL has dates, JSON has none
_DATE_OF_TEXT = Form("date", _date_of_text, text_instant)
_DATE_OF_NUMBER = Form("date", _date_of_number, _date_of_number)

# By the kinds of the values and by what a scalar is read as, None for anything else.
_SCALARS: Final[dict[Kinds, dict[str | None, Form]]] = {
    frozenset(): dict.fromkeys((None, "string", "date", "number", "int", "bool"), TEXT),
    frozenset({"text"}): {None: TEXT, "string": TEXT, "date": _DATE_OF_TEXT},
    frozenset({"bool"}): dict.fromkeys((None, "string", "date", "number", "int", "bool"), _BOOL),
    frozenset({"int"}): {
        **dict.fromkeys((None, "string", "int", "bool"), _INT),
        "number": _NUMBER,
        "date": _DATE_OF_NUMBER,
    },
    frozenset({"number"}): {
        **dict.fromkeys((None, "string", "number", "bool"), _NUMBER),
        "date": _DATE_OF_NUMBER,
    },
    frozenset({"int", "number"}): {"number": _NUMBER, "date": _DATE_OF_NUMBER},
    frozenset({"date"}): dict.fromkeys((None, "string", "date", "number", "int", "bool"), DATE),
    frozenset({"map"}): dict.fromkeys((None, "string", "date", "number", "int", "bool"), _MAP),
}


def form_of(type: FieldType, kinds: Kinds, items: Kinds) -> Form:
    """The form of a column whose values, null apart, are of these kinds.

    ``items`` are the kinds of what is in its lists.
    """
    if kinds == frozenset({"list"}):
        return _list_of(form_of(type.item, items, frozenset()))
    return _SCALARS.get(kinds, {}).get(type.value if type.shape == "scalar" else None, JSON)


def _list_of(item: Form) -> Form:
    if item.type is None or item is _MAP:
        return JSON

    def of_json(json: Sql) -> Sql:
        return _each(item.of_json, _cast("JSON[]", json))

    of_sql = _same if item.is_plain else partial(_each, item.of_sql)
    return Form(f"[]{item.type}", of_json, of_sql)


def items_of(array: Sql, is_json: bool = True) -> Sql:
    """The items of a list, as a list of SQL; of any other JSON none."""
    if not is_json:
        return array
    return exp.Anonymous(this="JSON_EXTRACT", expressions=[array, exp.Literal.string("$[*]")])


def _each(change: Callable[[Sql], Sql], array: Sql) -> Sql:
    item = exp.to_identifier("item")
    function = exp.Lambda(this=change(exp.Column(this=item)), expressions=[item])
    return exp.Anonymous(this="LIST_TRANSFORM", expressions=[array, function])
