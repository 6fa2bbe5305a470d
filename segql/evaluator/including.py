"""What INCLUDE names: found, put in order, and circles cut."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from typing import TypeAlias, cast

from segql._everybody import EVERYBODY
from segql.syntax import nodes as n
from segql.syntax.walk import includes

_ALL = n.Statement(n.MatchAll())

Find = Callable[[str], n.Statement | n.Phrase | None]
Includes: TypeAlias = Mapping[str, n.Statement] | Find


class Included:
    """All segments that a filter leads to."""

    def __init__(self, root: n.Statement, find: Find) -> None:
        self.statements: dict[str, n.Statement] = {}
        self.graph: dict[str, list[str]] = {}  # who names whom
        self.named = _named(root)  # by the filter itself
        pending = [*self.named]
        while pending:
            slug = pending.pop()
            if slug in self.graph:
                continue
            found = find(slug) or (_ALL if slug.lower() == EVERYBODY else None)
            self.graph[slug] = []
            if found is not None:
                self.statements[slug] = as_statement(found)
                self.graph[slug] = _named(self.statements[slug])
                pending += self.graph[slug]
        self._circles = _circles(self.graph)

    def in_order(self) -> list[str]:
        """The slugs, each behind those it includes."""
        uncut = {s: [t for t in ts if not self.is_circle(s, t)] for s, ts in self.graph.items()}
        return _in_order(uncut)

    def is_circle(self, slug: str, target: str) -> bool:
        """Whether it is on a circle that one segment includes another."""
        return slug in self._circles and target in self._circles


def finder(segments: Includes | None) -> Find:
    """What finds a segment by its slug, which the account has in lower case; None: no such one."""
    if segments is None:
        return lambda _: None
    if not isinstance(segments, Mapping):
        return segments
    by_slug = cast("Mapping[str, n.Statement]", segments)
    return lambda slug: by_slug.get(slug) or by_slug.get(slug.lower())


def as_statement(phrase: n.Statement | n.Phrase) -> n.Statement:
    """A filter without clauses, or a statement as it is."""
    return phrase if isinstance(phrase, n.Statement) else n.Statement(phrase)


def _named(statement: n.Statement) -> list[str]:
    return [*dict.fromkeys(name.value for name in includes(statement))]


def _circles(graph: Mapping[str, Collection[str]]) -> set[str]:
    """The slugs on circles, and those on the way from one circle to another."""
    ahead = set(graph).difference(_in_order(graph))  # they lead into a circle
    turned: dict[str, list[str]] = {slug: [] for slug in ahead}
    for slug in ahead:
        for target in ahead.intersection(graph[slug]):
            turned[target].append(slug)
    return ahead.difference(_in_order(turned))


def _in_order(graph: Mapping[str, Collection[str]]) -> list[str]:
    """As many as can be put behind those they name: not what leads into a circle."""
    sorter = TopologicalSorter(graph)
    with suppress(CycleError):
        sorter.prepare()
    order: list[str] = []
    while ready := sorter.get_ready():
        order += ready
        sorter.done(*ready)
    return order
