"""How often the vendor lets us ask, kept to on our side."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

SIZE_INTERVAL = 10.0  # seconds; vendor: "very rate throttled, 1/10 seconds"


class RateLimiter:
    """Lets one caller through each `interval` seconds, in the order they come.

    Safe to share between threads.
    """

    def __init__(self, interval: float, sleep: Callable[[float], object] = time.sleep) -> None:
        self._interval = interval
        self._sleep = sleep
        self._lock = threading.Lock()
        self._next = 0.0  # when the next caller may go, by the monotonic clock

    def wait(self) -> None:
        """Return when it is the caller's turn."""
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next)
            self._next = turn + self._interval
        if turn > now:
            self._sleep(turn - now)
