"""Two segments that people cannot tell apart.

In the lists of the account a segment is shown by its name. With two of the same name a campaign
goes to the wrong one sooner or later. Upper and lower case make no difference, nor does the number
of spaces. Reported is every segment after the first, in the order of paths.

Names that only the account has, and aliases that are shown where no name is stated, are not looked
at. Nor are segments of the same alias, for duplicate-alias tells of those. Ignore the rule for a
content collection that is called like a segment of users: their lists are apart.

Bad::

    FILTER visitct > 5 WITH name = "Regulars" ALIAS regulars
    FILTER visitct > 50 WITH name = "Regulars" ALIAS heavy_users

    FILTER orders > 10 WITH name = "VIP customers" ALIAS vip
    FILTER orders > 20 WITH name = "VIP Customers" ALIAS vip_20

Good::

    FILTER visitct > 5 WITH name = "Regulars" ALIAS regulars
    FILTER visitct > 50 WITH name = "Heavy users" ALIAS heavy_users

    FILTER visitct > 5 ALIAS regulars
    FILTER visitct > 50 ALIAS heavy_users
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from segql.diagnostics import Diagnostic, diagnostic
from segql.workspace import Overview, Placed


def check(overview: Overview) -> Iterator[tuple[int, Diagnostic]]:
    """Report every segment after the first of its name, in the order of paths."""
    first_of: dict[str, Placed] = {}
    named = [segment for segment in overview.segments if segment.outline.name]
    for segment in sorted(named, key=attrgetter("place")):
        name = " ".join((segment.outline.name or "").split()).casefold()
        first = first_of.setdefault(name, segment)
        is_same = segment.slug is not None and segment.slug == first.slug
        if name and first is not segment and not is_same:
            yield segment.file, _problem(first, segment)


def _problem(first: Placed, segment: Placed) -> Diagnostic:
    from segql.linter.metadata import shown  # few names are there twice

    message = f"the segment {first.where} is called {shown(segment.outline.name or '')} too"
    help = "give one of the two another name; upper and lower case make no difference"
    return diagnostic("duplicate-name", segment.outline.start, segment.outline.end, message, help)
