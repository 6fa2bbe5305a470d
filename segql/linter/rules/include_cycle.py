"""REF002 include-cycle: segments in a circle can never be evaluated."""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.workspace import Segment, Workspace, cycles, include_graph


def check(workspace: Workspace) -> Iterator[tuple[Segment, Diagnostic]]:
    """Report each circle once for every segment in it, at the INCLUDE that goes on."""
    for circle in cycles(include_graph(workspace)):
        for slug, following in zip(circle, [*circle[1:], circle[0]], strict=True):
            segment = workspace.by_slug[slug][0]
            yield segment, _problem(circle, slug, segment, following)


def _problem(circle: list[str], slug: str, segment: Segment, following: str) -> Diagnostic:
    name = next(name for name in segment.includes if name.value.lower() == following)
    begin = circle.index(slug)
    way = " -> ".join([*circle[begin:], *circle[:begin], slug])
    message = "this segment includes itself" if len(circle) == 1 else f"a circle: {way}"
    help = "remove one INCLUDE of the circle; a segment in it can never be evaluated"
    return diagnostic("include-cycle", name.start, name.end, message, help)
