"""Profiles in DuckDB: each as JSON, or each field in a column of its type."""

from __future__ import annotations

import json
from collections import abc
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
from sqlglot import exp

import segql
from segql.catalog import Catalog, FieldType
from segql.compiler.sql import Mapping, predicate
from segql.syntax.nodes import Not, Phrase, Statement

JSON = Mapping(table="profiles", json="profile")
COLUMNS = Mapping(table="profiles")
_TYPES = {
    "string": "VARCHAR",
    "bool": "BOOLEAN",
    "int": "BIGINT",
    "number": "DOUBLE",
    "date": "TIMESTAMPTZ",
}
_SHAPES = {"scalar": "{}", "set": "{}[]", "map": "MAP(VARCHAR, {})"}

Includes = abc.Mapping[str, Statement]
Profile = abc.Mapping[str, Any]


def connect() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def statement(ql: str) -> Statement:
    (read,) = segql.parse(ql).statements
    return read


def quoted(name: str) -> str:
    return exp.to_identifier(name, quoted=True).sql("duckdb")


class Profiles:
    """What DuckDB answers of the profiles in a table."""

    def __init__(
        self, mapping: Mapping, catalog: Catalog, now: datetime | None, includes: Includes
    ) -> None:
        self.mapping, self.catalog, self.now, self.includes = mapping, catalog, now, includes
        self.connection = connect()
        fields = catalog.fields().values()
        columns = [f"{quoted(field.name)} {_column_type(field.type)}" for field in fields]
        names = "profile JSON" if mapping.json else ", ".join(columns)
        self.connection.execute(f"CREATE TABLE profiles ({names})")

    def hold(self, *profiles: Profile) -> None:
        """Have these profiles in the table, and no others."""
        rows = [self._row(profile) for profile in profiles]
        marks = ", ".join(f"({', '.join('?' for _ in row)})" for row in rows)
        self.connection.execute("DELETE FROM profiles")
        values = [value for row in rows for value in row]
        self.connection.execute(f"INSERT INTO profiles VALUES {marks}", values)

    def _row(self, profile: Profile) -> list[Any]:
        if self.mapping.json:
            return [json.dumps(profile)]
        return [profile.get(name) for name in self.catalog.fields()]

    def condition(
        self, phrase: Phrase, dialect: str = "duckdb", includes: Includes | None = None
    ) -> str:
        """The condition on a profile; it raises `SqlError`."""
        return predicate(
            Statement(phrase),
            self.mapping,
            dialect,
            catalog=self.catalog,
            includes=self.includes if includes is None else includes,
            now=self.now,
        ).sql(dialect)

    def ask(self, conditions: abc.Iterable[str]) -> list[list[bool]]:
        """Of each condition: for which profiles it is true, in their order. One query."""
        columns = ", ".join(f"({condition})" for condition in conditions)
        query = f"SELECT {columns} FROM profiles ORDER BY rowid"
        rows = self.connection.execute(query).fetchall()
        return [list(column) for column in zip(*rows, strict=True)]

    def answers(self, phrase: Phrase) -> list[bool]:
        """Whether the one profile is a member, and whether it is one of the negation."""
        columns = self.ask([self.condition(phrase), self.condition(Not(phrase))])
        return [answer for column in columns for answer in column]

    def write(self, path: Path) -> None:
        """A Parquet file with the profiles, in their order by the column ``row``."""
        rows = "SELECT rowid AS row, * FROM profiles ORDER BY rowid"
        self.connection.execute(f"COPY ({rows}) TO '{path}' (FORMAT parquet)")


def _column_type(type: FieldType) -> str:
    return _SHAPES[type.shape].format(_TYPES[type.value or "string"])
