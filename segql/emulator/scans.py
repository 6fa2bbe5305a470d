"""The scans that may be gone on with: who is in each, in which order, and until when."""

from __future__ import annotations

import re
import secrets
import threading
import time
from array import array
from collections.abc import Callable

import msgspec

from segql.emulator.errors import Refused

_MOST = 200  # scans; the one that was asked for longest ago goes first

_OFFSET = re.compile(r"[0-9a-f]{1,12}")
GONE = "the scan token is unknown or has expired; begin the scan again"


class Scan(msgspec.Struct, kw_only=True, eq=False):
    """A question and its answer, as it was when the question was asked.

    `versions` are those of the profiles, in the order in which they are told.
    """

    id: str
    question: str
    table: str
    generation: int
    versions: array[int]
    used: float  # seconds of the clock

    def token(self, start: int) -> str:
        """What to ask for the rest with; "" where there is none."""
        return f"{self.id}{start:x}" if start < len(self.versions) else ""


class Scans:
    """The open scans.

    Args:
        lifetime: seconds after its last page for which a scan can be gone on with.
        clock: what counts the seconds.
    """

    def __init__(self, lifetime: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._lifetime = lifetime
        self._clock = clock
        self._open: dict[str, Scan] = {}  # the one used last comes last
        self._lock = threading.Lock()

    def begin(self, question: str, table: str, generation: int, versions: array[int]) -> Scan:
        """Keep a scan, so that it can be gone on with."""
        scan = Scan(
            id=secrets.token_hex(16),
            question=question,
            table=table,
            generation=generation,
            versions=versions,
            used=self._clock(),
        )
        with self._lock:
            self._drop_expired()
            while len(self._open) >= _MOST:
                del self._open[next(iter(self._open))]
            self._open[scan.id] = scan
        return scan

    def resume(self, token: str) -> tuple[Scan, int]:
        """The scan that a token is of, and where in it; the same token gives the same again.

        Raises:
            Refused: it has expired, or was never given (400).
        """
        with self._lock:
            self._drop_expired()
            scan = self._open.pop(token[:32], None)
            if scan is None:
                raise Refused(400, GONE)
            self._open[scan.id] = scan
            scan.used = self._clock()
        start = int(token[32:], 16) if _OFFSET.fullmatch(token[32:]) else 0
        if not 0 < start < len(scan.versions):
            raise Refused(400, GONE)
        return scan, start

    def generations(self) -> list[int]:
        """Those that an open scan needs."""
        with self._lock:
            self._drop_expired()
            return [scan.generation for scan in self._open.values()]

    def _drop_expired(self) -> None:
        over = self._clock() - self._lifetime
        for id in [scan.id for scan in self._open.values() if scan.used < over]:
            del self._open[id]
