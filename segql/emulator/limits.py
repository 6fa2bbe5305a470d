"""The limits that the vendor publishes, for who wants to meet them.

They are off unless asked for: tests and demos ask for sizes more often than once in ten seconds.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable

from segql import Statement
from segql.emulator.errors import Refused
from segql.syntax import nodes as n
from segql.syntax.walk import walk

_SEGMENTS = 500  # an account
_CONDITIONS = 1000  # a segment
_NAME = 64  # characters
_IDENTITY = 256  # bytes
_BETWEEN_SIZES = 10.0  # seconds

_CONDITION = (n.Comparison, n.Membership, n.Between, n.Exists, n.Include, n.Call)


class Limits:
    """What is refused although it is right. Every method raises Refused, or does nothing.

    Args:
        is_on: whether the limits hold at all.
        clock: what counts the seconds.
    """

    def __init__(self, is_on: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._is_on = is_on
        self._clock = clock
        self._next_size = -math.inf
        self._lock = threading.Lock()

    def ask_for_size(self) -> None:
        """One size in ten seconds (429, with the seconds to wait in Retry-After)."""
        if not self._is_on:
            return
        with self._lock:
            now = self._clock()
            wait = self._next_size - now
            if wait <= 0:
                self._next_size = now + _BETWEEN_SIZES
                return
        message = f"one size is told in {_BETWEEN_SIZES:.0f} seconds"
        raise Refused(429, message, {"Retry-After": str(math.ceil(wait))})

    def add_segment(self, count: Callable[[], int]) -> None:
        """How many segments an account has (422); `count` tells how many there are already."""
        if self._is_on and count() >= _SEGMENTS:
            raise Refused(422, f"an account has {_SEGMENTS} segments at most")

    def store_segment(self, name: str | None, statement: Statement | None) -> None:
        """How long a name is, and of how many conditions a segment is made (422)."""
        if not self._is_on:
            return
        if name is not None and len(name) > _NAME:
            raise Refused(422, f"a name has {_NAME} characters at most")
        if statement and _conditions(statement) > _CONDITIONS:
            raise Refused(422, f"a segment has {_CONDITIONS} conditions at most")

    def identify(self, field: str, value: object) -> None:
        """How long an identity is (422)."""
        if self._is_on and len(str(value).encode()) > _IDENTITY:
            raise Refused(422, f"`{field}` identifies a profile, and has {_IDENTITY} bytes at most")


def _conditions(statement: Statement) -> int:
    return sum(isinstance(node, _CONDITION) for node in walk(statement.filter, whole=_CONDITION))
