"""Mutation testing: what mistakes are made, and which cases find them."""

from __future__ import annotations

import pytest
from hypothesis import given

from segql.cases.generating import Generator
from segql.cases.model import Case
from segql.cases.mutants import mutants
from segql.cases.mutating import Mutated, mutate
from segql.formatter.flat import flat
from segql.syntax import nodes as n
from segql.syntax.parser import parse
from tests import trees

from .suites import NOW, suite


def changes(text: str) -> dict[str, str]:
    """How each mutant of a phrase is called, and its filter."""
    (statement,) = parse(text).statements
    return {mutant.change: flat(mutant.statement.filter) for mutant in mutants(statement)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "visits >= 10",
            {
                "visits >= 10: >= became >": "visits > 10",
                "visits >= 10: >= became <=": "visits <= 10",
                "visits >= 10: 10 became 11": "visits >= 11",
                "visits >= 10: 10 became 9": "visits >= 9",
                "visits >= 10 was negated": "NOT visits >= 10",
            },
        ),
        (
            'seen < "now-5m"',
            {
                'seen < "now-5m": < became <=': 'seen <= "now-5m"',
                'seen < "now-5m": < became >': 'seen > "now-5m"',
                'seen < "now-5m": "now-5m" became "now-6m"': 'seen < "now-6m"',
                'seen < "now-5m": "now-5m" became "now-5M"': 'seen < "now-5M"',
                'seen < "now-5m" was negated': 'NOT seen < "now-5m"',
            },
        ),
        (
            "AND (a, EXISTS b)",
            {
                "AND became OR": "OR (a, EXISTS b)",
                "a was dropped": "AND (EXISTS b)",
                "EXISTS b was dropped": "AND (a)",
                "a was negated": "AND (NOT a, EXISTS b)",
                "EXISTS b was negated": "AND (a, NOT EXISTS b)",
            },
        ),
        ("NOT EXISTS a", {"NOT EXISTS a lost its NOT": "EXISTS a"}),
        (
            'a IN ("x", "y")',
            {
                'a IN ("x", "y"): "x" was left out': 'a IN ("y")',
                'a IN ("x", "y"): "y" was left out': 'a IN ("x")',
                'a IN ("x", "y") was negated': 'a NOT IN ("x", "y")',
            },
        ),
        ("*", {}),
    ],
)
def test_the_mistakes(text: str, expected: dict[str, str]) -> None:
    assert changes(text) == expected


def mutated(text: str, *cases: Case) -> Mutated:
    found = suite(text)
    return mutate(found, found.workspace.segments[-1], cases)


def case(expect: str, **profile: object) -> Case:
    return Case("a", profile, expect, now=NOW)  # pyright: ignore[reportArgumentType]


def test_cases_at_the_edge_find_everything() -> None:
    text = "FILTER visits >= 10 ALIAS a"
    assert mutated(text, case("in", visits=10), case("out", visits=9)).survivors == []


def test_a_survivor_has_a_case_that_finds_it() -> None:
    text = "FILTER visits >= 10 ALIAS a"
    loose = [case("in", visits=90), case("out", visits=1)]
    found = mutated(text, *loose)
    assert found.tried == 5
    assert [survivor.mutant.change.partition(": ")[2] for survivor in found.survivors] == [
        ">= became >",
        "10 became 11",
        "10 became 9",
    ]
    edges = [survivor.case for survivor in found.survivors if survivor.case]
    assert [(edge.profile, edge.expect) for edge in edges] == [
        ({"visits": 10}, "in"),
        ({"visits": 10}, "in"),
        ({"visits": 9}, "out"),
    ]
    assert mutated(text, *loose, *edges).survivors == []


def test_what_changes_nothing_has_no_case() -> None:
    text = "FILTER AND (visits > 3, visits > 1) ALIAS a"
    found = mutated(text, case("in", visits=4), case("out", visits=3))
    assert [survivor.case for survivor in found.survivors] == [None] * len(found.survivors)
    assert "visits > 1 was dropped" in [s.mutant.change for s in found.survivors]


def test_a_stubbed_segment_is_stubbed_for_the_mutants_too() -> None:
    text = "FILTER AND (INCLUDE web_leads, flag = true) ALIAS a"
    cases = [
        Case("a", {"flag": True}, "in", includes=(("web_leads", True),)),
        Case("a", {"flag": False}, "out", includes=(("web_leads", True),)),
        Case("a", {"flag": True}, "out", includes=(("web_leads", False),)),
    ]
    assert mutated(text, *cases).survivors == []


@given(trees.phrases(trees.words))
def test_a_case_of_a_survivor_holds_and_finds_it(phrase: n.Phrase) -> None:
    found = suite("FILTER a ALIAS a", types={})
    segment = found.workspace.segments[0]._replace(statement=n.Statement(phrase))
    made = Generator(found, segment.statement, NOW).generate("a").cases
    answers = {True: "in", False: "out", None: "unknown"}
    for survivor in mutate(found, segment, made).survivors[:5]:
        if survivor.case:
            right, wrong = segment.statement, survivor.mutant.statement
            one, other = (
                found.compiled(s, NOW).matches(survivor.case.profile) for s in (right, wrong)
            )
            assert answers[one] == survivor.case.expect
            assert one is not other
