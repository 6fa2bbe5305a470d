"""Who includes whom: circles, and the order in which segments can be created."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from segql.workspace.workspace import Segment, Workspace

Graph = Mapping[str, Sequence[str]]


def include_graph(workspace: Workspace) -> dict[str, list[str]]:
    """Each slug with the slugs of the workspace that it includes."""
    return {
        slug: _targets(segments[0], workspace.by_slug)
        for slug, segments in workspace.by_slug.items()
    }


def cycles(graph: Graph) -> list[list[str]]:
    """The circles, each once, as the slugs along it (the first is not repeated)."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in graph:
        path: dict[str, None] = {}
        for slug, is_entered in _visit(graph, start, done):
            if not is_entered:
                path.pop(slug)
                continue
            path[slug] = None
            found.extend(_closed(list(path), target) for target in graph[slug] if target in path)
    return found


def in_include_order(segments: Iterable[Segment]) -> list[Segment]:
    """Sort so that a segment stands after those it includes; otherwise the order is kept.

    Segments without a slug and those in a circle keep their place as well as they can.
    """
    segments = list(segments)
    by_slug = {segment.slug: segment for segment in segments if segment.slug}
    graph = {slug: _targets(segment, by_slug) for slug, segment in by_slug.items()}
    done: set[str] = set()
    ordered = [s for start in graph for s, entered in _visit(graph, start, done) if not entered]
    return [by_slug[slug] for slug in ordered] + [s for s in segments if not s.slug]


def _targets(segment: Segment, known: Container[str]) -> list[str]:
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


def _closed(path: list[str], target: str) -> list[str]:
    return path[path.index(target) :]
