"""Profiles in Parquet, asked where they lie: their columns have types already."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlglot import exp

from segql.compiler.sql.truth import Sql, is_null
from segql.sizing.json_rows import NotRows
from segql.sizing.rows import Column, Name, Values, make

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_KINDS: Final = {
    **dict.fromkeys(("tinyint", "smallint", "integer", "bigint"), "int"),
    **dict.fromkeys(("utinyint", "usmallint", "uinteger"), "int"),
    **dict.fromkeys(("float", "double"), "number"),
    **dict.fromkeys(("timestamp", "timestamp with time zone", "timestamp_ns", "date"), "date"),
    **dict.fromkeys(("timestamp_s", "timestamp_ms"), "date"),
    "varchar": "text",
    "boolean": "bool",
}


def load_parquet(
    db: DuckDBPyConnection, paths: Sequence[Path], names: Sequence[Name]
) -> list[Column]:
    """Make rows of files of Parquet.

    Raises `NotRows` for a file that is none, and for columns of types that are rare in profiles.
    """
    import duckdb

    try:
        files = [str(path) for path in paths]
        relation = db.read_parquet(files, union_by_name=True)
        types = dict(zip(relation.columns, relation.types, strict=True))
        listed = exp.Array(expressions=[exp.Literal.string(file) for file in files])
        source = exp.Anonymous(
            this="READ_PARQUET",
            expressions=[listed, exp.EQ(this=exp.column("union_by_name"), expression=exp.true())],
        )
        found = [_values(types, name) for name in names]
        _require_items(db, source, [v.sql for v in found if "list" in v.kinds])
        return make(db, source, found, [exp.alias_(exp.true(), "a")])
    except duckdb.Error as error:
        raise NotRows(str(error).splitlines()[0]) from error


def _values(types: dict[str, Any], name: Name) -> Values:
    """The column of a name, or the value at a key of a MAP or in a STRUCT."""
    if name.name in types:
        return _of_type(name, _column(name.name), types[name.name])
    owner, _, key = name.name.partition(".")
    type: Any = types.get(owner)
    kind = "" if type is None else type.id
    inner: dict[str, Any] = dict(type.children) if type and kind in ("map", "struct") else {}
    if kind == "map":
        value = exp.Bracket(this=_column(owner), expressions=[exp.Literal.string(key)])
        return _of_type(name, value, inner["value"])
    if key in inner:
        part = exp.Dot(this=_column(owner), expression=exp.to_identifier(key, quoted=True))
        return _of_type(name, part, inner[key])
    return Values(name, exp.cast(exp.null(), "VARCHAR"), False, frozenset())


def _column(name: str) -> Sql:
    return exp.Column(this=exp.to_identifier(name, quoted=True))


def _of_type(name: Name, value: Sql, type: Any) -> Values:
    if type.id == "list":
        items = _of_type(name, value, dict(type.children)["child"]).kinds
        return Values(name, _in_utc(value, type), False, frozenset({"list"}), items)
    if type.id == '"NULL"' or type.id == "null":
        return Values(name, exp.cast(value, "VARCHAR"), False, frozenset())
    kind = _KINDS.get(type.id)
    if kind is None:
        raise NotRows(f"`{name.name}` is of the type {type}")
    return Values(name, _in_utc(value, type), False, frozenset({kind}))


def _in_utc(value: Sql, type: Any) -> Sql:
    """Times without a zone are in UTC, and so is the session."""
    said = str(type)
    if "TIMESTAMP" not in said and "DATE" not in said:
        return value
    zoned = "TIMESTAMPTZ[]" if type.id == "list" else "TIMESTAMPTZ"
    return value if "TIME ZONE" in said else exp.cast(value, zoned)


def _require_items(db: DuckDBPyConnection, source: Sql, lists: Sequence[Sql]) -> None:
    """NULL in a list is a value to the evaluator, and nothing to SQL."""
    for items in lists:
        item = exp.column("item")
        each = exp.Select(expressions=[exp.alias_(exp.Explode(this=items), "item")]).from_(source)
        query = exp.select("1").from_(each.subquery("items")).where(is_null(item)).limit(1)
        if db.execute(query.sql("duckdb")).fetchone():
            raise NotRows("a list has NULL in it")
