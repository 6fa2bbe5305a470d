"""A way to the emulated account on which requests and answers get lost, as planned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from tests.road import Road, Send, road_to

from .conftest import HANG_UP, Asked, Reply, reply

# Where a request is lost: on its way, or its answer on the way back; with or without a word.
Loss = Literal["request", "answer", "503 before", "503 after", "429"]

_LOST: dict[Loss, Reply] = {
    "request": HANG_UP,
    "answer": HANG_UP,
    "503 before": reply(503, {"message": "busy"}),
    "503 after": reply(503, {"message": "busy"}),
    "429": reply(429, {"message": "slow down"}),
}
_ARRIVES: frozenset[Loss] = frozenset({"answer", "503 after"})


@dataclass
class Losing:
    """What is lost: `losses` are of the writes to come, in turn.

    `meanwhile` is done once, when the first write has been lost.
    """

    road: Road
    losses: list[Loss | None] = field(default_factory=list)
    meanwhile: Callable[[], object] | None = None

    @property
    def url(self) -> str:
        """What to ask."""
        return self.road.url

    @property
    def requests(self) -> list[str]:
        """What was asked."""
        return [f"{asked.method} {asked.path}" for asked in self.road.asked]

    def meet(self, number: int, asked: Asked, send: Send) -> Reply:
        """Lose a request, or its answer, or nothing."""
        loss = self.losses.pop(0) if asked.method != "GET" and self.losses else None
        answer = send() if loss in (None, *_ARRIVES) else HANG_UP
        if loss is not None and self.meanwhile:
            self.meanwhile()
            self.meanwhile = None
        return _LOST[loss] if loss else answer


@contextmanager
def losing(account_url: str) -> Iterator[Losing]:
    with road_to(account_url, lambda number, asked, send: send()) as road:
        losses = Losing(road)
        road.meet = losses.meet
        yield losses
