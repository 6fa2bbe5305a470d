"""Many profiles asked at once have the answers that each has when it is asked alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.evaluator import Predicate, compile_predicate
from segql.syntax import nodes as n

from .asking import predicate
from .test_agreement import FIELDS, INCLUDES, conditions, phrases, profile_values, profiles
from .verdicts import NOW

TYPES = ("string", "int", "number", "bool", "date", "[]string", "[]date", "map[string]int")
types = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(TYPES))
crowds = st.lists(profiles, max_size=12)

Crowd = list[dict[str, Any]]


def check(asked: Predicate, crowd: Crowd) -> None:
    answers = [asked.matches(profile) for profile in crowd]
    assert asked.answers(crowd) == answers
    members = [profile for profile, answer in zip(crowd, answers, strict=True) if answer is True]
    assert [*map(id, asked.select(crowd))] == [*map(id, members)]


@given(phrases, crowds, types)
def test_many_are_answered_as_one(phrase: n.Phrase, crowd: Crowd, types: dict[str, str]) -> None:
    check(compile_predicate(phrase, now=NOW, types=types, includes=INCLUDES), crowd)


@given(conditions, st.lists(profile_values, max_size=30), types)
def test_one_condition_on_many_values(
    phrase: n.Phrase, values: list[Any], types: dict[str, str]
) -> None:
    crowd: Crowd = [{"a": value, "b": "x", "m": {"k": value}} for value in values]
    check(compile_predicate(phrase, now=NOW, types=types, includes=INCLUDES), [{}, *crowd])


@given(st.lists(conditions, max_size=9).map(tuple), crowds)
def test_long_lists(items: tuple[n.Phrase, ...], crowd: Crowd) -> None:
    for phrase in (n.And(items), n.Or(items), n.Not(n.And(items)), n.And((n.Or(items), *items))):
        check(compile_predicate(phrase, now=NOW, includes=INCLUDES), crowd)


VALUES: list[Any] = [
    *(-1, 0, 1, 2, 2.0, 2.5, 5, "", "x", "xy", "5", "x/y", True, False, None),
    *([], ["x"], ["z"], ["5"], [1], {}, {"x": 1}),
]  # fmt: skip


@pytest.mark.parametrize("field", ["a", "m.a"])
@pytest.mark.parametrize("type", [None, "string", "int", "number", "bool", "[]string"])
@pytest.mark.parametrize(
    "test",
    [
        *(f"{operator} {literal}" for operator in ("=", "!=", ">", ">=", "<", "<=")
          for literal in ("2", "2.0", "2.5", '"x"', "true")),
        "BETWEEN 1 AND 5", "BETWEEN 1.5 AND 2.5", "BETWEEN 2 AND 5", 'IN ("x", "y")', 'IN ("5")',
        "IN (1, 2)", 'LIKE "x"', 'LIKE "x*"', 'LIKE "**y"', 'LIKE "*x*"', 'CONTAINS "x"',
    ],
)  # fmt: skip
def test_every_value(field: str, type: str | None, test: str) -> None:
    crowd: Crowd = [{"a": value, "m": {"a": value}} for value in VALUES]
    for text in (f"{field} {test}", f"NOT {field} {test}"):
        check(predicate(text, types={field: type} if type else {}), crowd)


def test_between_cuts_the_ends_for_whole_numbers_alone() -> None:
    crowd: Crowd = [{"a": 2}, {"a": 2.0}, {"a": 3}]
    assert predicate("a BETWEEN 1.5 AND 2.5").answers(crowd) == [False, True, False]
    assert predicate("a BETWEEN 1 AND 3").answers(crowd) == [True, True, False]


USUAL = "2026-03-01T00:00:00Z"
DATES: dict[str, list[Any]] = {
    "all in the form of exports": [USUAL, "2026-03-14T12:00:00Z"],
    "missing": [USUAL, ..., USUAL],
    "null": [USUAL, None],
    "in other forms": [USUAL, "2026-03-14", "2026-03-14 12:00:00Z", "2026-03-14T12:00:00+02:00"],
    "out of the calendar": [USUAL, "2026-13-45T00:00:00Z", "0000-00-00T00:00:00Z"],
    "of a length that others make up for": [
        USUAL, "2026-03-01T00:00:00", "Z2026-03-01T00:00:00Z", "2026-03-01T00:00:0", "Z\n" + USUAL,
    ],
    "with a line break": [USUAL, "2026-03-01\n00:00:00Z", f"{USUAL}\n"],
    "in weeks": ["2026-W11-7T12:00:00Z", "20260315T120000.000Z"],
    "no texts": [USUAL, 1773100800, True, [USUAL], {"k": USUAL}, datetime(2026, 3, 1, tzinfo=UTC)],
}  # fmt: skip


@pytest.mark.parametrize("operator", ["=", "!=", ">", ">=", "<", "<="])
@pytest.mark.parametrize("values", DATES.values(), ids=DATES)
def test_dates(operator: str, values: list[Any]) -> None:
    crowd = [{} if value is ... else {"d": value} for value in values]
    for literal in ("now-7d", USUAL, "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"):
        check(predicate(f'd {operator} "{literal}"', types={"d": "date"}), crowd)


def test_missing_fields_at_the_ends_of_the_calendar() -> None:
    for text in ('d >= "0001-01-01"', 'd <= "9999-12-31T23:59:59Z"', 'd = "0001-01-01"'):
        assert predicate(text, types={"d": "date"}).answers([{}, {"d": USUAL}])[0] is False


@pytest.mark.parametrize("field", ["s", "m.s"])
@pytest.mark.parametrize(
    "test",
    ['LIKE "**"', 'LIKE "*"', 'LIKE ""', 'CONTAINS ""', 'CONTAINS "/"', '= ""', 'IN ("")',
     'IN (" ", "")', "= true", "= 0", "> 0", "<= 0"],
)  # fmt: skip
def test_no_value_stands_for_a_missing_field(field: str, test: str) -> None:
    asked = predicate(f"{field} {test}")
    check(asked, [{}, {"s": "", "m.s": ""}, {"m": {}}, {"m": {"s": ""}}, {"s": None, "m": 5}])
    assert asked.answers([{}, {"m": {}}]) == [False, False]


def test_an_array_with_arrays_in_it() -> None:
    crowd: Crowd = [{"a": ["x"]}, {"a": [["x"], "x"]}, {"a": [{"x": 1}]}, {"a": "x"}, {}]
    asked = predicate('a IN ("x", "y")')
    check(asked, crowd)
    assert asked.answers(crowd) == [True, True, False, True, False]


def test_nobody() -> None:
    for text in (
        "a = 1",
        "AND ()",
        "OR (a = 1, b)",
        "NOT AND (a, b = 1)",
        'd > "now-3d"',
        "m.k = 1",
    ):
        asked = predicate(text, types={"d": "date"})
        assert asked.answers([]) == []
        assert asked.select(()) == []


def test_members_keep_their_order_whatever_is_asked_first() -> None:
    crowd: Crowd = [
        {"id": number, "a": number % 2, "b": number % 3, "d": f"2026-03-{number % 28 + 1:02}"}
        for number in range(500)
    ]
    text = 'AND (d > "2026-03-05", OR (tolower(x) = "x", b = 1, a = 1, NOT a = 0), NOT b = 2)'
    asked = predicate(text, types={"d": "date"})
    expected = [p["id"] for p in crowd if p["d"] > "2026-03-05" and (p["b"] == 1 or p["a"] == 1)
                and p["b"] != 2]  # fmt: skip
    assert [profile["id"] for profile in asked.select(crowd)] == expected
    assert len(expected) > 100


def test_the_first_phrase_without_an_answer_stops_the_list() -> None:
    crowd: Crowd = [{}, {"a": 1}, {"a": 1, "t": True}, {"t": False}, {"a": 1, "t": False}]
    asked = predicate("AND (a = 1, t, b = 1)")
    assert asked.answers(crowd) == [False, None, False, False, False]
    assert predicate("OR (NOT t, b = 1)").answers(crowd) == [False, False, False, True, True]
    assert predicate("AND (NOT t, a = 1)").select(crowd) == [crowd[4]]
    assert predicate("NOT AND (t, a = 1)").answers(crowd) == [None, None, False, True, True]


def test_a_deep_filter_and_a_long_one() -> None:
    crowd: Crowd = [{"a": 1}, {}, {"a": 2}]
    assert predicate("NOT (" * 99 + "a = 1" + ")" * 99).answers(crowd) == [False, True, True]
    lists = ", ".join(f"a = {number}" for number in range(5_000))
    assert predicate(f"OR ({lists})").answers(crowd) == [True, False, True]
    assert predicate(f"AND (NOT OR ({lists}), NOT AND ({lists}))").answers(crowd) == [
        False, True, False,
    ]  # fmt: skip
