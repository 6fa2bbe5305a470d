"""A long chain of segments, each of which includes the next.

Who belongs to the first depends on every other one. Nobody can tell it from the file that they have
open, and a change at the far end moves audiences that its author has never heard of. Five steps are
fine. Reported is the segment where the chain begins, at the INCLUDE that leads into the longest
one; the message shows the way. Take the steps together that only pass on to the next.

The number of segments is not the question: one that includes twenty others side by side is fine. A
chain that ends in a circle is not reported, for it has no length; include-cycle tells of it.

Bad::

    FILTER INCLUDE members ALIAS regulars
    FILTER INCLUDE buyers ALIAS members
    FILTER INCLUDE reachable ALIAS buyers
    FILTER INCLUDE consenting ALIAS reachable
    FILTER INCLUDE known ALIAS consenting
    FILTER INCLUDE everybody ALIAS known
    FILTER EXISTS email ALIAS everybody

    FILTER AND (EXISTS name, INCLUDE step_1) ALIAS step_0
    FILTER AND (visitct > 1, INCLUDE step_2) ALIAS step_1
    FILTER AND (visitct > 2, in_segment("step_3")) ALIAS step_2
    FILTER AND (visitct > 3, INCLUDE step_4) ALIAS step_3
    FILTER AND (visitct > 4, INCLUDE step_5) ALIAS step_4
    FILTER AND (visitct > 5, INCLUDE step_6) ALIAS step_5
    FILTER visitct > 6 ALIAS step_6

Good::

    FILTER AND (INCLUDE members, INCLUDE buyers, INCLUDE reachable) ALIAS regulars
    FILTER is_member ALIAS members
    FILTER orders > 1 ALIAS buyers
    FILTER EXISTS email ALIAS reachable

    FILTER INCLUDE b ALIAS a
    FILTER INCLUDE c ALIAS b
    FILTER INCLUDE d ALIAS c
    FILTER INCLUDE e ALIAS d
    FILTER INCLUDE f ALIAS e
    FILTER visitct > 5 ALIAS f
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from segql.diagnostics import Diagnostic, diagnostic
from segql.workspace import Overview, Placed, in_include_order

_LONGEST = 5  # INCLUDEs one after the other
_SHOWN = 8  # slugs of the way


class _Chain(NamedTuple):
    """The longest chain from a segment: so many INCLUDEs, the first of them of ``next``."""

    length: int
    next: str | None


def check(overview: Overview) -> Iterator[tuple[int, Diagnostic]]:
    """Report each segment where a chain begins that is too long."""
    graph = overview.graph
    firsts = {slug: segments[0] for slug, segments in overview.by_slug.items()}
    chains = _chains(graph, [segment.slug or "" for segment in in_include_order(firsts.values())])
    passed = {target for slug in chains for target in graph[slug]}
    for slug, chain in chains.items():
        if chain.length > _LONGEST and slug not in passed:
            yield firsts[slug].file, _problem(firsts[slug], chain, chains)


def _chains(graph: Mapping[str, list[str]], order: list[str]) -> dict[str, _Chain]:
    """The longest chain from each segment; none from those that lead into a circle.

    In the order, those that a segment includes stand before it, but for one in each circle.
    """
    chains: dict[str, _Chain] = {}
    for slug in order:
        targets = graph[slug]
        if all(target in chains for target in targets):
            deepest = max(targets, key=lambda target: chains[target].length, default=None)
            length = chains[deepest].length + 1 if deepest is not None else 0
            chains[slug] = _Chain(length, deepest)
    return chains


def _problem(segment: Placed, chain: _Chain, chains: Mapping[str, _Chain]) -> Diagnostic:
    name = next(name for name in segment.includes if name.value.lower() == chain.next)
    message = f"a chain of {chain.length} INCLUDEs: {_way(segment.slug or '', chains)}"
    help = f"take steps together: after {_LONGEST} nobody can tell who belongs to the first"
    return diagnostic("deep-include", name.start, name.end, message, help)


def _way(slug: str, chains: Mapping[str, _Chain]) -> str:
    """The chain from a segment; of a long one the beginning."""
    names = [slug]
    while (following := chains[names[-1]].next) is not None:
        if len(names) == _SHOWN:
            names.append("...")
            break
        names.append(following)
    return " -> ".join(names)
