"""Profiles that are objects of JSON, one a line: DuckDB reads them faster than we do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlglot import exp

from segql.compiler.sql.truth import Sql, choose
from segql.sizing.forms import KINDS, Kinds, items_of
from segql.sizing.rows import Column, Name, Values, json_type, make

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LONGEST: Final = 1 << 26  # bytes of a line
_ENVELOPE = ("data",)  # what holds a list there may be no profile but an answer with many


class NotRows(Exception):
    """A file that is not made of profiles, one a line."""


def load_json(
    db: DuckDBPyConnection,
    paths: Sequence[Path],
    names: Sequence[Name],
    *,
    below: tuple[str, ...] = (),
    answers: tuple[str, ...] = (),
    count: int = 0,
) -> list[Column]:
    """Make rows of files of profiles, which are ``below`` some keys of each line.

    ``answers`` leads to a list of so many bools, which become the columns ``a0``, ``a1``, ...
    Raises `NotRows` where a file is anything but an object a line.
    """
    import duckdb

    places = _Places()
    values = [_value(places, below, name.name) for name in names]
    found = [places.at((*answers, str(number))) for number in range(count)]
    envelope = places.at((*below, *_ENVELOPE))
    try:
        _extract(db, paths, places.pointers)
        if not below:
            _require_rows(db, envelope)
    except duckdb.Error as error:
        raise NotRows(str(error).splitlines()[0]) from error
    source = exp.to_table("raw")
    kinds = _kinds(db, source, values)
    are_lists = ["list" in each for each in kinds]
    lists = [items_of(value) for value, is_list in zip(values, are_lists, strict=True) if is_list]
    items = iter(_kinds_of_items(db, source, lists))
    seen = [
        Values(name, value, True, own, next(items) if is_list else frozenset())
        for name, value, own, is_list in zip(names, values, kinds, are_lists, strict=True)
    ]
    answered = [
        exp.alias_(exp.Cast(this=each, to=exp.DataType.build("BOOLEAN")), f"a{number}")
        for number, each in enumerate(found)
    ]
    columns = make(db, source, seen, answered or [exp.alias_(exp.true(), "a")])
    db.execute("DROP TABLE raw")
    return columns


class _Places:
    """What is taken of each line, all at once: its text is read once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    @property
    def pointers(self) -> list[str]:
        return [*self._numbers]

    def at(self, keys: Iterable[str]) -> Sql:
        """The value that keys lead to, by JSON Pointer."""
        pointer = "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)
        number = self._numbers.setdefault(pointer, len(self._numbers))
        return exp.Anonymous(
            this="LIST_EXTRACT", expressions=[exp.column("v"), exp.convert(number + 1)]
        )


def _value(places: _Places, below: tuple[str, ...], name: str) -> Sql:
    """The field of a name, else the value at a key of a map: as the evaluator looks it up."""
    exact = places.at((*below, name))
    owner, dot, key = name.partition(".")
    if not dot:
        return exact
    inner = places.at((*below, owner, key))
    if key[:1].isdigit():  # a list has no keys, but a pointer takes numbers for places in it
        is_map = exp.EQ(
            this=json_type(places.at((*below, owner))), expression=exp.Literal.string("OBJECT")
        )
        inner = choose(is_map, inner)
    return exp.Coalesce(this=exact, expressions=[inner])


def _extract(db: DuckDBPyConnection, paths: Sequence[Path], pointers: list[str]) -> None:
    query = (
        "CREATE OR REPLACE TEMP TABLE raw AS "
        "SELECT json_extract(json, $pointers) AS v, starts_with(json, '{') AS is_object "
        "FROM read_ndjson_objects($paths, maximum_object_size = $longest, compression = 'none')"
    )
    names = [str(path) for path in paths]
    db.execute(query, {"pointers": pointers, "paths": names, "longest": _LONGEST})


def _require_rows(db: DuckDBPyConnection, envelope: Sql) -> None:
    is_list = exp.EQ(this=json_type(envelope), expression=exp.Literal.string("ARRAY"))
    is_other = exp.or_(exp.not_(exp.column("is_object")), is_list)
    query = exp.select("1").from_("raw").where(is_other).limit(1)
    if db.execute(query.sql("duckdb")).fetchone():
        raise NotRows("not every line is a profile")


def _kinds(db: DuckDBPyConnection, source: Sql, values: Sequence[Sql]) -> list[Kinds]:
    """The kinds of each of some values, in one pass."""
    if not values:
        return []
    types = [exp.ArrayAgg(this=exp.Distinct(expressions=[json_type(each)])) for each in values]
    query = exp.Select(expressions=types).from_(source)
    row = db.execute(query.sql("duckdb")).fetchone() or ()
    return [frozenset(KINDS[name] for name in names or () if name) for names in row]


def _kinds_of_items(db: DuckDBPyConnection, source: Sql, lists: Sequence[Sql]) -> Iterator[Kinds]:
    for items in lists:
        each = exp.alias_(exp.Explode(this=items), "item")
        unnested = exp.Select(expressions=[each]).from_(source).subquery("items")
        yield from _kinds(db, unnested, [exp.column("item")])
