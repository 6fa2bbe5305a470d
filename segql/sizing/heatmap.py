"""The overlaps of segments as a picture: a square for each two, darker where they share more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

_SQUARE, _GAP, _LETTER = 28, 2, 7.2  # pixels
_LONGEST = 40  # letters of a name
_COLOUR = (8, 81, 156)  # red, green, blue of what shares all
_STYLE = (
    "text{font:12px ui-monospace,Menlo,Consolas,monospace;fill:#333}"
    ".s{font-size:10px;text-anchor:middle}"
)


def heatmap(names: Sequence[str], overlaps: Sequence[Sequence[int]]) -> str:
    """A picture in SVG: each row says which share of its segment the others have.

    It is a file of its own, with nothing in it that runs; the exact numbers are in its tooltips.
    """
    shown = [_cut(name) for name in names]
    margin = round(max(map(len, shown), default=0) * _LETTER) + 16
    side = len(names) * (_SQUARE + _GAP)
    width, height = margin + side + 16, margin + side + 16
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img">',
        "<title>Which share of the segment of a row is in the segment of a column</title>",
        f"<style>{_STYLE}</style>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        *_labels(shown, margin),
        *_squares(names, overlaps, margin),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _cut(name: str) -> str:
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)
    return clean if len(clean) <= _LONGEST else f"{clean[: _LONGEST - 1]}…"


def _labels(names: Sequence[str], margin: int) -> Iterator[str]:
    for number, name in enumerate(names):
        middle = margin + number * (_SQUARE + _GAP) + _SQUARE // 2
        text = escape(name)
        yield f'<text x="{margin - 8}" y="{middle + 4}" text-anchor="end">{text}</text>'
        place = f'x="{middle + 4}" y="{margin - 8}"'
        yield f'<text {place} transform="rotate(-90 {middle + 4} {margin - 8})">{text}</text>'


def _squares(names: Sequence[str], overlaps: Sequence[Sequence[int]], margin: int) -> Iterator[str]:
    step = _SQUARE + _GAP
    for row, counts in enumerate(overlaps):
        for column, both in enumerate(counts):
            whole = overlaps[row][row]
            share = both / whole if whole else 0.0
            x, y = margin + column * step, margin + row * step
            text = "#fff" if share > 0.5 else "#333"
            name, other = escape(_cut(names[row])), escape(_cut(names[column]))
            said = f"{both:,} of {whole:,} in {name} are in {other}"
            yield (
                f'<g><title>{said}</title><rect x="{x}" y="{y}" width="{_SQUARE}" '
                f'height="{_SQUARE}" rx="3" fill="{_shade(share)}"/>'
                f'<text class="s" x="{x + _SQUARE / 2:g}" y="{y + _SQUARE / 2 + 4:g}" '
                f'style="fill:{text}">{100 * share:.0f}</text></g>'
            )


def _shade(share: float) -> str:
    """From nearly white to the full colour."""
    mixed = (round(245 + (colour - 245) * share) for colour in _COLOUR)
    return "#" + "".join(f"{colour:02x}" for colour in mixed)
