"""Who includes whom: circles, and the order in which segments can be created."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

Graph = Mapping[str, Sequence[str]]


class _Named(Protocol):
    @property
    def value(self) -> str: ...


class _Including(Protocol):
    """A segment, with its tree or without."""

    @property
    def slug(self) -> str | None: ...
    @property
    def includes(self) -> Sequence[_Named]: ...


S = TypeVar("S", bound=_Including)


def by_slug(segments: Iterable[S]) -> dict[str, list[S]]:
    """The segments of each slug, in their order; those without a slug are left out."""
    found: dict[str, list[S]] = {}
    for segment in segments:
        if segment.slug is not None:
            found.setdefault(segment.slug, []).append(segment)
    return found


def include_graph(by_slug: Mapping[str, Sequence[_Including]]) -> dict[str, list[str]]:
    """Each slug of a workspace with the slugs of it that it includes."""
    return {slug: _targets(segments[0], by_slug) for slug, segments in by_slug.items()}


def cycles(graph: Graph) -> list[list[str]]:
    """A shortest circle through every slug that is in one, as the slugs along it.

    The first is not repeated. A slug that an earlier circle already shows gets none of its own: a
    dense graph has more circles than anybody could read.
    """
    found: list[list[str]] = []
    shown: set[str] = set()
    core = _endless(graph) & _endless(_turned(graph))
    inner = {slug: [t for t in targets if t in core] for slug, targets in graph.items()}
    for slug in graph:
        is_new = slug in core and slug not in shown
        circle = _shortest_circle(inner, slug) if is_new else []
        if circle:
            found.append(circle)
            shown.update(circle)
    return found


def in_include_order(segments: Iterable[S]) -> list[S]:
    """Sort so that a segment stands after those it includes; otherwise the order is kept.

    Segments without a slug and those in a circle keep their place as well as they can.
    """
    segments = list(segments)
    by_slug = {segment.slug: segment for segment in segments if segment.slug}
    graph = {slug: _targets(segment, by_slug) for slug, segment in by_slug.items()}
    done: set[str] = set()
    ordered = [s for start in graph for s, entered in _visit(graph, start, done) if not entered]
    return [by_slug[slug] for slug in ordered] + [s for s in segments if not s.slug]


def _targets(segment: _Including, known: Container[str]) -> list[str]:
    """What a segment includes of those that are known, each once."""
    named = dict.fromkeys(name.value.lower() for name in segment.includes)
    return [slug for slug in named if slug in known]


def _visit(graph: Graph, start: str, done: set[str]) -> Iterator[tuple[str, bool]]:
    """Depth first without recursion: (slug, True) when entered, (slug, False) when left."""
    if start in done:
        return
    done.add(start)
    yield start, True
    pending = [(start, iter(graph[start]))]
    while pending:
        slug, targets = pending[-1]
        target = next((target for target in targets if target not in done), None)
        if target is None:
            pending.pop()
            yield slug, False
        else:
            done.add(target)
            yield target, True
            pending.append((target, iter(graph[target])))


def _turned(graph: Graph) -> Graph:
    """The same graph with every arrow turned around."""
    turned: dict[str, list[str]] = {slug: [] for slug in graph}
    for slug, targets in graph.items():
        for target in targets:
            turned[target].append(slug)
    return turned


def _endless(graph: Graph) -> set[str]:
    """The slugs from which a way goes on for ever: all but those that run out, leaf by leaf."""
    left = {slug: len(targets) for slug, targets in graph.items()}
    sources = _turned(graph)
    leaves = [slug for slug, count in left.items() if not count]
    for leaf in leaves:
        for source in sources[leaf]:
            left[source] -= 1
            if not left[source]:
                leaves.append(source)
    return set(graph).difference(leaves)


def _shortest_circle(graph: Graph, start: str) -> list[str]:
    """Breadth first from a slug back to itself; [] where no way leads back."""
    came_from: dict[str, str] = {}
    queue = [start]
    for slug in queue:
        for target in graph[slug]:
            if target == start:
                return _way_to(slug, start, came_from)
            if target not in came_from:
                came_from[target] = slug
                queue.append(target)
    return []


def _way_to(slug: str, start: str, came_from: Mapping[str, str]) -> list[str]:
    way = [slug]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]
