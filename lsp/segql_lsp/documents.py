"""Documents: texts as they are now, open at the client or on disk."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.uris import from_fs_path, to_fs_path

from segql.source import SourceFile
from segql.syntax.parser import ParsedFile, parse
from segql_lsp.places import Places

if TYPE_CHECKING:
    from segql_lsp.folder import Folder


class Document:
    """A text with the folder it belongs to. It does not change: an edit makes another one.

    ``version`` is the client's; None for a text on disk.
    """

    def __init__(self, uri: str, version: int | None, text: str, folder: Folder) -> None:
        self.uri = uri
        self.version = version
        self.folder = folder
        self.source = SourceFile(text, path_of(uri))

    @property
    def text(self) -> str:
        """The text that offsets are places in."""
        return self.source.text

    @cached_property
    def file(self) -> ParsedFile:
        """The text, read."""
        return parse(self.source.text, self.source.path)

    @cached_property
    def places(self) -> Places:
        """Its places as the client counts them."""
        return Places(self.source, self.folder.encoding)

    def position(self, offset: int) -> types.Position:
        """An offset as the protocol has it."""
        return types.Position(*self.places.place(offset))

    def range(self, start: int, end: int) -> types.Range:
        """Two offsets as the protocol has them."""
        return types.Range(self.position(start), self.position(end))

    def location(self, start: int, end: int) -> types.Location:
        """A stretch of this text, for another document to speak of."""
        return types.Location(self.uri, self.range(start, end))

    def offset(self, position: types.Position) -> int:
        """The offset of a position."""
        return self.places.offset(position.line, position.character)

    def span(self, range: types.Range) -> tuple[int, int]:
        """The offsets of a range, in their order."""
        start, end = self.offset(range.start), self.offset(range.end)
        return min(start, end), max(start, end)


def path_of(uri: str) -> str | None:
    """The path of a file on this machine; None for any other uri."""
    path = to_fs_path(uri) if uri.startswith("file:") else None
    return path if path and Path(path).is_absolute() and "\0" not in path else None


def uri_of(path: str) -> str:
    """The uri of a file."""
    return from_fs_path(path) or Path(path).as_uri()
