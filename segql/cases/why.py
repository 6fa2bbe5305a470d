"""How an answer came about, in lines: the phrases that decided, and what they saw."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from segql.evaluator import MISSING, Trace
from segql.formatter.brief import brief, cut
from segql.syntax import nodes as n

_MARKS = {True: "match", False: "no match", None: "unknown"}
_MOST_LINES = 30
_LITERALS = (n.String, n.Number, n.Boolean, n.Null)


def lines_of(trace: Trace) -> list[str]:
    """The tree of the phrases that decided, a line each."""
    lines = [*_lines(trace, 0)]
    rest = len(lines) - _MOST_LINES
    return lines if rest <= 0 else [*lines[:_MOST_LINES], f"... and {rest} more"]


def _lines(trace: Trace, depth: int) -> Iterator[str]:
    if not trace.decided or not trace.reached:
        return
    leaf = trace.parts[0] if isinstance(trace.phrase, n.Not) and trace.parts else trace
    is_leaf = not leaf.parts
    yield _line(trace, leaf.values if is_leaf else (), depth, is_leaf)
    for part in () if is_leaf else trace.parts:
        yield from _lines(part, depth + 1)


def _line(trace: Trace, values: tuple[Any, ...], depth: int, is_leaf: bool) -> str:
    seen = [
        f"{brief(operand)} is {shown(value)}"
        for operand, value in values
        if not isinstance(operand, _LITERALS)
    ]
    # A reason names the phrase and the value already.
    about = [trace.reason] if trace.reason and is_leaf else seen
    text = brief(trace.phrase) if is_leaf else _head(trace.phrase)
    return "".join((f"{_MARKS[trace.matched]:10}", "  " * depth, "    ".join([text, *about])))


def _head(phrase: n.Node) -> str:
    name = type(phrase).__name__.upper()
    return name if isinstance(phrase, n.And | n.Or | n.Not) else brief(phrase)


def shown(value: Any) -> str:
    """A value for people."""
    import json  # only on the way to a message

    if value is MISSING:
        return "missing"
    text = value.isoformat() if isinstance(value, datetime) else None
    return cut(text or json.dumps(value, ensure_ascii=False, default=str))
