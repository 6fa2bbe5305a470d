"""What a field can be, by where it is and what the catalog says of it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Final

from sqlglot import exp

from segql.catalog import UNKNOWN, Catalog, FieldType
from segql.compiler.sql.dialects import Dialect, Json
from segql.compiler.sql.errors import SqlError
from segql.compiler.sql.json_values import is_of_kind, scalars
from segql.compiler.sql.mapping import Mapping, Place
from segql.compiler.sql.truth import (
    FALSE,
    Sql,
    choose,
    is_constant,
    is_known,
    is_null,
    known,
    negated,
)
from segql.compiler.sql.values import Cases, Items, Kind, Value
from segql.syntax.nodes import Identifier

_COLUMNS: Final[dict[str, Kind]] = {
    "string": "text", "bool": "bool", "int": "number", "number": "number", "date": "date",
}  # fmt: skip


class Fields:
    """The fields of one table of profiles."""

    def __init__(self, mapping: Mapping, catalog: Catalog, table: str, dialect: Dialect) -> None:
        self._mapping, self._catalog, self._table = mapping, catalog, table
        self._dialect = dialect
        self._names = count(1)

    def cases(self, node: Identifier) -> Cases:
        """What a field can be. Raises `SqlError` where nobody knows where or what it is."""
        found = self._catalog.find(node.name, self._table)
        type = found.type if found else UNKNOWN
        place = self._mapping.place(node.name)
        if place is None and self._mapping.json is not None:
            return self._in_profile(node, self._mapping.json, type)
        if place is None and found is not None:
            place = Place(found.field.name, map=found.key)
        if place is None:
            message = f"there is no column for `{node.name}`"
            help = "add it to the catalog, or say in `fields` of the mapping where it is"
            raise SqlError(node, message, help)
        if place.json is not None:
            return self._in_json(node, self._path(node, _column(place.column), place.json), type)
        cases = self._typed(node, self._value(node, place), type)
        return _with_null(_column(place.null), cases) if place.null else cases

    def _value(self, node: Identifier, place: Place) -> Sql:
        value = _column(place.column)
        if place.struct and not self._dialect.has_struct:
            raise self._unsayable(node, "fields of a STRUCT")
        for part in place.struct:
            value = exp.Dot(this=value, expression=exp.to_identifier(part, quoted=True))
        if place.map is None:
            return value
        if self._dialect.map_get is None:
            raise self._unsayable(node, "keys of a MAP")
        return self._dialect.map_get(value, place.map)

    def _unsayable(self, node: Identifier, what: str) -> SqlError:
        message = f"`{node.name}`: {what} cannot be said in {self._dialect.name}"
        return SqlError(node, message, "map the field to a column of its own")

    # ---- Columns ---------------------------------------------------------------------

    def _typed(self, node: Identifier, sql: Sql, type: FieldType) -> Cases:
        if type.shape == "unknown":
            message = f"the type of `{node.name}` is not known"
            raise SqlError(node, message, "add it to the catalog: a column has one type")
        return (
            Value("missing", when=is_null(sql)),
            self._one(node, sql, type).where(is_known(sql)),
        )

    def _one(self, node: Identifier, sql: Sql, type: FieldType) -> Value:
        if type.shape == "scalar" and type.value is not None:
            return Value(_COLUMNS[type.value], sql, whole=type.value == "int")
        if type.shape == "set":
            items = self._items(sql, lambda item: self._typed(node, item, type.item))
            return Value("list", sql, items=items._replace(has_dates=type.value == "date"))
        if type.shape == "map":
            if self._dialect.map_keys is None:
                raise self._unsayable(node, "a MAP")
            return Value("map", sql, items=self._items(self._dialect.map_keys(sql), _text))
        return Value("other", sql)

    def _items(self, array: Sql, cases: Callable[[Sql], Cases]) -> Items:
        def some(test: Callable[[Cases], Sql]) -> Sql:
            item = exp.to_identifier(f"item_{next(self._names)}", quoted=True)
            condition = test(cases(exp.Column(this=item)))
            if is_constant(condition, False):
                return FALSE
            return self._dialect.some(array, item, condition)

        return Items(some, self._dialect.size(array))

    # ---- JSON ------------------------------------------------------------------------

    def _json(self, node: Identifier) -> Json:
        if self._dialect.json is None:
            raise self._unsayable(node, "values in JSON")
        return self._dialect.json

    def _path(self, node: Identifier, value: Sql, path: tuple[str, ...]) -> Sql:
        json = self._json(node)
        for key in path:
            value = json.get(value, key)
        return value

    def _in_profile(self, node: Identifier, column: str, type: FieldType) -> Cases:
        """The exact key, and where there is none, a key of the map before the first dot."""
        exact = self._path(node, _column(column), (node.name,))
        owner, dot, key = node.name.partition(".")
        if not dot:
            return self._in_json(node, exact, type)
        json, whole = self._json(node), self._path(node, _column(column), (owner,))
        is_map = is_of_kind(json, whole, "map")  # a list has no keys
        inner = choose(is_map, json.get(whole, key))
        return self._in_json(node, exp.Coalesce(this=exact, expressions=[inner]), type)

    def _in_json(self, node: Identifier, sql: Sql, type: FieldType) -> Cases:
        json = self._json(node)
        items = self._items(json.items(sql), lambda item: self._in_json(node, item, type.item))
        items = items._replace(has_dates=type.shape == "set" and type.value == "date")
        keys = self._items(json.keys(sql), _text)
        return (
            Value("missing", when=is_null(sql)),
            Value("null", when=is_of_kind(json, sql, "null")),
            *scalars(json, sql, type.value if type.shape == "scalar" else None),
            Value("list", sql, is_of_kind(json, sql, "list"), items=items),
            Value("map", sql, is_of_kind(json, sql, "map"), items=keys),
        )


def _with_null(flag: Sql, cases: Cases) -> Cases:
    """Where the value is missing it is null if a column says so."""
    missing, *others = cases
    is_flagged = known(flag, False)
    return (missing.where(negated(is_flagged)), Value("null", when=is_flagged), *others)


def _column(name: str) -> Sql:
    return exp.Column(this=exp.to_identifier(name, quoted=True))


def _text(sql: Sql) -> Cases:
    return (Value("text", sql),)
