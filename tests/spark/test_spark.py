"""The dialect `spark`, run by Spark: the members that the reference and the evaluator find."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from sqlglot import exp

from segql.catalog import Catalog, instant
from segql.compiler.sql import SqlError, predicate
from segql.evaluator import compile_predicate
from segql.syntax import nodes as n
from tests.compiler.sql import observed, test_dialects, test_extremes
from tests.compiler.sql import strategies as some
from tests.compiler.sql.observed import Observed
from tests.compiler.sql.profiles import COLUMNS, Includes, Profile, Profiles, statement
from tests.compiler.sql.test_injection import EVIL

from .conftest import Table

pytestmark = pytest.mark.spark
# Filters, each with the segments that it includes.
Asked = list[tuple[n.Phrase, Includes]]
SAMPLE = 500  # filters, and as many profiles: a quarter of a million pairs


def table_of(catalog: Catalog = some.CATALOG, now: datetime = some.NOW) -> Profiles:
    return Profiles(COLUMNS, catalog, now, {})


def both(phrases: list[n.Phrase]) -> Asked:
    """Each phrase and its negation."""
    return [(p, some.INCLUDES) for one in phrases for p in (one, n.Not(one))]


def answers(
    spark: Table, profiles: Profiles, held: list[Profile], asked: Asked
) -> list[list[bool]]:
    """What Spark answers, of each filter for all profiles."""
    profiles.hold(*held)
    spark.hold(profiles)
    return spark.ask(profiles.condition(phrase, "spark", known) for phrase, known in asked)


def differences(
    profiles: Profiles, held: list[Profile], asked: Asked, columns: list[list[bool]]
) -> list[tuple[n.Phrase, Profile, bool]]:
    """What the evaluator answers otherwise."""
    found: list[tuple[n.Phrase, Profile, bool]] = []
    for (phrase, known), column in zip(asked, columns, strict=True):
        matches = compile_predicate(
            phrase, types=profiles.catalog, now=profiles.now, includes=known
        ).matches
        pairs = zip(held, column, strict=True)
        found += [(phrase, p, answer) for p, answer in pairs if answer is not (matches(p) is True)]
    return found


def disagree(
    spark: Table, held: list[Profile], asked: Asked
) -> list[tuple[n.Phrase, Profile, bool]]:
    """What Spark and the evaluator answer differently."""
    profiles = table_of()
    return differences(profiles, held, asked, answers(spark, profiles, held, asked))


REFERENCE = {"matches": (observed.matches(), 900), "edges": (observed.edges(with_null=False), 178)}


@pytest.mark.parametrize(("said", "count"), REFERENCE.values(), ids=list(REFERENCE))
def test_the_answers_of_the_reference(spark: Table, said: Observed, count: int) -> None:
    """All that a typed table can hold, asked of all profiles at once."""
    asked = [(phrase, case.includes) for case in said.cases for phrase in case.phrases]
    profiles = table_of(said.catalog, said.now)
    columns = answers(spark, profiles, said.profiles, asked)
    assert len(columns) == 2 * count
    for number, case in enumerate(said.cases):
        row = number if len(said.profiles) > 1 else 0
        yes, no = columns[2 * number : 2 * number + 2]
        assert not case.differs(yes[row], no[row]), case.text
    assert differences(profiles, said.profiles, asked, columns) == []


def test_a_sample_of_all_that_can_be_said(spark: Table) -> None:
    phrases: list[n.Phrase] = []
    held: list[Profile] = []

    @settings(max_examples=SAMPLE, derandomize=True, database=None)
    @given(some.typed_phrases, some.typed_profiles)
    def collect(phrase: n.Phrase, profile: dict[str, Any]) -> None:
        phrases.append(phrase)
        held.append(profile)

    collect()
    said = [phrase for phrase in phrases if is_said(phrase)]
    assert len(said) > len(phrases) * 0.9
    assert disagree(spark, held, both(said)) == []


def is_said(phrase: n.Phrase) -> bool:
    try:
        return bool(table_of().condition(phrase, "spark", some.INCLUDES))
    except SqlError:
        return False


def test_numbers_of_any_size(spark: Table) -> None:
    held: list[Profile] = [{"n": number, "s": "1e30", "i": 5} for number in test_extremes.NUMBERS]
    phrases = [statement(text).filter for text in test_extremes.FILTERS]
    assert disagree(spark, held, both(phrases)) == []


def test_texts_and_patterns_stay_data(spark: Table) -> None:
    field = n.Identifier("s")
    plain = ["".join(c for c in text if c not in "*%?[/") for text in EVIL]
    wild = [form.format(text) for text in plain for form in ("{}*", "**{}**", "?{}", "[^{}]*")]
    phrases: list[n.Phrase] = [
        *(n.Comparison(field, "LIKE", n.String(pattern)) for pattern in wild),
        *(n.Comparison(field, "=", n.String(text)) for text in EVIL),
        *(n.Comparison(field, "CONTAINS", n.String(text)) for text in EVIL),
    ]
    held: list[Profile] = [{"s": text} for text in (*EVIL, *plain, *(f"-{t}" for t in plain))]
    assert disagree(spark, held, both(phrases)) == []


def test_long_texts(spark: Table) -> None:
    texts = ["a/" * 50_000, "x" * 100_000, "a\n" * 50_000]
    patterns = ["a**[a-c]?", "*x?", "**/*b", "**[^a]x?**"]
    phrases: list[n.Phrase] = [
        n.Comparison(n.Identifier("s"), "LIKE", n.String(pattern)) for pattern in patterns
    ]
    assert disagree(spark, [{"s": text} for text in texts], both(phrases)) == []


def test_date_math_counts_from_when_the_query_is_run(spark: Table) -> None:
    days = [datetime(2024, 1, 28, 23, 30, 15, tzinfo=UTC) + timedelta(d) for d in range(0, 400, 9)]
    asked = [(math, now) for math in test_dialects.TestDateMath.MATHS for now in days]
    found = spark.values(moved(math, now) for math, now in asked)
    for (math, now), text in zip(asked, found, strict=True):
        wanted = instant(math, now)
        assert wanted is not None
        assert text == wanted.strftime("%Y-%m-%d %H:%M:%S"), (math, now)


def moved(math: str, now: datetime) -> str:
    """Date math in SQL, with the present in the place of the clock's."""
    condition = predicate(
        statement(f'FILTER d >= "{math}"'), COLUMNS, "spark", catalog=some.CATALOG
    )
    comparison = condition.find(exp.GTE)
    assert comparison is not None
    text = comparison.expression.sql("spark")
    assert "CURRENT_TIMESTAMP()" in text
    return text.replace("CURRENT_TIMESTAMP()", f"TIMESTAMP '{now.isoformat()}'")
