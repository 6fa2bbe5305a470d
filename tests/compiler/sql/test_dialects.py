"""The texts for each dialect, and what no dialect can be told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest
import sqlglot
from sqlglot import exp

from segql.catalog import Catalog, instant
from segql.compiler.sql import DIALECTS, Mapping, Place, SqlError, predicate, sql
from segql.syntax import nodes as n

from .profiles import COLUMNS, JSON, connect, statement

CATALOG = Catalog.from_types(
    {
        "visits": "int",
        "value": "number",
        "city": "string",
        "member": "bool",
        "seen": "date",
        "tags": "[]string",
        "dates": "[]date",
        "scores": "map[string]number",
        "home": "geolocation",
    }
)
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)

# What every dialect can say.
FILTERS = [
    "AND (visits > 5, NOT value <= 2.5)",
    'AND (city = "x", NOT city = "it\'s \\ a \n line")',
    "NOT visits BETWEEN 1.5 AND 9",
    'city LIKE "a*"',
    'city LIKE "a*/[^x]?**"',
    'OR (city CONTAINS "a", city > 5)',
    'city IN ("a", "b", 3)',
    'tags INTERSECTS ("a", "b")',
    'AND (tags LIKE "a*", NOT tags CONTAINS "b")',
    'AND (seen > "now-3d", seen < "now+1M")',
    'dates >= "2026-01-01"',
    "AND (EXISTS tags, NOT EXISTS city)",
    "OR (member, NOT member, member = false)",
    'AND (len(tags) > 2, tolower(city) = "x", toint(city) > 2, hasprefix(city, "a"))',
    "*",
    "AND ()",
]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("text", FILTERS)
def test_every_dialect_reads_its_text(dialect: str, text: str) -> None:
    for now in (None, NOW):
        query = sql(statement(f"FILTER {text}"), COLUMNS, dialect, catalog=CATALOG, now=now)
        assert isinstance(sqlglot.parse_one(query, dialect=dialect), exp.Select)


QUERIES = {
    "duckdb": """SELECT "id" FROM "mart"."people" WHERE ( "city" IS NULL OR "city" <> 'x' )"""
    """ AND NOT "seen" IS NULL AND "seen" < CAST('2026-01-01 00:00:00+00:00' AS TIMESTAMPTZ)"""
    " LIMIT 10",
    "bigquery": "SELECT `id` FROM `mart`.`people` WHERE ( `city` IS NULL OR `city` <> 'x' )"
    " AND NOT `seen` IS NULL AND `seen` < CAST('2026-01-01 00:00:00+00:00' AS TIMESTAMP) LIMIT 10",
}


@pytest.mark.parametrize(("dialect", "query"), QUERIES.items(), ids=list(QUERIES))
def test_a_query(dialect: str, query: str) -> None:
    segment = statement('FILTER AND (city != "x", seen < "2026-01-01") LIMIT 10 ALIAS a')
    mapping = Mapping(table="mart.people", id=("id",))
    written = sql(segment, mapping, dialect, catalog=CATALOG)
    assert " ".join(written.split()) == query


ERRORS = {
    "visits + 1 > 2": ("visits + 1", "arithmetic"),
    "timewindow(visits, 5, 7)": ("timewindow(visits, 5, 7)", "`timewindow`"),
    'geodistance(home, "1,2", 5)': ('geodistance(home, "1,2", 5)', "`geodistance`"),
    "city LIKE city": ("city", "a pattern"),
    "AND (visits > 1, unheard_of > 1)": ("unheard_of", "no column for `unheard_of`"),
    "visits.x > 1": ("visits.x", "type of `visits.x`"),
    "tolower(seen) = 1": ("tolower(seen)", "a date as a text"),
    "tags CONTAINS seen": ("seen", "CONTAINS with a date"),
}
IN_NO_DIALECT = {"bigquery": "scores.a > 1", "postgres": 'scores IN ("a")'}


class TestErrors:
    @pytest.mark.parametrize(("text", "wanted"), ERRORS.items(), ids=list(ERRORS))
    def test_names_the_phrase(self, text: str, wanted: tuple[str, str]) -> None:
        place, message = wanted
        ql = f"FILTER {text}"
        with pytest.raises(SqlError) as caught:
            sql(statement(ql), COLUMNS, "duckdb", catalog=CATALOG)
        assert ql[caught.value.span.start : caught.value.span.end] == place
        assert message in caught.value.message
        assert caught.value.help

    @pytest.mark.parametrize(("dialect", "text"), IN_NO_DIALECT.items())
    def test_of_a_dialect(self, dialect: str, text: str) -> None:
        with pytest.raises(SqlError, match=f"MAP cannot be said in {dialect}"):
            sql(statement(f"FILTER {text}"), COLUMNS, dialect, catalog=CATALOG)

    @pytest.mark.parametrize("dialect", sorted(DIALECTS.keys() - {"duckdb"}))
    def test_json_is_for_duckdb(self, dialect: str) -> None:
        with pytest.raises(SqlError, match="values in JSON cannot be said"):
            sql(statement("FILTER a > 1"), JSON, dialect, catalog=CATALOG)

    def test_of_an_included_segment(self) -> None:
        includes = {"inner": statement("FILTER visits * 2 > 1")}
        with pytest.raises(SqlError) as caught:
            sql(
                statement("FILTER INCLUDE inner"),
                COLUMNS,
                "duckdb",
                catalog=CATALOG,
                includes=includes,
            )
        assert caught.value.segment == "inner"

    def test_of_no_dialect(self) -> None:
        with pytest.raises(ValueError, match="no dialect 'oracle'"):
            sql(statement("FILTER *"), COLUMNS, "oracle", catalog=CATALOG)

    def test_included_too_often(self) -> None:
        includes = {
            f"s{i}": statement(f"FILTER AND (INCLUDE s{i + 1}, NOT INCLUDE s{i + 1})")
            for i in range(60)
        }
        includes["s60"] = statement("FILTER visits BETWEEN 1 AND 2")
        with pytest.raises(SqlError, match="too large"):
            sql(
                statement("FILTER INCLUDE s0"),
                COLUMNS,
                "duckdb",
                catalog=CATALOG,
                includes=includes,
            )

    def test_nested_as_deep_as_a_text_can_be(self) -> None:
        phrase: n.Phrase = n.Exists(n.Identifier("city"))
        for _ in range(99):
            phrase = n.Or((n.And((phrase, n.Identifier("member"))), n.Identifier("member")))
        try:
            answer = sql(n.Statement(phrase), COLUMNS, "duckdb", catalog=CATALOG)
        except SqlError as error:
            answer = error.message
        assert answer.startswith("SELECT") or "too deeply" in answer


class TestDateMath:
    """What SQL makes of date math is what the catalog makes of it."""

    MATHS = (
        "now-1M",
        "now+1M",
        "now-13M",
        "now+1y",
        "now-1y",
        "now-3d",
        "now+2w",
        "now-90m",
        "now+5s",
    )

    @pytest.mark.parametrize("math", MATHS)
    def test_in_duckdb(self, math: str) -> None:
        connection = connect()
        condition = predicate(
            statement(f'FILTER seen >= "{math}"'), COLUMNS, "duckdb", catalog=CATALOG
        )
        comparison = condition.find(exp.GTE)
        assert comparison is not None
        for day in range(0, 400, 3):
            now = datetime(2024, 1, 28, 23, 30, 15, tzinfo=UTC) + timedelta(days=day)
            present = f"CAST('{now.isoformat()}' AS TIMESTAMPTZ)"
            text = comparison.expression.sql("duckdb").replace("CURRENT_TIMESTAMP", present)
            found = connection.execute(f"SELECT CAST({text} AS VARCHAR)").fetchone()
            wanted = instant(math, now)
            assert found is not None
            assert wanted is not None
            assert found[0] == wanted.strftime("%Y-%m-%d %H:%M:%S+00")

    def test_further_than_any_date(self) -> None:
        query = sql(statement('FILTER seen > "now-99999y"'), COLUMNS, "duckdb", catalog=CATALOG)
        assert "'0001-01-01 00:00:00+00:00'" in query


class TestPlaces:
    """A field that is elsewhere."""

    MAPPING = Mapping(
        table="t",
        fields={
            "city": Place("address", struct=("town", "name")),
            "visits": "number of visits",
            "scores": Place("extra", json=("scores",)),
            "value": Place("amounts", map="value"),
        },
    )
    FILTERS: ClassVar = {
        'city = "Bonn"': [1],
        "visits = 3": [1],
        "scores.a > 1": [1],
        "NOT scores.a > 1": [2],
        "value = 5": [1],
        "value != 5": [2],
        'scores IN ("a")': [1],
    }

    @pytest.mark.parametrize(("text", "members"), FILTERS.items(), ids=list(FILTERS))
    def test_in_duckdb(self, text: str, members: list[int]) -> None:
        connection = connect()
        connection.execute(
            'CREATE TABLE t (id INT, address STRUCT(town STRUCT("name" VARCHAR)),'
            ' "number of visits" INT, extra JSON, amounts MAP(VARCHAR, DOUBLE))'
        )
        connection.execute(
            "INSERT INTO t VALUES"
            " (1, {town: {name: 'Bonn'}}, 3, '{\"scores\": {\"a\": 2}}', MAP {'value': 5}),"
            " (2, NULL, NULL, NULL, NULL)"
        )
        query = sql(statement(f"FILTER {text}"), self.MAPPING, "duckdb", catalog=CATALOG)
        assert [row[0] for row in connection.execute(query).fetchall()] == members
