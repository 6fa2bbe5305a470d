"""What has to hold for a filter to be true, or for one phrase of it to decide: lists of goals.

A plan says of some phrases without AND, OR and NOT whether each is to be true. There can be many
plans; a few are made, the simplest first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import NamedTuple, TypeAlias

from segql.syntax import nodes as n
from segql.syntax.walk import walk


class Goal(NamedTuple):
    """A phrase, and what it is to be."""

    phrase: n.Node
    want: bool


Plan: TypeAlias = tuple[Goal, ...]

_MOST_PLANS = 48
_MOST_CHOICES = 8  # phrases of a list, of which one alone is to be met
_DEEPEST = 120  # levels, also of INCLUDE: each takes some of Python's stack
_LONG = 100  # goals: of longer plans only one is made


class Planner:
    """Makes plans; ``find`` gives the filter of a segment that INCLUDE names."""

    def __init__(self, find: Callable[[str], n.Phrase | None]) -> None:
        self._find = find
        self._known: dict[tuple[int, bool], list[Plan]] = {}  # by the identity of the phrase
        self._same: dict[n.Node, n.Node] = {}  # equal phrases are one: goals compare identities
        self._level = 0
        self._open: list[str] = []  # the segments that plans are being made for

    def one_of_equals(self, phrase: n.Node) -> n.Node:
        """The phrase that stands for all that are equal to it, in goals."""
        return self._same.setdefault(phrase, phrase)

    def plans(self, phrase: n.Node, want: bool) -> list[Plan]:
        """Ways to make a phrase true, or false; none where no way is known."""
        key = (id(phrase), want)
        if key not in self._known:
            if self._level >= _DEEPEST:
                return []
            self._level += 1
            self._known[key] = self._made(phrase, want)
            self._level -= 1
        return self._known[key]

    def _made(self, phrase: n.Node, want: bool) -> list[Plan]:
        match phrase:
            case n.Not(inner):
                return self.plans(inner, not want)
            case n.And(parts) if want:
                return _all([self.plans(part, True) for part in parts])
            case n.Or(parts) if not want:
                return _all([self.plans(part, False) for part in parts])
            case n.And(parts) | n.Or(parts):
                return self._one_of(parts, want)
            case n.Include(n.Name(slug)) | n.Call("in_segment", (n.String(slug),)):
                return self._included(slug, want)
            case _:
                return [(Goal(self.one_of_equals(phrase), want),)]

    def around(self, phrase: n.Node, target: n.Node) -> list[Plan]:
        """What has to hold elsewhere in a filter, so that a phrase of it decides."""
        match phrase:
            case n.Not(inner):
                return self.around(inner, target)
            case n.And(parts) | n.Or(parts):
                want = isinstance(phrase, n.And)
                return _all([self._beside(part, target, want) for part in parts])
            case _:
                return [()]

    def _beside(self, part: n.Node, target: n.Node, want: bool) -> list[Plan]:
        return self.around(part, target) if holds(part, target) else self.plans(part, want)

    def _one_of(self, parts: Sequence[n.Node], want: bool) -> list[Plan]:
        """One part is enough. What stands before it must not keep it from being reached."""
        found: list[Plan] = []
        for place, part in enumerate(parts[:_MOST_CHOICES]):
            alone = self.plans(part, want)
            others = [self.plans(p, not want) for p in (*parts[:place], *parts[place + 1 :])]
            found += [*alone[:2], *_all([alone, *others])[:2]]
        return sorted(found[:_MOST_PLANS], key=len)

    def _included(self, slug: str, want: bool) -> list[Plan]:
        phrase = self._find(slug)
        if phrase is None or slug.lower() in self._open:
            return []
        self._open.append(slug.lower())
        found = self.plans(phrase, want)
        self._open.pop()
        return found


def holds(phrase: n.Node, target: n.Node) -> bool:
    """Whether a phrase is another one, or around it."""
    return any(node is target for node in walk(phrase))


def is_negated(phrase: n.Node, target: n.Node) -> bool:
    """Whether an odd number of NOTs stands around a phrase."""
    nots = [node for node in walk(phrase) if isinstance(node, n.Not) and holds(node, target)]
    return len(nots) % 2 == 1


def joined(first: Sequence[Plan], second: Sequence[Plan]) -> list[Plan]:
    """Plans for two things at once."""
    return _all([first, second])


def _all(parts: Sequence[Sequence[Plan]]) -> list[Plan]:
    """Plans for several things at once, without those that want a phrase to be both."""
    if not all(parts):
        return []
    # Where there is no choice, one way to put all together is enough: lists are long.
    first = _put_together(plans[0] for plans in parts if len(plans) == 1)
    found = [] if first is None else [first]
    for plans in (plans for plans in parts if len(plans) > 1):
        many = _MOST_PLANS if found and len(found[0]) < _LONG else 1
        pairs = (_put_together((one, other)) for one in found for other in plans)
        found = [*islice((plan for plan in pairs if plan is not None), many)]
    return found


def _put_together(plans: Iterable[Plan]) -> Plan | None:
    goals: dict[int, Goal] = {}
    for plan in plans:
        for goal in plan:
            if goals.setdefault(id(goal.phrase), goal).want is not goal.want:
                return None
    return tuple(goals.values())
