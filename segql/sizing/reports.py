"""Sizes for people and for programs: text, JSON, CSV, and a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec

from segql.diagnostics.reports.text import visible
from segql.sizing.asking import Asked, Sized
from segql.sizing.heatmap import heatmap

_MOST_PAIRS = 50  # that are printed for people


def as_text(found: Sequence[Asked]) -> Iterator[str]:
    """Tables for people, one under the other."""
    for number, asked in enumerate(found):
        yield "\n" if number else ""
        if asked.overlaps:
            yield from _overlap_table(asked)
        elif any(segment.steps for segment in asked.segments):
            yield from _funnels(asked)
        else:
            yield from _size_table(asked)
        present = f"; now is {_said(asked.instants[0])}" if len(asked.instants) == 1 else ""
        yield f"\n{_many(asked.total)}{present}\n"


def _many(total: int) -> str:
    return f"{total:,} profile{'' if total == 1 else 's'}"


def _size_table(asked: Asked) -> Iterator[str]:
    is_history = len(asked.instants) > 1
    heads = [_said(instant) for instant in asked.instants] if is_history else ["members", "share"]
    rows = [["segment", *heads, ""]]
    for segment in asked.segments:
        counts = [f"{members:,}" for members in segment.members]
        share = [] if is_history else [_percent(segment.members[0], asked.total)]
        rows.append([segment.name, *counts, *share, _limited(segment)])
    yield from _aligned(rows, last_is_text=True)


def _limited(segment: Sized) -> str:
    """That a LIMIT leaves profiles out."""
    if segment.members == segment.found:
        return ""
    return f"LIMIT {segment.limit}, of {' and '.join(f'{found:,}' for found in segment.found)}"


def _funnels(asked: Asked) -> Iterator[str]:
    for number, segment in enumerate(asked.segments):
        yield "\n" if number else ""
        yield f"{visible(segment.name)}\n"
        before = asked.total
        rows = [["", f"{before:,}", _percent(before, asked.total), "", "all profiles"]]
        for step in segment.steps:
            lost = f"-{_percent(before - step.left, before)}" if step.left < before else ""
            share = _percent(step.left, asked.total)
            rows.append(["", f"{step.left:,}", share, lost, step.phrase])
            before = step.left
        yield from _aligned(rows, last_is_text=True)


def _overlap_table(asked: Asked) -> Iterator[str]:
    """The pairs that share most come first; those that share nothing are counted."""
    pairs = _pairs(asked)
    shared = sorted((p for p in pairs if p[2]), key=lambda p: (-p[3], p[0], p[1]))
    rows = [["segment", "and", "members of both", "of the first", "of the second", "of either"]]
    for a, b, both, _ in shared[:_MOST_PAIRS]:
        first, second = asked.overlaps[a][a], asked.overlaps[b][b]
        names = [asked.segments[a].name, asked.segments[b].name]
        shares = [_percent(both, size) for size in (first, second, first + second - both)]
        rows.append([*names, f"{both:,}", *shares])
    if shared:
        yield from _aligned(rows, texts=2)
    more = len(shared) - _MOST_PAIRS
    if more > 0:
        yield f"and {more} more pairs: --output-format csv has all\n"
    apart = len(pairs) - len(shared)
    if apart:
        yield f"{apart} pair{'' if apart == 1 else 's'} without common members\n"


def _pairs(asked: Asked) -> list[tuple[int, int, int, float]]:
    """Two segments, how many members both have, and their share of those of either."""
    found: list[tuple[int, int, int, float]] = []
    for b in range(len(asked.segments)):
        for a in range(b):
            both = asked.overlaps[a][b]
            either = asked.overlaps[a][a] + asked.overlaps[b][b] - both
            found.append((a, b, both, both / either if either else 0.0))
    return found


def _aligned(
    rows: Sequence[Sequence[str]], texts: int = 1, last_is_text: bool = False
) -> Iterator[str]:
    """Columns of texts, then of numbers."""
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    for row in shown:
        cells = [
            cell.ljust(width) if number < texts else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        if last_is_text:
            cells[-1] = row[-1]
        yield "  ".join(cells).rstrip() + "\n"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _said(instant: datetime) -> str:
    text = f"{instant:%Y-%m-%d %H:%M:%S}"
    return text.removesuffix(" 00:00:00")


# ---- For programs -----------------------------------------------------------------------


def as_json(found: Sequence[Asked]) -> Iterator[str]:
    """One list, with an object for each workspace."""
    yield msgspec.json.format(msgspec.json.encode([_object(a) for a in found]), indent=2).decode()
    yield "\n"


def _object(asked: Asked) -> dict[str, Any]:
    said: dict[str, Any] = {
        "profiles": asked.total,
        "at": list(asked.instants),
        "segments": [_segment(segment) for segment in asked.segments],
        "counted_one_by_one": asked.one_by_one,
    }
    if asked.overlaps:
        said["overlaps"] = [
            {"segments": [asked.segments[a].name, asked.segments[b].name], "members": both}
            for a, b, both, _ in _pairs(asked)
        ]
    return said


def _segment(segment: Sized) -> dict[str, Any]:
    said: dict[str, Any] = {
        "segment": segment.name,
        "path": segment.path,
        "line": segment.line,
        "members": segment.members,
        "matching": segment.found,
        "limit": segment.limit,
    }
    if segment.steps:
        said["funnel"] = [{"phrase": s.phrase, "left": s.left} for s in segment.steps]
    return said


def as_csv(found: Sequence[Asked]) -> Iterator[str]:
    """A table: a row for each segment and instant, each pair, or each step of a funnel."""
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for number, asked in enumerate(found):
        table = _table(asked)
        head = next(table)
        writer.writerows(table if number else [head, *table])
    yield text.getvalue()


def _table(asked: Asked) -> Iterator[Iterable[object]]:
    if asked.overlaps:
        yield "segment", "and", "both", "first", "second"
        for a, b, both, _ in _pairs(asked):
            own = asked.overlaps[a][a], asked.overlaps[b][b]
            yield asked.segments[a].name, asked.segments[b].name, both, *own
    elif any(segment.steps for segment in asked.segments):
        yield "segment", "step", "phrase", "left"
        for segment in asked.segments:
            yield segment.name, 0, "", asked.total
            for place, step in enumerate(segment.steps, 1):
                yield segment.name, place, step.phrase, step.left
    else:
        yield "segment", "at", "members", "profiles"
        for segment in asked.segments:
            for instant, members in zip(asked.instants, segment.members, strict=True):
                yield segment.name, instant.isoformat(), members, asked.total


def as_svg(found: Sequence[Asked]) -> Iterator[str]:
    """A picture for the first workspace that has segments."""
    asked = found[0]
    yield heatmap([segment.name for segment in asked.segments], asked.overlaps)


RENDERERS: dict[str, Callable[[Sequence[Asked]], Iterator[str]]] = {
    "text": as_text,
    "json": as_json,
    "csv": as_csv,
    "svg": as_svg,
}
