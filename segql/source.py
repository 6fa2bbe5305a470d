"""Texts and places in them.

Inside the toolkit a place is an offset in Unicode code points; lines and columns, both from 1,
exist only at the edges.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

import msgspec

_LINE_BREAK = re.compile(r"\r\n|\n|\r")


class Span(msgspec.Struct, frozen=True, gc=False, order=True):
    """A stretch of text: offsets in code points, ``end`` excluded."""

    start: int
    end: int


class SourceFile:
    """A text with the path it came from (None for a text without a file)."""

    def __init__(self, text: str, path: str | None = None) -> None:
        self.text = text
        self.path = path

    @cached_property
    def line_starts(self) -> list[int]:
        """Offset of the first character of each line."""
        return [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, the column in code points."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Text of a line (from 1) without its line break."""
        start = self.line_starts[number - 1]
        following = self.line_starts[number : number + 1]
        end = following[0] if following else len(self.text)
        return self.text[start:end].rstrip("\r\n")
