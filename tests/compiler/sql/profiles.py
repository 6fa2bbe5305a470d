"""Profiles in DuckDB: one as JSON, or each field in a column of its type."""

from __future__ import annotations

import json
from collections import abc
from datetime import datetime
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
    """What DuckDB answers of one profile at a time."""

    def __init__(
        self,
        mapping: Mapping,
        catalog: Catalog,
        now: datetime | None,
        includes: abc.Mapping[str, Statement],
    ) -> None:
        self.mapping, self.catalog, self.now, self.includes = mapping, catalog, now, includes
        self.connection = connect()
        fields = catalog.fields().values()
        columns = [f"{quoted(field.name)} {_column_type(field.type)}" for field in fields]
        names = "profile JSON" if mapping.json else ", ".join(columns)
        self.connection.execute(f"CREATE TABLE profiles ({names})")

    def hold(self, profile: abc.Mapping[str, Any]) -> None:
        """Have one profile in the table, and no other."""
        fields = self.catalog.fields()
        values = [json.dumps(profile)] if self.mapping.json else [profile.get(f) for f in fields]
        self.connection.execute("DELETE FROM profiles")
        marks = ", ".join("?" for _ in values)
        self.connection.execute(f"INSERT INTO profiles VALUES ({marks})", values)

    def condition(self, phrase: Phrase) -> exp.Expr:
        return predicate(
            Statement(phrase),
            self.mapping,
            "duckdb",
            catalog=self.catalog,
            includes=self.includes,
            now=self.now,
        )

    def selects(self, phrase: Phrase) -> bool:
        """Whether the profile is a member."""
        text = exp.select(self.condition(phrase)).from_("profiles").sql("duckdb")
        found = self.connection.execute(text).fetchone()
        assert found is not None
        return found[0] is True

    def answers(self, phrase: Phrase) -> list[bool]:
        """Whether the profile is a member, and whether it is one of the negation."""
        return [self.selects(phrase), self.selects(Not(phrase))]


def _column_type(type: FieldType) -> str:
    return _SHAPES[type.shape].format(_TYPES[type.value or "string"])
