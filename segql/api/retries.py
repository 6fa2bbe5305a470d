"""How often, how long and how patiently a request is repeated."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import msgspec

from segql.api.errors import ApiError


class Retry(msgspec.Struct, frozen=True, kw_only=True):
    """What is done about a failure that may pass: no connection, 429, 5xx.

    Pauses double from `first` to `longest` seconds, each shortened at random by up to a half, so
    that many clients do not come back all at once. Where the server says how long to wait, that
    is how long.

    Attributes:
        retries: how often a request is repeated at most; 0 repeats nothing.
        first: seconds before the first repeat.
        longest: the most seconds between two tries, unless the server asks for more.
        deadline: seconds after which nothing is repeated any more, and which one answer may take.
        sleep: waits for so many seconds.
    """

    retries: int = 3
    first: float = 0.5
    longest: float = 30.0
    deadline: float = 120.0
    sleep: Callable[[float], object] = time.sleep

    def pause(self, repeats: int) -> float:
        """Seconds to wait after so many repeats."""
        doubled = self.first * 2.0 ** min(repeats, 60)
        return min(doubled, self.longest) * random.uniform(0.5, 1)  # noqa: S311  (no secret)


class Tries:
    """The tries of one request, and of the questions that belong to it."""

    def __init__(self, retry: Retry, ends: float | None = None) -> None:
        self._retry = retry
        self._repeats = 0
        self._ends = time.monotonic() + retry.deadline if ends is None else ends

    def fresh(self) -> Tries:
        """As many tries again, for a question in between; the deadline stays."""
        return Tries(self._retry, self._ends)

    def again(self, error: ApiError) -> bool:
        """Wait for the next try; False, and at once, if there is to be none."""
        if not error.is_transient or self._repeats >= self._retry.retries:
            return False
        pause = max(self._retry.pause(self._repeats), error.retry_after or 0.0)
        if time.monotonic() + pause > self._ends:
            return False
        self._repeats += 1
        self._retry.sleep(pause)
        return True
