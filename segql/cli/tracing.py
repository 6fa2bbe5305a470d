"""The trace of an answer as text, JSON or a page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

if TYPE_CHECKING:
    from segql.evaluator import Seen, Trace
    from segql.syntax.nodes import Node

_WORDS = {True: "match", False: "no match", None: "cannot be evaluated"}
_NOT_REACHED = "not reached"
_MARKS = {"match": "✓", "no match": "✗", "cannot be evaluated": "?", _NOT_REACHED: "·"}
_COLOURS = {"match": "32", "no match": "31", "cannot be evaluated": "33", _NOT_REACHED: "2"}
_HEADS = {"And": "AND", "Or": "OR", "Not": "NOT"}
_LONGEST_VALUE = 60  # characters
_WIDEST = 60  # characters of a phrase that others are aligned with
_LEGEND = "→ decided   ✓ match   ✗ no match   ? cannot be evaluated   · not reached"


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


def as_text(answer: Answer, colour: bool) -> Iterator[str]:
    """Lines for people."""
    from segql.diagnostics.reports.text import visible

    def paint(text: str, answer: str) -> str:
        return f"\x1b[{_COLOURS[answer]}m{text}\x1b[0m" if colour else text

    found = [(row, visible("  " * row.depth + row.phrase)) for row in rows(answer.trace)]
    width = min(_WIDEST, max(len(text) for _, text in found))
    word = _WORDS[answer.trace.matched]
    yield f"{visible(answer.segment)}: {paint(word, word)}"
    yield ""
    for row, text in found:
        indent = len(text) - len(text.lstrip())
        mark = paint(_MARKS[row.answer], row.answer)
        label = text[:indent] + mark + " " + text[indent:].ljust(width - indent)
        yield f"{'→' if row.decided else ' '} {label}  {visible(row.notes)}".rstrip()
    yield ""
    yield _LEGEND


def as_json(answer: Answer, colour: bool) -> Iterator[str]:
    """One object, with a list of phrases: each has a depth, and stands before its parts."""
    phrases = [
        {
            "depth": row.depth,
            "phrase": row.phrase,
            "answer": row.answer,
            "decided": row.decided,
            "reason": row.reason,
            "values": dict(row.values),
            "missing": row.missing,
        }
        for row in rows(answer.trace)
    ]
    said = {
        "segment": answer.segment,
        "matched": answer.trace.matched,
        "reason": answer.trace.reason,
        "now": answer.now,
        "phrases": phrases,
    }
    yield msgspec.json.format(_encoded(said), indent=2).decode()


def as_html(answer: Answer, colour: bool) -> Iterator[str]:
    """A page that needs nothing else: no script, no other file."""
    from html import escape

    word = _WORDS[answer.trace.matched]
    title = f"{escape(answer.segment)}: {word}"
    yield _PAGE_BEGINS.format(title=title, now=f"{answer.now:%Y-%m-%d %H:%M:%S} UTC", style=_STYLE)
    for row in rows(answer.trace):
        kind = row.answer.replace(" ", "-") + (" decided" if row.decided else "")
        yield (
            f'<li class="{kind}" style="--depth: {row.depth}"><b title="{row.answer}">'
            f"{_MARKS[row.answer]}</b> <code>{escape(row.phrase)}</code> "
            f"<span>{escape(row.notes)}</span></li>"
        )
    yield f"</ol>\n<p>The phrases on a coloured ground decided.</p>\n<p>{_LEGEND[12:]}</p>\n</html>"


_STYLE = """\
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem }
ol { list-style: none; padding: 0 }
li { padding-left: calc(0.5rem + var(--depth) * 1.5rem) }
li span { opacity: 0.75 }
.match b { color: #2a8a3e } .no-match b { color: #c62828 } .cannot-be-evaluated b { color: #b26a00 }
.not-reached { opacity: 0.5 }
.decided { background: color-mix(in srgb, Highlight 18%, transparent) }"""
_PAGE_BEGINS = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}
</style>
<h1>{title}</h1>
<p>At {now}.</p>
<ol>"""


# ---- Rows -------------------------------------------------------------------------------


def _row(part: Trace, depth: int) -> Row:
    from segql.evaluator import MISSING
    from segql.evaluator.reasons import sentence

    values = [(_text(seen.operand), seen.value) for seen in part.values if _is_told(seen)]
    own = sentence(part.phrase, "")
    return Row(
        depth,
        _head(part),
        _WORDS[part.matched] if part.reached else _NOT_REACHED,
        part.decided,
        part.reason.removeprefix(own) if not part.parts else "",
        tuple((name, value) for name, value in values if value is not MISSING),
        tuple(name for name, value in values if value is MISSING),
    )


def _is_told(seen: Seen) -> bool:
    """Whether the value of an operand is not in the phrase already."""
    from segql.syntax.nodes import Boolean, Null, Number, String

    return not isinstance(seen.operand, Boolean | Null | Number | String)


def _head(part: Trace) -> str:
    """A phrase; of a list and of NOT only the word, for what is in it follows."""
    kind = type(part.phrase).__name__
    return _HEADS[kind] if part.parts and kind in _HEADS else _text(part.phrase)


def _text(node: Node) -> str:
    from segql.formatter import UnsayableError
    from segql.formatter.flat import flat

    try:
        return flat(node)
    except UnsayableError:
        return "(a phrase that no text can say)"


def _encoded(value: object) -> bytes:
    return msgspec.json.encode(value, enc_hook=str)  # Parquet has values that JSON has not


def _shown(value: Any) -> str:
    """A value as people read it, cut where it is long."""
    from segql.evaluator.values import text_of

    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}".removesuffix(" 00:00:00")
    text = text_of(value) if isinstance(value, float) else _encoded(value).decode()
    text = text or ""
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"
