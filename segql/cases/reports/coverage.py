"""What the cases try of each segment: a table for people, rows for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from segql.cases.coverage import Coverage, Covered, percent
from segql.diagnostics.reports.text import visible
from segql.formatter.brief import brief


def render(found: Sequence[Coverage]) -> str:
    """A line a segment, and one for each phrase of it that is not tried wholly."""
    width = max((len(one.segment.slug or "") for one in found), default=0)
    lines = [line for one in found for line in _lines(one, width)]
    phrases = [phrase for one in found for phrase in one.phrases]
    decide = sum(phrase.decides for phrase in phrases)
    counted = f"{decide} of {len(phrases)} phrases decide ({percent(found):.1f} %)"
    return "".join(f"{visible(line)}\n" for line in (*lines, f"coverage: {counted}"))


def _lines(found: Coverage, width: int) -> Iterator[str]:
    slug = found.segment.slug or ""
    decide = sum(phrase.decides for phrase in found.phrases)
    about = f"{decide} of {len(found.phrases)}" if found.cases else "no cases"
    yield f"{slug:{width}}  {about:>10}  {percent([found]):5.1f} %"
    for phrase in found.phrases if found.cases else ():
        if phrase.lack:
            yield f"    {_place(found, phrase)}  {brief(phrase.phrase)}: {phrase.lack}"


def _place(found: Coverage, phrase: Covered) -> str:
    source = found.segment.file.source
    line, column = source.position(phrase.phrase.start)
    return f"{source.path}:{line}:{column}"


def rows(found: Sequence[Coverage]) -> list[dict[str, Any]]:
    """An object a segment."""
    return [
        {
            "segment": one.segment.slug,
            "path": one.segment.file.source.path,
            "cases": one.cases,
            "percent": round(percent([one]), 1),
            "phrases": [_row(one, phrase) for phrase in one.phrases],
        }
        for one in found
    ]


def _row(found: Coverage, phrase: Covered) -> dict[str, Any]:
    line, column = found.segment.file.source.position(phrase.phrase.start)
    return {
        "line": line,
        "column": column,
        "phrase": brief(phrase.phrase),
        "seen_true": phrase.seen_true,
        "seen_false": phrase.seen_false,
        "decides": phrase.decides,
    }
