"""Generated cases: they hold, they stand at the edges, and they try every phrase."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given

from segql.cases.coverage import coverage
from segql.cases.generating import Generated, Generator
from segql.cases.model import Case
from segql.cases.reading import parse_cases
from segql.cases.running import Suite
from segql.cases.writing import write_cases
from segql.formatter.brief import brief
from segql.syntax import nodes as n
from segql.syntax.parser import parse
from segql.workspace import Workspace
from tests import trees

from .suites import NOW, suite


def generated(text: str) -> Generated:
    found = suite(text)
    segment = found.workspace.segments[-1]
    return Generator(found, segment.statement, NOW).generate(segment.slug or "")


def edges(text: str) -> dict[str, dict[str, object]]:
    """The profiles of the only phrase of a segment, by what they are."""
    found = generated(f"FILTER {text} ALIAS a")
    assert found.unsolved == []
    return {case.name.split()[0]: case.profile for case in found.cases[:2]}


DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.mark.parametrize(
    ("text", "member", "other"),
    [
        ("visits >= 10", {"visits": 10}, {"visits": 9}),
        ("visits > 10", {"visits": 11}, {"visits": 10}),
        ("value < 1500.00", {"value": 1499.99}, {"value": 1500.0}),
        ("visits BETWEEN 1 AND 9", {"visits": 2}, {"visits": 1}),
        ('city = "Rome"', {"city": "Rome"}, {"city": "Romex"}),
        ('city LIKE "R*me"', {"city": "Rame"}, {"city": "Ram"}),
        ('city CONTAINS "om"', {"city": "om"}, {"city": "o"}),
        ('city IN ("a", "bc")', {"city": "a"}, {"city": "ax"}),
        ('seen >= "now-1d"', {"seen": NOW - DAY}, {"seen": NOW - DAY - SECOND}),
        ('seen > "now-1d"', {"seen": NOW - DAY + SECOND}, {"seen": NOW - DAY}),
        ('tags INTERSECTS ("x")', {"tags": ["x"]}, {"tags": ["xx"]}),
        ("flag = true", {"flag": True}, {"flag": False}),
        ("flag", {"flag": True}, {"flag": False}),
        ("EXISTS email", {"email": "a"}, {"email": ""}),
        ("NOT visits > 3", {"visits": 3}, {"visits": 4}),
        ("consent.marketing = true", {"consent": {"marketing": True}}, {"consent": {"marketing": False}}),  # noqa: E501
        ("len(city) > 2", {"city": "aaa"}, {"city": "aa"}),
        ("timewindow(hits, 5, 7)", {"hits": [NOW - SECOND] * 5}, {"hits": [NOW - SECOND] * 4}),
    ],
)  # fmt: skip
def test_a_phrase_has_both_edges(text: str, member: object, other: object) -> None:
    found = edges(text)
    assert found["in"] == member
    assert found["out"] == other


def test_a_place_is_hardly_near_and_hardly_not() -> None:
    found = edges('geodistance(home, "45.5,-122.6", 80)')
    assert found["in"] == {"home": "46.2135,-122.6"}
    assert found["out"] == {"home": "46.2351,-122.6"}


def test_fields_without_a_value_are_tried_as_well() -> None:
    names = {case.name: case.expect for case in generated("FILTER visits > 3 ALIAS a").cases}
    assert names == {
        "in by visits > 3": "in",
        "out by visits > 3": "out",
        "visits is missing": "out",
        "visits is null": "unknown",
    }


WHOLE = [
    'FILTER AND (visits > 3, OR (city = "a", NOT EXISTS email), seen < "now-1d") ALIAS a',
    "FILTER OR (AND (visits > 1, value > 1), AND (visits < 0, NOT flag = true)) ALIAS a",
    'FILTER AND (seen < "now-30d", seen >= "now-90d") ALIAS a',
    "FILTER NOT OR (visits > 3, NOT AND (value > 1, flag = true)) ALIAS a",
    "FILTER OR (visits > 3, flag = true) ALIAS b; FILTER AND (INCLUDE b, NOT INCLUDE c) ALIAS a;"
    'FILTER AND (INCLUDE b, city = "x") ALIAS c; FILTER OR (INCLUDE c, AND (INCLUDE a, value > 2)) ALIAS d',  # noqa: E501
    "FILTER AND (consent.a = true, consent.b = false, EXISTS consent) ALIAS a",
    "FILTER AND (visits > value, value > 3) ALIAS a",
]  # fmt: skip


@pytest.mark.parametrize("text", WHOLE)
def test_every_phrase_decides_in_what_is_written_and_read_again(text: str) -> None:
    found = suite(text)
    for segment in found.workspace.segments:
        made = Generator(found, segment.statement, NOW).generate(segment.slug or "")
        file = parse_cases(write_cases(made.cases, "made"), "a")
        assert file.problems == ()
        ran = [found.run(case, "a") for case in file.cases]
        assert [one.result.message for one in ran] == [""] * len(made.cases)
        tried = coverage(segment, [one.trace for one in ran])
        lacking = [phrase.phrase for phrase in tried.phrases if phrase.lack]
        assert lacking == made.unsolved


def test_what_never_decides_is_told() -> None:
    made = generated("FILTER AND (visits > 3, visits > 1, INCLUDE gone) ALIAS a")
    assert [brief(phrase) for phrase in made.unsolved] == [
        "visits > 3",
        "visits > 1",
        "INCLUDE gone",
    ]
    made = generated("FILTER AND (visits > 3, visits > 1) ALIAS a")
    assert [brief(phrase) for phrase in made.unsolved] == ["visits > 1"]


def test_a_circle_ends() -> None:
    made = generated("FILTER INCLUDE b ALIAS a; FILTER OR (INCLUDE a, INCLUDE b) ALIAS b")
    assert len(made.unsolved) == 2


def test_a_long_list_and_a_deep_one_end() -> None:
    long = ", ".join(f"f{number} > {number}" for number in range(150))
    assert len(generated(f"FILTER AND ({long}) ALIAS a").cases) == 600
    deep = "FILTER " + "NOT (" * 100 + "a > 1" + ")" * 100 + " ALIAS a"
    assert len(generated(deep).cases) == 4


def test_what_is_nested_too_deep_is_told() -> None:
    opened = "".join(f"{'OR' if level % 2 else 'AND'} (f{level} > 1, " for level in range(190))
    made = generated(f"FILTER {opened} a > 1{')' * 190} ALIAS a")
    assert made.unsolved
    chain = "".join(f"FILTER INCLUDE s{number + 1} ALIAS s{number};" for number in range(300))
    assert len(generated(f"{chain} FILTER x ALIAS s300; FILTER INCLUDE s0 ALIAS a").unsolved) == 1


@given(trees.phrases(trees.words))
def test_whatever_is_generated_holds(phrase: n.Phrase) -> None:
    found = Suite(Workspace([parse("")]), now=NOW)
    statement = n.Statement(phrase)
    predicate = found.compiled(statement, NOW)
    answers = {True: "in", False: "out", None: "unknown"}
    made = Generator(found, statement, NOW).generate("a")
    file = parse_cases(write_cases(made.cases), "a")
    assert file.problems == ()
    assert len(file.cases) == len(made.cases)
    for case in (*file.cases, *made.cases):
        assert answers[predicate.matches(case.profile)] == case.expect


def test_a_header_is_a_comment() -> None:
    assert write_cases([Case("a", {}, "in")], "one\ntwo").startswith("# one\n# two\n\n[[case]]\n")
