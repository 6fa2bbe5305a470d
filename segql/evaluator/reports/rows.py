"""The phrases of a trace one under the other, as every format tells them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from segql.evaluator.reasons import sentence
from segql.evaluator.trace import Seen, Trace
from segql.evaluator.values import MISSING, text_of
from segql.formatter import UnsayableError
from segql.formatter.flat import flat
from segql.syntax.nodes import Boolean, Node, Null, Number, String

WORDS = {True: "match", False: "no match", None: "cannot be evaluated"}
NOT_REACHED = "not reached"
MARKS = {"match": "✓", "no match": "✗", "cannot be evaluated": "?", NOT_REACHED: "·"}
LEGEND = "✓ match   ✗ no match   ? cannot be evaluated   · not reached"

_HEADS = {"And": "AND", "Or": "OR", "Not": "NOT"}
_LONGEST_VALUE = 60  # characters


class Answer(NamedTuple):
    """What a segment says to a profile, at an instant."""

    segment: str
    now: datetime
    trace: Trace


class Row(NamedTuple):
    """A phrase; those with a greater depth behind it are its parts."""

    depth: int
    phrase: str
    answer: str
    decided: bool
    reason: str
    values: tuple[tuple[str, Any], ...]  # operands that are no literals
    missing: tuple[str, ...]

    @property
    def notes(self) -> str:
        """What was seen, or why it cannot be evaluated."""
        if self.reason:
            return self.reason
        seen = [f"{name} is {_shown(value)}" for name, value in self.values]
        return ", ".join([*seen, *(f"there is no {name}" for name in self.missing)])


def rows(trace: Trace) -> Iterator[Row]:
    """The phrases of a trace, each before its parts."""
    pending = [(trace, 0)]
    while pending:
        part, depth = pending.pop()
        yield _row(part, depth)
        pending += [(inner, depth + 1) for inner in reversed(part.parts)]


def encoded(value: object) -> bytes:
    """A value of a profile as JSON."""
    return msgspec.json.encode(value, enc_hook=str)  # Parquet has values that JSON has not


def _row(part: Trace, depth: int) -> Row:
    values = [(_text(seen.operand), seen.value) for seen in part.values if _is_told(seen)]
    own = sentence(part.phrase, "")
    return Row(
        depth,
        _head(part),
        WORDS[part.matched] if part.reached else NOT_REACHED,
        part.decided,
        part.reason.removeprefix(own) if not part.parts else "",
        tuple((name, value) for name, value in values if value is not MISSING),
        tuple(name for name, value in values if value is MISSING),
    )


def _is_told(seen: Seen) -> bool:
    """Whether the value of an operand is not in the phrase already."""
    return not isinstance(seen.operand, Boolean | Null | Number | String)


def _head(part: Trace) -> str:
    """A phrase; of a list and of NOT only the word, for what is in it follows."""
    kind = type(part.phrase).__name__
    return _HEADS[kind] if part.parts and kind in _HEADS else _text(part.phrase)


def _text(node: Node) -> str:
    try:
        return flat(node)
    except UnsayableError:
        return "(a phrase that no text can say)"


def _shown(value: Any) -> str:
    """A value as people read it, cut where it is long."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}".removesuffix(" 00:00:00")
    text = text_of(value) if isinstance(value, float) else encoded(value).decode()
    text = text or ""
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"
