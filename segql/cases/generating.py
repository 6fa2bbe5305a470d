"""Profiles at the edges of a segment: for each phrase one that is in by it, and one just out."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime
from itertools import product, zip_longest
from typing import NamedTuple

from segql.cases.coverage import Run, conditions, is_pair, run_of
from segql.cases.model import EXPECTED, Case, Profile
from segql.cases.planning import Plan, Planner, is_negated, joined
from segql.cases.profiles import put, take_away
from segql.cases.running import Suite
from segql.cases.solving import Solver, fields
from segql.evaluator import Predicate
from segql.formatter.brief import brief
from segql.syntax import nodes as n

_MOST_TRIES = 24  # plans a phrase


class Generated(NamedTuple):
    """Cases that hold, and the phrases that no profile was found for."""

    cases: list[Case]
    unsolved: list[n.Node]


class _Pair(NamedTuple):
    """Two profiles that differ in the answer of one phrase, and so of the segment."""

    member: Profile
    other: Profile


class Generator:
    """Makes profiles for one statement at one instant."""

    def __init__(self, suite: Suite, statement: n.Statement, now: datetime) -> None:
        self.statement = statement
        self.now = now
        self._planner = Planner(lambda slug: _filter_of(suite, slug))
        self._solver = Solver(suite, statement, now)
        self._predicate: Predicate = suite.compiled(statement, now)

    def generate(self, slug: str) -> Generated:
        """Cases for each phrase: in, out, and without a value of its field."""
        found: dict[str, Case] = {}
        unsolved: list[n.Node] = []
        for place, phrase in enumerate(conditions(self.statement.filter)):
            pair = self._pair(phrase, place)
            if pair is None:
                unsolved.append(phrase)
                continue
            for name, profile in _named(phrase, pair):
                case = self._case(slug, name, profile)
                found.setdefault(repr(case.profile), case)
        return Generated([*found.values()], unsolved)

    def profiles(self) -> Iterator[Profile]:
        """The same without cases; also where a phrase does not decide."""
        for place, phrase in enumerate(conditions(self.statement.filter)):
            pair = self._pair(phrase, place)
            if pair is not None:
                yield from (profile for _, profile in _named(phrase, pair))
        yield {}

    def apart(self, phrase: n.Node, other: n.Node) -> Iterator[Profile]:
        """Profiles to which a phrase says one thing, and what may stand in its place another."""
        around = self._planner.around(self.statement.filter, phrase)
        for want in (True, False):
            own = joined(self._planner.plans(phrase, want), self._planner.plans(other, not want))
            for plan in joined(own, around)[:_MOST_TRIES]:
                profile = self._solver.solve(plan, self._planner.one_of_equals(phrase))
                if profile is not None:
                    yield profile

    def _pair(self, phrase: n.Node, place: int) -> _Pair | None:
        whole = self.statement.filter
        wanted = not is_negated(whole, phrase)
        around = self._planner.around(whole, phrase)
        target = None if _is_include(phrase) else self._planner.one_of_equals(phrase)
        true = joined(self._planner.plans(phrase, wanted), around)
        false = joined(self._planner.plans(phrase, not wanted), around)
        members: list[Profile] = []
        others: list[Profile] = []
        solved = self._solved(true, target, True), self._solved(false, target, False)
        for member, other in zip_longest(*solved):
            members += [member] if member is not None else []
            others += [other] if other is not None else []
            for one, another in product(members, others):
                if is_pair(self._run(one), self._run(another), place):
                    return _Pair(one, another)
        return None

    def _solved(self, plans: list[Plan], target: n.Node | None, want: bool) -> Iterator[Profile]:
        """Profiles of plans, as far as the evaluator agrees."""
        for plan in plans[:_MOST_TRIES]:
            profile = self._solver.solve(plan, target)
            if profile is not None and self._predicate.matches(profile) is want:
                yield profile

    def _run(self, profile: Profile) -> Run:
        return run_of(self.statement.filter, self._predicate.explain(profile))

    def _case(self, slug: str, name: str, profile: Profile) -> Case:
        expect = EXPECTED[self._predicate.matches(profile)]
        return Case(slug, profile, expect, name=name, now=self.now)


def _named(phrase: n.Node, pair: _Pair) -> Iterator[tuple[str, Profile]]:
    text = brief(phrase)
    yield f"in by {text}", pair.member
    yield f"out by {text}", pair.other
    names = [] if _is_include(phrase) else fields(phrase)
    for name in names:
        without = deepcopy(pair.member)
        take_away(without, name)
        yield f"{name} is missing", without
        null = deepcopy(pair.member)
        put(null, name, None)
        yield f"{name} is null", null


def _is_include(phrase: n.Node) -> bool:
    return isinstance(phrase, n.Include) or (
        isinstance(phrase, n.Call) and phrase.name == "in_segment"
    )


def _filter_of(suite: Suite, slug: str) -> n.Phrase | None:
    found = suite.segment(slug)
    return found.statement.filter if found else None
