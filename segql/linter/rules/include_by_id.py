"""An id says nothing to the people who read the segment.

The vendor gives each segment an id of hexadecimal digits, and INCLUDE takes it as it takes an
alias. But whoever reads the file cannot tell which segment is meant, a typing mistake in it goes
unseen, for only the account can know whether an id exists, and in another account the same segment
has another id. Include the segment by its alias.

Not reported is an id that is also the alias of a segment here, or that `external` in `segql.toml`
names. Ignore the rule for segments that the vendor made and that have no alias worth the name.

Bad::

    FILTER AND (INCLUDE 3d4240482815b9848caf2e6f, visitct > 5) ALIAS regulars

    FILTER NOT in_segment("7a7f76ff97ad0e3e96c162f74aee8f8f") ALIAS contactable

Good::

    FILTER AND (INCLUDE active_users, visitct > 5) ALIAS regulars

    FILTER NOT INCLUDE on_hold ALIAS contactable
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.workspace import Mention, Overview
from segql.workspace.outline import is_id


def check(overview: Overview) -> Iterator[tuple[int, Diagnostic]]:
    """Report each INCLUDE of an id that nobody here has as alias."""
    for segment in overview.segments:
        for name in segment.includes:
            slug = name.value.lower()
            is_alias = slug in overview.by_slug or slug in overview.external
            if is_id(slug) and not is_alias:
                yield segment.file, _problem(name)


def _problem(name: Mention) -> Diagnostic:
    message = f"`{name.value}` is an id: nobody can see which segment is meant"
    help = "include the segment by its alias, as in `INCLUDE active_users`"
    return diagnostic("include-by-id", name.start, name.end, message, help)
