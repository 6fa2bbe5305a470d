"""Which answers are the segment's own fault."""

from __future__ import annotations

import pytest

from segql.api import (
    ApiError,
    ConnectionFailed,
    MalformedResponse,
    NotFound,
    Rejected,
    ServerError,
    Unauthorized,
)
from segql.deploy import is_refusal


@pytest.mark.parametrize("status", [400, 409, 413, 422])
def test_a_segment_is_refused(status: int) -> None:
    assert is_refusal(Rejected("no", status=status))


@pytest.mark.parametrize(
    "error",
    [
        Rejected("one too many", status=429),
        Rejected("too slow", status=408),
        Unauthorized("who?", status=401),
        NotFound("gone", status=404),
        ServerError("broken", status=500),
        MalformedResponse("what?", status=200),
        ConnectionFailed("nobody there"),
    ],
    ids=lambda error: str(error),
)
def test_the_segment_was_not_judged(error: ApiError) -> None:
    assert not is_refusal(error)
