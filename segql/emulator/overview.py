"""The page at `/`: the segments, their sizes, and which includes which."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from segql.emulator.models import StoredSegment
from segql.emulator.state import State
from segql.syntax.walk import includes

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem;
       color: #222; background: #fff }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #ddd;
         vertical-align: top }
td.number, th.number { text-align: right }
code { font: 13px/1.4 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere }
a { color: #0b5394 }
svg { max-width: 100%; height: auto }
svg rect { fill: #eef3f8; stroke: #8aa7c4 }
svg rect.missing { fill: #fbeaea; stroke: #c48a8a; stroke-dasharray: 4 }
svg path { fill: none; stroke: #8aa7c4 }
svg text { font: 12px system-ui, sans-serif }
"""
_BOX = (170, 28)  # pixels
_STEP = (230, 44)


class _Row(NamedTuple):
    segment: StoredSegment
    size: int
    includes: list[str]


def overview(state: State) -> str:
    """The page as HTML. Whatever the account holds is escaped."""
    segments = state.segments.segments()
    sizes = state.members.sizes(segments)
    rows = [_Row(each, sizes[each.id], _included(state, each)) for each in segments]
    parts = [
        '<!doctype html><html lang="en"><meta charset="utf-8">',
        f"<title>Emulated account</title><style>{_STYLE}</style>",
        f"<h1>Emulated account</h1><p>{_counted(len(rows), 'segment')}, ",
        f"{', '.join(_tables(state)) or 'no profiles'}. ",
        '<a href="openapi.json">The API</a></p>',
        _table(rows) if rows else "",
        _graph(rows) if any(row.includes for row in rows) else "",
        "</html>",
    ]
    return "".join(parts)


def _included(state: State, segment: StoredSegment) -> list[str]:
    statement = state.members.statement(segment.slug_name)
    names = includes(statement) if statement else ()
    return [*dict.fromkeys(name.value.lower() for name in names)]


def _tables(state: State) -> Iterable[str]:
    for table in state.profiles.tables():
        yield f"{_counted(state.profiles.count(table), 'profile')} in <code>{escape(table)}</code>"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _table(rows: list[_Row]) -> str:
    head = "<tr><th>Segment<th>Table<th class=number>Size<th>Includes<th>Filter</tr>"
    return f"<table>{head}{''.join(map(_line, rows))}</table>"


def _line(row: _Row) -> str:
    segment = row.segment
    slug = escape(segment.slug_name)
    name = "" if segment.name == segment.slug_name else f"<br>{escape(segment.name)}"
    links = ", ".join(f'<a href="#{escape(each)}">{escape(each)}</a>' for each in row.includes)
    return (
        f'<tr id="{slug}"><td><b>{slug}</b>{name}<td>{escape(segment.table)}'
        f"<td class=number>{row.size}<td>{links}<td><code>{escape(segment.segment_ql)}</code></tr>"
    )


def _graph(rows: list[_Row]) -> str:
    """Each segment right of those that include it; INCLUDEs in a circle go back."""
    edges = {row.segment.slug_name: row.includes for row in rows if row.includes}
    columns = _columns(edges)
    places = {
        slug: (place * _STEP[0], line * _STEP[1])
        for place, column in enumerate(columns)
        for line, slug in enumerate(column)
    }
    stored = {row.segment.slug_name for row in rows}
    lines = [_edge(places[one], places[other]) for one, to in edges.items() for other in to]
    boxes = [_box(slug, *place, slug in stored) for slug, place in places.items()]
    width = len(columns) * _STEP[0]
    height = max(map(len, columns)) * _STEP[1]
    return (
        f'<h2>INCLUDE</h2><svg width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">{"".join(lines + boxes)}</svg>'
    )


def _columns(edges: dict[str, list[str]]) -> list[list[str]]:
    """The segments by how many others lead to them, one after the other, at most."""
    slugs = [*dict.fromkeys([*edges, *(slug for to in edges.values() for slug in to)])]
    depth = dict.fromkeys(slugs, 0)
    pairs = [(one, other) for one, to in edges.items() for other in to]
    for _ in slugs:  # as often as a way can be long; a circle must not go on for ever
        for one, other in pairs:
            depth[other] = max(depth[other], min(depth[one] + 1, len(slugs) - 1))
    used = sorted(set(depth.values()))
    return [[slug for slug in slugs if depth[slug] == at] for at in used]


def _edge(one: tuple[int, int], other: tuple[int, int]) -> str:
    x, y = one[0] + _BOX[0], one[1] + _BOX[1] // 2
    to_x, to_y = other[0], other[1] + _BOX[1] // 2
    # A line that goes past a column runs between two rows, where no box hides it.
    sag = 0 if to_x == one[0] + _STEP[0] else 28
    return f'<path d="M{x} {y}C{x + 30} {y + sag} {to_x - 30} {to_y + sag} {to_x} {to_y}"/>'


def _box(slug: str, x: int, y: int, is_stored: bool) -> str:
    short = slug if len(slug) <= 24 else f"{slug[:23]}…"
    missing = "" if is_stored else ' class="missing"'
    width, height = _BOX
    return (
        f'<a href="#{escape(slug)}"><title>{escape(slug)}</title>'
        f'<rect x="{x + 1}" y="{y + 1}" width="{width - 2}" height="{height - 2}" rx="4"{missing}/>'
        f'<text x="{x + 8}" y="{y + 18}">{escape(short)}</text></a>'
    )
