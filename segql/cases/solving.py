"""Find a profile for a plan: of each field a value with which all goals are met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice, product
from typing import Any, NamedTuple

from segql.cases.candidates import candidates, with_missing
from segql.cases.model import Profile
from segql.cases.planning import Goal, Plan
from segql.cases.profiles import put
from segql.cases.running import Suite
from segql.catalog.model import DEFAULT_TABLE
from segql.catalog.types import FieldType
from segql.evaluator import MISSING, Predicate
from segql.syntax import nodes as n
from segql.syntax.walk import walk

_MOST_TRIES = 3000  # of values of fields that belong together


class Solver:
    """Solves the goals of one statement at one instant."""

    def __init__(self, suite: Suite, statement: n.Statement, now: datetime) -> None:
        self._suite = suite
        self._clauses = tuple(c for c in statement.clauses if isinstance(c, n.From))
        self._table = statement.table or DEFAULT_TABLE
        self._now = now
        # By the identity of the phrase: a planner has one of equal ones.
        self._tests: dict[int, Predicate] = {}
        self._solved: dict[tuple[object, ...], dict[str, Any] | None] = {}
        self._pools: dict[tuple[str, int], list[Any]] = {}

    def solve(self, plan: Plan, target: n.Node | None = None) -> Profile | None:
        """A profile that meets all goals; the fields of ``target`` are near its bounds."""
        values: dict[str, Any] = {}
        for names, goals in _groups(plan):
            its_target = target if any(goal.phrase is target for goal in goals) else None
            key = (*((id(goal.phrase), goal.want) for goal in goals), id(its_target))
            if key not in self._solved:
                self._solved[key] = self._values(names, goals, its_target)
            found = self._solved[key]
            if found is None:
                return None
            values |= found
        return _profile(values)

    def _values(
        self, names: Sequence[str], goals: Sequence[Goal], target: n.Node | None
    ) -> dict[str, Any] | None:
        """Values of fields that some goals belong together by."""
        pools = [self._pool(name, goals, target) for name in names]
        if len({name.partition(".")[0] for name in names}) == len(names):  # no map and its keys
            pools = [self._fitting(*each, goals) for each in zip(names, pools, strict=True)]
        for tried in islice(product(*pools), _MOST_TRIES):
            values = dict(zip(names, tried, strict=True))
            if self._are_met(goals, values):
                return values
        return None

    def _fitting(self, name: str, pool: list[Any], goals: Sequence[Goal]) -> list[Any]:
        """The values with which the goals of this field alone are met."""
        own = [goal for goal in goals if fields(goal.phrase) == [name]]
        return [value for value in pool if self._are_met(own, {name: value})] if own else pool

    def _are_met(self, goals: Sequence[Goal], values: dict[str, Any]) -> bool:
        profile = _profile(values)
        return all(self._test(goal.phrase).matches(profile) is goal.want for goal in goals)

    def _pool(self, name: str, goals: Sequence[Goal], target: n.Node | None) -> list[Any]:
        phrases = [goal.phrase for goal in goals if name in fields(goal.phrase)]
        is_target = any(phrase is target for phrase in phrases)
        phrases.sort(key=lambda phrase: phrase is not target)
        values = [value for phrase in phrases for value in self._candidates(name, phrase)]
        return with_missing(values, is_first=not is_target)

    def _candidates(self, name: str, phrase: n.Node) -> list[Any]:
        key = (name, id(phrase))
        if key not in self._pools:
            self._pools[key] = [*candidates(name, phrase, self._type(name), self._now)]
        return self._pools[key]

    def _type(self, name: str) -> FieldType | None:
        catalog = self._suite.catalog
        found = catalog.find(name, self._table) if catalog else None
        return found.type if found else None

    def _test(self, phrase: n.Node) -> Predicate:
        if id(phrase) not in self._tests:
            statement = n.Statement(phrase, self._clauses)  # pyright: ignore[reportArgumentType]
            self._tests[id(phrase)] = self._suite.compiled(statement, self._now)
        return self._tests[id(phrase)]


def fields(phrase: n.Node) -> list[str]:
    """The fields of a phrase, each once."""
    names = (node.name for node in walk(phrase) if isinstance(node, n.Identifier))
    return [*dict.fromkeys(names)]


class _Group(NamedTuple):
    """Goals that share a field, or a map, with the fields of all of them."""

    names: list[str]
    goals: list[Goal]


def _groups(plan: Iterable[Goal]) -> list[_Group]:
    by_owner: dict[str, _Group] = {}
    apart: list[_Group] = []  # goals without a field
    for goal in plan:
        names = fields(goal.phrase)
        owners = [name.partition(".")[0] for name in names]
        group = _Group(names, [goal])
        for other in {id(g): g for o in owners if (g := by_owner.get(o))}.values():
            group = _Group(other.names + group.names, other.goals + group.goals)
        for name in group.names:
            by_owner[name.partition(".")[0]] = group
        apart += [] if names else [group]
    groups = {id(group): group for group in by_owner.values()}.values()
    return [*apart, *(_Group([*dict.fromkeys(g.names)], g.goals) for g in groups)]


def _profile(values: dict[str, Any]) -> Profile:
    """A map itself before its keys."""
    profile: Profile = {}
    for name in sorted(values, key=lambda name: "." in name):
        if values[name] is not MISSING:
            value = values[name]
            put(profile, name, {**value} if isinstance(value, dict) else value)  # keys go into it
    return profile
