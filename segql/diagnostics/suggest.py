"""Near names, for "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 64  # characters; comparing takes the square of it, and the vendor's names end there


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """The known name that is nearest to a misspelt one, or None where none is near."""
    from difflib import get_close_matches  # only on the way to a message

    if len(name) > _LONGEST:
        return None
    by_lower = {candidate.lower(): candidate for candidate in known}
    near = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.7)
    return by_lower[near[0]] if near else None
