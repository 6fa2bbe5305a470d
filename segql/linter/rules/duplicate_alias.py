"""Two segments with one alias overwrite each other in the account.

The alias is the slug by which the account, and every INCLUDE, knows a segment. The server turns it
to lower case, so two that differ only in case are the same. Reported is every segment after the
first, in the order of paths. WITH `slug_name` is as good as an alias.

Bad::

    FILTER visitct > 5 ALIAS regulars
    FILTER orders > 5 ALIAS regulars

    FILTER visitct > 5 ALIAS regulars
    FILTER orders > 5 ALIAS Regulars

Good::

    FILTER visitct > 5 ALIAS regulars
    FILTER orders > 5 ALIAS buyers

    FILTER visitct > 5 ALIAS regulars; FILTER INCLUDE regulars ALIAS everyone_regular
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from segql.diagnostics import Diagnostic, diagnostic
from segql.workspace import Overview, Placed


def check(overview: Overview) -> Iterator[tuple[int, Diagnostic]]:
    """Report every segment after the first of its slug, in the order of paths."""
    shared = {slug: found for slug, found in overview.by_slug.items() if len(found) > 1}
    for slug, segments in shared.items():
        first, *others = sorted(segments, key=attrgetter("place"))
        for segment in others:
            yield segment.file, _problem(slug, first, segment)


def _problem(slug: str, first: Placed, segment: Placed) -> Diagnostic:
    return diagnostic(
        "duplicate-alias",
        segment.outline.start,
        segment.outline.end,
        f"`{slug}` is already the alias of the segment {first.where}",
        "give one of the two another alias; upper and lower case make no difference",
    )
