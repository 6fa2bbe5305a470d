"""`segql compile --output-format sql`: queries for the members of segments."""

from __future__ import annotations

import duckdb
import pytest

from .conftest import Shell, Write

CATALOG = '{"fields": {"visitct": "int", "plan": "string", "created": "date"}}'
SQL = ("compile", "--output-format", "sql")


def test_the_queries_find_the_members(segql: Shell, write: Write) -> None:
    write("segql.toml", "")
    write("catalog.user.json", CATALOG)
    write("a.segql", "FILTER visitct > 5 ALIAS often\nFILTER NOT INCLUDE often ALIAS seldom")
    run = segql(*SQL)
    assert (run.code, run.err) == (0, "")
    assert [line for line in run.out.splitlines() if line.startswith("--")] == [
        "-- often",
        "-- seldom",
    ]
    table = duckdb.connect()
    table.execute("CREATE TABLE profiles AS SELECT * FROM (VALUES (9), (1), (NULL)) t(visitct)")
    often, seldom = (table.execute(q).fetchall() for q in run.out.split(";")[:2])
    assert often == [(9,)]
    assert sorted(seldom, key=str) == [(1,), (None,)]


def test_the_configuration_says_where_fields_are(segql: Shell, write: Write) -> None:
    write("segql.toml", 'sql = { table = "crm.people", id = ["key"], fields = { plan = "tier" } }')
    write("catalog.user.json", CATALOG)
    write("a.segql", 'FILTER plan = "pro" ALIAS a')
    run = segql(*SQL, "--dialect", "postgres")
    assert run.code == 0
    assert '"crm"."people"' in run.out
    assert '"tier"' in run.out


def test_a_mapping_that_is_none(segql: Shell, write: Write) -> None:
    write("segql.toml", "sql = { tabel = 7 }")
    write("a.segql", "FILTER visitct > 5 ALIAS a")
    run = segql(*SQL)
    assert run.code == 2
    assert "`sql`" in run.err
    assert "tabel" in run.err


def test_what_sql_cannot_say_is_named(segql: Shell, write: Write) -> None:
    write("segql.toml", "")
    write("catalog.user.json", CATALOG)
    write("a.segql", "FILTER INCLUDE b ALIAS a")
    write("b.segql", "FILTER AND (\n    visitct + 1 > 5,\n) ALIAS b")
    run = segql(*SQL, "a.segql")
    assert (run.code, run.out) == (1, "")
    assert "b.segql:2:5: error SQL" in run.err
    assert "visitct + 1 > 5" in run.err


def test_a_slug_cannot_leave_its_comment(segql: Shell) -> None:
    text = 'FILTER AND () WITH {"slug_name": "a\\nDROP TABLE profiles"}'
    run = segql(*SQL, "-", stdin=text)
    assert not any(line.startswith("drop") for line in run.out.lower().splitlines())


@pytest.mark.parametrize("now", ["2026-01-31", "2026-01-31T12:00:00Z"])
def test_an_instant(segql: Shell, write: Write, now: str) -> None:
    write("segql.toml", "")
    write("catalog.user.json", CATALOG)
    write("a.segql", 'FILTER created > "now-1d" ALIAS a')
    assert "2026-01-30" in segql(*SQL, "--now", now).out


def test_the_dialects_are_those_of_the_compiler() -> None:
    from segql.cli.queries import DIALECTS
    from segql.compiler import sql

    assert sorted(DIALECTS) == sorted(sql.DIALECTS)
