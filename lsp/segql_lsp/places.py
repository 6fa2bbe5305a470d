"""Places as the client counts them: lines from 0, columns in units of the encoding it chose."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lsprotocol import types

from segql.source import SourceFile

# How many units a text has.
_UNITS: dict[str, Callable[[str], int]] = {
    "utf-8": lambda text: len(text.encode("utf-8", "surrogatepass")),
    "utf-16": lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    "utf-32": len,
}


class Places:
    """The places of one text."""

    def __init__(self, source: SourceFile, encoding: str) -> None:
        self._source = source
        self._units = len if source.text.isascii() else _UNITS[encoding]

    def place(self, offset: int) -> tuple[int, int]:
        """An offset as a line and a column."""
        line, column = self._source.position(offset)
        if self._units is len:
            return line - 1, column - 1
        start = offset - column + 1
        return line - 1, self._units(self._source.text[start:offset])

    def json(self, offset: int) -> dict[str, int]:
        """An offset as the protocol writes it."""
        line, character = self.place(offset)
        return {"line": line, "character": character}

    def offset(self, line: int, column: int) -> int:
        """The offset of a place; behind a line it is the line's end, behind the text the text's."""
        starts = self._source.line_starts
        if line >= len(starts):
            return len(self._source.text)
        text = self._source.line(line + 1)
        return starts[line] + (
            min(column, len(text)) if self._units is len else self._index(text, column)
        )

    def _index(self, line: str, column: int) -> int:
        """The character that a column stands before, or in."""
        units = 0
        for index, character in enumerate(line):
            units += self._units(character)
            if units > column:
                return index
        return len(line)


def edited(
    text: str, changes: Iterable[types.TextDocumentContentChangeEvent], encoding: str
) -> str:
    """A text after the changes that a client tells of, each made to what the last one left."""
    for change in changes:
        if isinstance(change, types.TextDocumentContentChangePartial):
            places = Places(SourceFile(text), encoding)
            start = places.offset(change.range.start.line, change.range.start.character)
            end = places.offset(change.range.end.line, change.range.end.character)
            text = text[:start] + change.text + text[max(start, end) :]
        else:
            text = change.text
    return text
