"""negated-infix: told exactly where the server and segql can find different members."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import segql
from segql.evaluator import compile_predicate
from segql.syntax import nodes as n
from segql.syntax.parser import parse
from segql.syntax.walk import walk

from .spelled import texts

Answer = bool | None
# A condition of a field -> values that match and do not match.
CONDITIONS: dict[str, tuple[Any, Any]] = {
    "{}": (True, False),
    "{} BETWEEN 1 AND 9": (5, 9),
    "{} > 5": (6, 5),
    "{} != 5": (6, 5),
    "EXISTS {}": (1, ""),
}


def extent(node: Any) -> tuple[int, int]:
    return node.phrases[0].start, node.phrases[-1].end


class Server:
    """What the server answers: its infix AND is not the list.

    ``of_two`` is what infix AND makes of two phrases without an answer.
    """

    def __init__(self, text: str, of_two: Answer) -> None:
        file = parse(text)
        self.filter, self.of_two = file.statements[0].filter, of_two
        self.infix = {extent(form.node) for form in file.forms if form.kind == "infix"}
        self.matches_alone = cache(lambda phrase: compile_predicate(phrase).matches)

    def matches(self, profile: dict[str, Any]) -> bool:
        return self._answer(self.filter, profile) is True

    def _answer(self, phrase: n.Phrase, profile: dict[str, Any]) -> Answer:
        match phrase:
            case n.And((one,)) | n.Or((one,)):
                return self._answer(one, profile)
            case n.Not(inner):
                answer = self._answer(inner, profile)
                return None if answer is None else not answer
            case n.Or(parts):
                return any(self._answer(part, profile) is True for part in parts)
            case n.And(parts) if parts:
                answers = [self._answer(part, profile) for part in parts]
                if extent(phrase) in self.infix:
                    return self._joined(answers)
                return next((answer for answer in answers if answer is not True), True)
            case _:
                return self.matches_alone(phrase)(profile)

    def _joined(self, answers: list[Answer]) -> Answer:
        found, *others = answers
        for other in others:
            is_of_two = found is None and other is None
            found = self.of_two if is_of_two else found is True and other is True
        return found


def can_differ(text: str, values: dict[str, tuple[Any, Any]], of_two: Answer) -> bool:
    """Whether there is a profile of which the server and segql say something else."""
    server, ours = Server(text, of_two), compile_predicate(parse(text).statements[0])
    for row in product(
        *([(name, value) for value in both] + [None] for name, both in values.items())
    ):
        profile = dict(filter(None, row))
        if server.matches(profile) != (ours.matches(profile) is True):
            return True
    return False


def is_told(text: str) -> bool:
    return "negated-infix" in {problem.name for problem in segql.check(text)}


@st.composite
def trees(draw: st.DrawFn) -> n.Phrase:
    """Phrases about one field each: what one of them says limits no other."""
    conditions = draw(st.lists(st.sampled_from([*CONDITIONS]), min_size=2, max_size=5))
    named = [condition.format(f"f{i}") for i, condition in enumerate(conditions)]
    left: list[n.Phrase] = [parse(text).statements[0].filter for text in named]
    while len(left) > 1:
        size = draw(st.integers(2, min(3, len(left))))
        list_of = draw(st.sampled_from([n.And, n.And, n.Or]))
        first = draw(st.integers(0, len(left) - size))
        made = list_of(tuple(left[first : first + size]))
        left[first : first + size] = [draw(st.sampled_from([made, n.Not(made), n.Not(made)]))]
    return left[0]


def values_of(tree: n.Phrase) -> dict[str, tuple[Any, Any]]:
    """The values to try of each field."""
    kinds = {n.Identifier: "{}", n.Between: "{} BETWEEN 1 AND 9", n.Exists: "EXISTS {}"}
    found: dict[str, tuple[Any, Any]] = {}
    for node in walk(tree, whole=(n.Between, n.Exists, n.Comparison)):
        names = [below.name for below in walk(node) if isinstance(below, n.Identifier)]
        if not isinstance(node, n.And | n.Or | n.Not):
            found[names[0]] = CONDITIONS[kinds.get(type(node), "{} > 5")]
    return found


@given(texts(trees()))
def test_told_if_and_only_if_an_answer_can_differ(row: tuple[str, n.Phrase]) -> None:
    text, values = row[0], values_of(row[1])
    if is_told(text):  # whatever infix AND makes of two phrases without an answer
        assert can_differ(text, values, of_two=None)
        assert can_differ(text, values, of_two=False)
    else:
        assert not can_differ(text, values, of_two=False)


VALUES = {"a": (True, False), "b": (True, False), "x": (5, 1)}


@pytest.mark.parametrize(
    "text",
    [
        "NOT (EXISTS a AND a)",  # without a field that is asked for, no AND matches
        "NOT (x > 1 AND x BETWEEN 2 AND 9)",
        "AND (EXISTS a, NOT (a AND x > 1))",
        "OR (NOT EXISTS a, NOT (a AND x > 1))",
        "NOT NOT (a AND b)",
        "NOT OR (a AND b, x > 1)",
        "NOT (/* why */ AND (a, b))",
        "NOT (a OR b)",
        "a AND NOT b",
    ],
)
@pytest.mark.parametrize("of_two", [None, False])
def test_no_false_alarm(text: str, of_two: Answer) -> None:
    assert not can_differ(f"FILTER {text}", VALUES, of_two)
    assert not is_told(f"FILTER {text}")


def test_told_once_of_one_in_another() -> None:
    problems = segql.check("FILTER NOT (a AND (b AND c)) ALIAS x")
    assert [problem.name for problem in problems] == ["negated-infix"]


def test_no_fix_where_it_would_lose_a_comment() -> None:
    (problem,) = segql.check("FILTER NOT (a -- why\n AND b) ALIAS x")
    assert problem.fix is None
