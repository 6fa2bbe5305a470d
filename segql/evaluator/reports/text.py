"""An answer for people: lines, with the parts of a phrase below it."""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics.reports.text import visible
from segql.evaluator.reports.rows import LEGEND, MARKS, NOT_REACHED, WORDS, Answer, rows

_COLOURS = {"match": "32", "no match": "31", "cannot be evaluated": "33", NOT_REACHED: "2"}
_WIDEST = 60  # characters of a phrase that others are aligned with


def as_text(answer: Answer, colour: bool = False) -> Iterator[str]:
    """The lines."""

    def paint(text: str, answer: str) -> str:
        return f"\x1b[{_COLOURS[answer]}m{text}\x1b[0m" if colour else text

    found = [(row, visible("  " * row.depth + row.phrase)) for row in rows(answer.trace)]
    width = min(_WIDEST, max(len(text) for _, text in found))
    word = WORDS[answer.trace.matched]
    yield f"{visible(answer.segment)}: {paint(word, word)}"
    yield ""
    for row, text in found:
        indent = len(text) - len(text.lstrip())
        mark = paint(MARKS[row.answer], row.answer)
        label = text[:indent] + mark + " " + text[indent:].ljust(width - indent)
        yield f"{'→' if row.decided else ' '} {label}  {visible(row.notes)}".rstrip()
    yield ""
    yield f"→ decided   {LEGEND}"
