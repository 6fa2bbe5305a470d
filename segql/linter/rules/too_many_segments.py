"""An account may have 500 segments.

The vendor publishes this limit. When a workspace with more of them is pushed, some may not be
stored, and then what includes these fails as well. Reported is the first segment that is too many,
once, in the order of paths.

Only what is in the files is counted, each alias once. The segments that the account has besides
count there as well, and so the limit may be reached earlier. Ignore the rule where the limit of
your account is another one.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from segql.diagnostics import Diagnostic, diagnostic
from segql.workspace import Overview

_PLACE = attrgetter("place")
_MOST = 500  # vendor: audiences of an account


def check(overview: Overview) -> Iterator[tuple[int, Diagnostic]]:
    """Report the first segment beyond the limit."""
    firsts = (min(segments, key=_PLACE) for segments in overview.by_slug.values())
    for segment in sorted(firsts, key=_PLACE)[_MOST : _MOST + 1]:
        count = len(overview.by_slug)
        message = f"this workspace has {count:,} segments, and an account may have {_MOST:,}"
        help = "remove what nobody uses, or ask the vendor for a higher limit"
        start, end = segment.outline.start, segment.outline.end
        yield segment.file, diagnostic("too-many-segments", start, end, message, help)
