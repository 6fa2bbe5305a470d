"""Cut a JSON list of any length into its items, without holding more than one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

LONGEST = 64 << 20  # bytes of one profile: what is longer is no profile
_CHUNK = 1 << 18
_OPENINGS, _CLOSINGS = b"{[", b"}]"
# Up to the next bracket that stands in no string. Possessive: what was passed over stays so.
_TO_BRACKET = re.compile(rb'(?:[^"{}\[\]]++|"(?:[^"\\]++|\\.)*+")*+([{}\[\]])', re.DOTALL)

# What stands between commas, without brackets.
_ITEM = re.compile(rb'(?:[^,"]++|"(?:[^"\\]++|\\.)*+"|")++', re.DOTALL)


class Part(NamedTuple):
    """A part of a text: an item of a list, or (``item`` is 0) what stands outside of lists.

    ``line`` is where it begins. ``text`` is None for what is too long; it is the last part then.
    """

    text: bytes | None
    line: int
    item: int


def split(head: bytes, stream: BinaryIO, line: int) -> Iterator[Part]:
    """The parts of a text that begins with ``head``, on a line, and goes on in a stream.

    Only brackets and strings are looked at: a part need not be JSON, and then the next one can be.
    """
    splitter = _Splitter(head, line)
    while True:
        yield from splitter.parts()
        if splitter.is_too_long:
            yield Part(None, splitter.line, splitter.item)
            return
        more = stream.read(max(_CHUNK, splitter.held))  # twice as much each time
        if not more:
            yield from splitter.end()
            return
        splitter.add(more)


class _Splitter:
    def __init__(self, head: bytes, line: int) -> None:
        self.line = line  # of what is held
        self.item = 0  # the number of the next item; 0 outside of a list
        self._text = head
        self._start = 0  # what is before was given away
        self._place = 0  # what is before was looked at
        self._depth = 0  # in an item

    @property
    def held(self) -> int:
        """How many bytes are kept, as they belong to no complete part."""
        return len(self._text) - self._start

    @property
    def is_too_long(self) -> bool:
        return self.held > LONGEST

    def add(self, more: bytes) -> None:
        self._text = self._text[self._start :] + more
        self._place -= self._start
        self._start = 0

    def parts(self) -> Iterator[Part]:
        """What is complete, as far as the text goes."""
        while found := _TO_BRACKET.match(self._text, self._place):
            self._place = found.end()
            if self._depth:
                yield from self._inside(found[1])
            else:
                yield from self._between(found[1])

    def end(self) -> Iterator[Part]:
        """What is left when there is no more text."""
        rest = self._take(len(self._text))
        if rest.text and rest.text.strip():
            yield rest
        elif self.item:
            yield rest._replace(text=b"")  # the list is not closed

    def _inside(self, bracket: bytes) -> Iterator[Part]:
        self._depth += 1 if bracket in _OPENINGS else -1
        if not self._depth:
            yield self._take(self._place)
            self.item += bool(self.item)

    def _between(self, bracket: bytes) -> Iterator[Part]:
        before = self._place - 1
        if bracket == b"[" and not self.item:
            yield from self._gap(before)
            self._take(self._place)
            self.item = 1
        elif bracket in _OPENINGS:
            yield from self._gap(before)
            self._depth = 1
        elif bracket == b"]" and self.item:
            yield from self._gap(before)
            self._take(self._place)
            self.item = 0
        else:  # it closes nothing
            yield self._take(self._place)

    def _gap(self, end: int) -> Iterator[Part]:
        """What stands before a bracket, and is no object: commas, space, and mistakes."""
        part = self._take(end)
        for text in _ITEM.findall(part.text or b""):
            if text.strip():
                yield part._replace(text=text.strip(), item=self.item)
                self.item += bool(self.item)

    def _take(self, end: int) -> Part:
        """Give away the text up to a place; the line of the part is where its text begins."""
        text = self._text[self._start : end]
        blank = len(text) - len(text.lstrip(b" \t\r\n,"))
        line = self.line + text.count(b"\n", 0, blank)
        self.line += text.count(b"\n")
        self._start = end
        return Part(text, line, self.item)
