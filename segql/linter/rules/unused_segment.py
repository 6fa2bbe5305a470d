"""A building block that nothing is built of any more.

Some segments are there to be included by others. When the last of these is gone, the block stays
behind: it is sent, counted against the number of segments that an account may have, and kept right
by people who believe that something depends on it. Remove it, or keep it and silence the rule above
it when campaigns use it directly.

Only the files can be seen from here, not what the account uses a segment for, and so the rule is
off by default and careful. It speaks only where segments include each other at all. A segment that
itself includes others is not reported, for it is most likely the audience at the end; one without
an alias is not, for nobody could include it.

Bad::

    FILTER EXISTS email ALIAS reachable
    FILTER visitct > 5 ALIAS regulars
    FILTER AND (INCLUDE reachable, orders > 3) ALIAS buyers

    FILTER is_member ALIAS members
    FILTER country = "US" ALIAS us
    FILTER NOT in_segment("members") ALIAS guests

Good::

    FILTER EXISTS email ALIAS reachable
    FILTER AND (INCLUDE reachable, orders > 3) ALIAS buyers

    FILTER visitct > 5 ALIAS regulars
    FILTER orders > 3 ALIAS buyers
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.workspace import Overview, Placed


def check(overview: Overview) -> Iterator[tuple[int, Diagnostic]]:
    """Report each segment that neither includes others nor is included by one."""
    used = {slug for segment in overview.segments for slug in _others(segment)}
    if used.isdisjoint(overview.by_slug):
        return
    for slug, segments in overview.by_slug.items():
        for segment in segments:
            if slug not in used and not _others(segment):
                yield segment.file, _problem(slug, segment)


def _others(segment: Placed) -> set[str]:
    """The segments that one includes, itself left out."""
    return {name.value.lower() for name in segment.includes} - {segment.slug or ""}


def _problem(slug: str, segment: Placed) -> Diagnostic:
    message = f"no other segment of this workspace includes `{slug}`"
    help = "remove it, or say in a comment who uses it and silence the rule there"
    outline = segment.outline
    return diagnostic("unused-segment", outline.start, outline.end, message, help)
