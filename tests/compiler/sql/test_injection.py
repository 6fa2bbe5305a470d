"""Names and texts stay data, whatever is in them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlglot
from hypothesis import given
from hypothesis import strategies as st
from sqlglot import exp

from segql.catalog import Catalog, Field, parse_type
from segql.compiler.sql import DIALECTS, Mapping, sql
from segql.syntax import nodes as n

from .profiles import JSON, Profiles, connect, quoted

EVIL = [
    "'; DROP TABLE profiles; --",
    "a' OR '1'='1",
    'a" OR "1"="1',
    "a\\' OR 1=1 --",
    "a\\",
    "line\nbreak -- x",
    "/* x */",
    "$$ x $$",
    "`x` ` ;",
    "a/b~c.d$[0]",
    "nul\0byte",
    "{x} ? :y %s",
]
TEXT = parse_type("string")
assert TEXT is not None


def equals(name: str, text: str) -> n.Statement:
    return n.Statement(n.Comparison(n.Identifier(name), "=", n.String(text)))


def catalog(name: str) -> Catalog:
    assert TEXT is not None
    return Catalog({"user": [Field(name, TEXT)]})


@pytest.mark.parametrize("text", EVIL)
def test_texts(text: str) -> None:
    profiles = Profiles(JSON, Catalog(), datetime.now(UTC), {})
    profiles.hold({"a": text})
    assert profiles.answers(equals("a", text).filter) == [True, False]
    assert profiles.answers(equals("a", f"{text}x").filter) == [False, True]


@pytest.mark.parametrize("text", EVIL)
@pytest.mark.parametrize("wild", ["{}*", "**{}**", "?{}"])
def test_patterns(text: str, wild: str) -> None:
    profiles = Profiles(JSON, Catalog(), datetime.now(UTC), {})
    literal = "".join(c for c in text if c not in "*%?[/")
    pattern = n.String(wild.format(literal))
    profiles.hold({"a": f"-{literal}" if wild[0] == "?" else literal})
    assert profiles.answers(n.Comparison(n.Identifier("a"), "LIKE", pattern)) == [True, False]
    profiles.hold({"a": "x"})
    assert profiles.answers(n.Comparison(n.Identifier("a"), "LIKE", pattern)) == [False, True]


@pytest.mark.parametrize("name", EVIL)
def test_names_in_json(name: str) -> None:
    profiles = Profiles(JSON, Catalog(), datetime.now(UTC), {})
    profiles.hold({name: "x"})
    assert profiles.answers(equals(name, "x").filter) == [True, False]


@pytest.mark.parametrize("name", [name for name in EVIL if "\0" not in name])
def test_names_of_columns(name: str) -> None:
    connection = connect()
    connection.execute(f"CREATE TABLE {quoted(name)} ({quoted(name)} VARCHAR)")
    connection.execute(f"INSERT INTO {quoted(name)} VALUES ('x'), ('y')")
    mapping = Mapping(table=name.replace(".", "_"), id=(name,))
    connection.execute(f"CREATE VIEW IF NOT EXISTS {quoted(mapping.table)} AS FROM {quoted(name)}")
    query = sql(equals(name, "x"), mapping, "duckdb", catalog=catalog(name))
    assert connection.execute(query).fetchall() == [("x",)]


@pytest.mark.parametrize("dialect", DIALECTS)
@given(text=st.text(max_size=12))
def test_a_text_is_one_literal_in_every_dialect(dialect: str, text: str) -> None:
    query = sql(equals("a", text), Mapping(), dialect, catalog=catalog("a"))
    tree = sqlglot.parse_one(query, dialect=dialect)
    assert [literal.this for literal in tree.find_all(exp.Literal)] == [text]
