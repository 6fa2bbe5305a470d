"""Segments in a circle can never be evaluated.

Each waits for the other, or for itself. None of them has members, with NOT or without it, and none
can be created first. Each is reported at the INCLUDE that goes on along the circle, with the way
back to it: remove one of them, or move what two segments share into a third.

Bad::

    FILTER AND (INCLUDE members, visitct > 5) ALIAS regulars
    FILTER OR (INCLUDE regulars, is_member) ALIAS members

    FILTER OR (INCLUDE vip, orders > 10) ALIAS vip

Good::

    FILTER is_member ALIAS members
    FILTER AND (INCLUDE members, visitct > 5) ALIAS regulars

    FILTER orders > 10 ALIAS vip
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.workspace import Overview, Placed, cycles

_LONGEST_WAY = 8  # slugs


def check(overview: Overview) -> Iterator[tuple[int, Diagnostic]]:
    """Report each circle once for every segment in it, at the INCLUDE that goes on."""
    for circle in cycles(overview.graph):
        for index, slug in enumerate(circle):
            segment = overview.by_slug[slug][0]
            yield segment.file, _problem(circle, index, segment)


def _problem(circle: list[str], index: int, segment: Placed) -> Diagnostic:
    following = circle[(index + 1) % len(circle)]
    name = next(name for name in segment.includes if name.value.lower() == following)
    message = (
        f"a circle: {_way(circle, index)}" if len(circle) > 1 else "this segment includes itself"
    )
    help = "remove one INCLUDE of the circle; a segment in it can never be evaluated"
    return diagnostic("include-cycle", name.start, name.end, message, help)


def _way(circle: list[str], index: int) -> str:
    """The circle as seen from one segment in it; of a long one only the beginning and the end."""
    size = len(circle)
    steps = range(index, index + size + 1)
    if size > _LONGEST_WAY:
        steps = (*steps[: _LONGEST_WAY - 1], *steps[-2:])
    names = [circle[step % size] for step in steps]
    if size > _LONGEST_WAY:
        names.insert(-2, "...")
    return " -> ".join(names)
