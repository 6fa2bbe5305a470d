"""Which answers say no to a segment, and which only to the moment."""

from __future__ import annotations

from segql.api import ApiError, Rejected

# The request was not looked at: it came too slowly, or was one too many.
_NOT_JUDGED = (408, 429)


def is_refusal(error: ApiError) -> bool:
    """Whether the API judged a segment and refuses it, so that trying again changes nothing."""
    return isinstance(error, Rejected) and error.status not in _NOT_JUDGED
