"""Faults on request: what a client of a real server has to survive."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from fnmatch import fnmatchcase
from random import Random
from typing import NamedTuple

from segql.emulator.errors import EmulatorError

DROP = 0  # in place of a status: the connection breaks
_FORM = re.compile(
    r"""(?: (?P<method> [A-Za-z]+ | \* ) \s+ )?
        (?P<path> [^\s:]+ )
        : (?P<what> [45][0-9][0-9] | drop ) (?P<after> -after )?
        (?: : (?P<probability> [0-9]*\.?[0-9]+ ) )?""",
    re.VERBOSE,
)
_LATENCY = re.compile(r"(?P<time>[0-9]+(?:\.[0-9]+)?)(?::(?P<jitter>[0-9]+(?:\.[0-9]+)?))?")
_HELP = "Write METHOD PATH:STATUS[:PROBABILITY], as in 'POST /api/segment:503:0.2'; STATUS can be"
_LATENCY_HELP = "Write milliseconds, as in 200, or 200:50 for 150 to 250."


class Fault(NamedTuple):
    """What goes wrong with some requests.

    `path` may have `*`; `status` is that of the answer, or `DROP`; with `is_after` the operation is
    done before the answer is lost.
    """

    method: str
    path: str
    status: int
    is_after: bool
    probability: float


class Latency(NamedTuple):
    """Seconds that every answer takes longer, and by how much at most that differs."""

    time: float = 0.0
    jitter: float = 0.0


def parse_fault(text: str) -> Fault:
    """Read a fault such as `POST /api/segment/*:503-after:0.2`.

    Raises:
        EmulatorError: it is none.
    """
    found = _FORM.fullmatch(text.strip())
    probability = float(found["probability"] or 1) if found else 0.0
    if found is None or probability > 1:
        help = f"{_HELP} `drop`, and `-after` behind it lets the request do its work first."
        raise EmulatorError(f"`{text}` is no fault", help)
    status = DROP if found["what"] == "drop" else int(found["what"])
    method = (found["method"] or "*").upper()
    return Fault(method, found["path"], status, bool(found["after"]), probability)


def parse_latency(text: str) -> Latency:
    """Read a latency in milliseconds, such as `200` or `200:50`.

    Raises:
        EmulatorError: it is none.
    """
    found = _LATENCY.fullmatch(text.strip())
    if found is None:
        raise EmulatorError(f"`{text}` is no latency", _LATENCY_HELP)
    return Latency(float(found["time"]) / 1000, float(found["jitter"] or 0) / 1000)


class Faults:
    """What decides which requests go wrong, and how long each takes.

    Args:
        faults: of those that concern a request, the first that hits is taken.
        latency: how long answers take.
        seed: the same one, and the same requests, give the same faults.
    """

    def __init__(
        self, faults: Iterable[Fault] = (), latency: Latency | None = None, seed: int = 0
    ) -> None:
        self._faults = tuple(faults)
        self._latency = latency or Latency()
        self._random = Random(seed)  # noqa: S311  (nobody gains by guessing it)
        self._lock = threading.Lock()

    def draw(self, method: str, path: str) -> Fault | None:
        """The fault that a request meets, if any."""
        with self._lock:
            return next((each for each in self._faults if self._hits(each, method, path)), None)

    def delay(self) -> float:
        """The seconds that an answer waits."""
        time, jitter = self._latency
        with self._lock:
            return max(0.0, time + self._random.uniform(-jitter, jitter)) if jitter else time

    def _hits(self, fault: Fault, method: str, path: str) -> bool:
        concerns = fault.method in ("*", method) and fnmatchcase(path, fault.path)
        return concerns and self._random.random() < fault.probability
