"""Which phrases of a segment its cases try: each true, each false, and each deciding (MC/DC).

A phrase decides where two runs have different answers of the segment, and of all phrases that were
reached in both only this one answered otherwise: modified condition/decision coverage, where what
AND and OR did not look at may be anything. An INCLUDE is one phrase: the other segment has cases
of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from segql.evaluator import Trace
from segql.syntax import nodes as n
from segql.syntax.walk import children
from segql.workspace import Segment

# Of each phrase: True, False, None (it cannot be evaluated), or nothing: it was not reached.
Answer: TypeAlias = bool | str | None
NOT_REACHED = "not reached"


class Run(NamedTuple):
    """The answers of one profile."""

    answers: tuple[Answer, ...]
    is_member: bool


class Covered(NamedTuple):
    """What the cases of a segment try of a phrase."""

    phrase: n.Node
    seen_true: bool
    seen_false: bool
    decides: bool

    @property
    def lack(self) -> str:
        """What the cases do not try; "" where nothing is left: what decides was seen both ways."""
        if self.seen_true and self.seen_false:
            return "" if self.decides else "never decides alone"
        seen = {"true": self.seen_true, "false": self.seen_false}
        return f"never {' or '.join(word for word, is_seen in seen.items() if not is_seen)}"


def conditions(phrase: n.Node) -> list[n.Node]:
    """The phrases without AND, OR and NOT, in the order of the text; not ``*``, which is true."""
    if _is_constant(phrase):
        return []
    if isinstance(phrase, n.And | n.Or | n.Not):
        return [leaf for part in children(phrase) for leaf in conditions(part)]
    return [phrase]


def _is_constant(phrase: n.Node) -> bool:
    return isinstance(phrase, n.MatchAll) or phrase == _MATCH_ALL


_MATCH_ALL = n.Identifier("match_all")


def run_of(phrase: n.Node, trace: Trace) -> Run:
    """The answers of the phrases of a filter, of which the trace tells."""
    return Run(tuple(_answers(phrase, trace)), trace.matched is True)


def _answers(phrase: n.Node, trace: Trace | None) -> Iterator[Answer]:
    is_reached = trace is not None and trace.reached
    if isinstance(phrase, n.And | n.Or | n.Not):
        parts: Sequence[Trace | None] = trace.parts if trace else ()
        below = children(phrase)
        if len(parts) != len(below):
            parts = [None] * len(below)
        for inner, part in zip(below, parts, strict=True):
            yield from _answers(inner, part if is_reached else None)
    elif not _is_constant(phrase):
        yield trace.matched if trace is not None and is_reached else NOT_REACHED


def covered(phrase: n.Node, runs: Sequence[Run]) -> list[Covered]:
    """What the runs of a filter try of each of its phrases."""
    runs = [*dict.fromkeys(runs)]
    return [_covered(leaf, place, runs) for place, leaf in enumerate(conditions(phrase))]


def _covered(phrase: n.Node, place: int, runs: Sequence[Run]) -> Covered:
    true = [run for run in runs if run.answers[place] is True]
    false = [run for run in runs if run.answers[place] is False]
    decides = any(is_pair(one, other, place) for one in true for other in false)
    return Covered(phrase, bool(true), bool(false), decides)


def is_pair(one: Run, other: Run, place: int) -> bool:
    """Whether two runs show that the phrase at a place decides."""
    if one.is_member == other.is_member or one.answers[place] == other.answers[place]:
        return False
    return all(
        first == second or NOT_REACHED in (first, second) or number == place
        for number, (first, second) in enumerate(zip(one.answers, other.answers, strict=True))
    )


class Coverage(NamedTuple):
    """What the cases of a segment try of it."""

    segment: Segment
    cases: int
    phrases: list[Covered]


def coverage(segment: Segment, traces: Sequence[Trace]) -> Coverage:
    """Of a segment, from how the answers of its cases came about."""
    phrase = segment.statement.filter
    runs = [run_of(phrase, trace) for trace in traces]
    return Coverage(segment, len(traces), covered(phrase, runs))


def percent(found: Sequence[Coverage]) -> float:
    """How many phrases of a hundred decide; 100 where there is none."""
    phrases = [phrase for segment in found for phrase in segment.phrases]
    return 100 * sum(phrase.decides for phrase in phrases) / len(phrases) if phrases else 100.0
