"""SQL and the evaluator: the same members, of any filter and any profiles.

An example is some filters and some profiles: one query answers each filter, and its negation, of
each profile.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segql.compiler.sql import Mapping, SqlError
from segql.evaluator import compile_predicate
from segql.syntax import nodes as n

from . import strategies as some
from .profiles import COLUMNS, JSON, Profile, Profiles, statement

FILTERS, PROFILES = 5, 20  # in an example
# An example is about a hundred pairs: 200,000 in the long run.
many = settings(
    max_examples=settings().max_examples // 10,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
Difference = tuple[n.Phrase, dict[str, Any], bool, str]


def lists(strategy: st.SearchStrategy[Any], size: int) -> st.SearchStrategy[list[Any]]:
    return st.lists(strategy, min_size=size, max_size=size)


def table(mapping: Mapping) -> Profiles:
    return Profiles(mapping, some.CATALOG, some.NOW, some.INCLUDES)


@pytest.fixture(scope="module")
def in_json() -> Profiles:
    return table(JSON)


@pytest.fixture(scope="module")
def in_columns() -> Profiles:
    return table(COLUMNS)


def condition(profiles: Profiles, phrase: n.Phrase) -> str | None:
    """The condition in SQL; None where SQL cannot say it."""
    try:
        return profiles.condition(phrase)
    except SqlError:
        return None


def evaluated(phrase: n.Phrase) -> Callable[[Profile], bool | None]:
    return compile_predicate(
        phrase, types=some.CATALOG, now=some.NOW, includes=some.INCLUDES
    ).matches


def differences(
    table: Profiles, phrases: list[n.Phrase], profiles: list[dict[str, Any]]
) -> list[Difference]:
    """What SQL answers otherwise than the evaluator: filter, profile, answer, condition."""
    table.hold(*profiles)
    both = [phrase for one in phrases for phrase in (one, n.Not(one))]
    said = [(phrase, sql) for phrase in both if (sql := condition(table, phrase)) is not None]
    answers = table.ask(sql for _, sql in said) if said else []
    found: list[Difference] = []
    for (phrase, sql), column in zip(said, answers, strict=True):
        matches = evaluated(phrase)
        for profile, answer in zip(profiles, column, strict=True):
            if answer is not (matches(profile) is True):
                found.append((phrase, profile, answer, sql))
    return found


@many
@given(lists(some.phrases, FILTERS), lists(some.profiles, PROFILES))
def test_json_of_any_kind(
    in_json: Profiles, phrases: list[n.Phrase], profiles: list[dict[str, Any]]
) -> None:
    assert differences(in_json, phrases, profiles) == []


@many
@given(lists(some.typed_phrases, FILTERS), lists(some.typed_profiles, PROFILES))
def test_columns(
    in_columns: Profiles, phrases: list[n.Phrase], profiles: list[dict[str, Any]]
) -> None:
    assert differences(in_columns, phrases, profiles) == []


# What was answered otherwise once: a filter and a profile.
FOUND: list[tuple[str, dict[str, Any]]] = [
    ('contains(s, "a")', {}),
    ('hasprefix(s, "")', {"s": "a"}),
    ('"a" IN hassuffix(s, "")', {"s": "a"}),
    ("contains(s, true) != hassuffix(s, true)", {"s": "is true"}),
    ("d = tolower(s)", {"d": "2026-03-15T12:00:00Z", "s": "2026-03-15T12:00:00Z"}),
    ("todate(sums.k) = todate(n)", {"sums": {"k": -1.0}, "n": -1.9}),
    ("s != tags", {"s": "5", "tags": ["5"]}),
]
FOUND_IN_JSON: list[tuple[str, dict[str, Any]]] = [
    *FOUND,
    ("x IN (NULL)", {"x": [None]}),
    ("x IN x.k", {"x": [None], "x.k": [None]}),
    ('s < oneof(tags, "a")', {"s": "5.5", "tags": [5.5]}),
]


@pytest.mark.parametrize(("text", "profile"), FOUND_IN_JSON)
def test_once_found_in_json(in_json: Profiles, text: str, profile: dict[str, Any]) -> None:
    assert differences(in_json, [statement(text).filter], [profile, {}]) == []


@pytest.mark.parametrize(("text", "profile"), FOUND)
def test_once_found_in_columns(in_columns: Profiles, text: str, profile: dict[str, Any]) -> None:
    assert differences(in_columns, [statement(text).filter], [profile, {}]) == []


def test_few_are_refused(in_columns: Profiles) -> None:
    """Filters that SQL cannot say prove nothing: of a fixed sample they are a few."""
    sample: list[n.Phrase] = []

    @settings(max_examples=400, derandomize=True, database=None)
    @given(some.typed_phrases)
    def collect(phrase: n.Phrase) -> None:
        sample.append(phrase)

    collect()
    refused = [phrase for phrase in sample if condition(in_columns, phrase) is None]
    assert 0 < len(refused) < len(sample) / 10
