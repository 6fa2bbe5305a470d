"""Open documents, each in the workspace it belongs to.

The text of an open document is the client's; the other files of its workspace are read from
disk and kept until they change there.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.workspace import PositionCodec

from segql.formatter import LINE_LENGTH
from segql.linter.options import USUAL, Options
from segql.linter.setup import Wishes, catalog_paths, setup
from segql.syntax.parser import ParsedFile, parse
from segql.workspace import Config, Workspace, config_for, files_around, read_file

_Stamp = tuple[int, int]


class OpenDocument(NamedTuple):
    """A document as it is now, parsed, with its workspace."""

    uri: str
    version: int | None
    file: ParsedFile
    workspace: Workspace
    options: Options
    line_length: int
    codec: PositionCodec

    def position(self, offset: int) -> types.Position:
        """An offset as the client counts: lines from 0, columns in its own units."""
        line, column = self.file.source.position(offset)
        before = self.file.source.line(line)[: column - 1]
        return types.Position(line - 1, self.codec.client_num_units(before))

    def range(self, start: int, end: int) -> types.Range:
        """Two offsets as a range of the protocol."""
        return types.Range(self.position(start), self.position(end))

    def offset(self, position: types.Position) -> int:
        """The offset of a client's position; one behind the text is its end."""
        starts, text = self.file.source.line_starts, self.file.source.text
        if position.line >= len(starts):
            return len(text)
        line = self.file.source.line(position.line + 1)
        inside = types.Position(0, position.character)
        column = self.codec.position_from_client_units([line], inside).character
        return starts[position.line] + min(column, len(line))


class Documents:
    """What the client has open, and what lies around it on disk."""

    def __init__(self, server: LanguageServer) -> None:
        self._server = server
        self._parsed: dict[str, tuple[str, ParsedFile]] = {}
        self._on_disk: dict[Path, tuple[_Stamp, ParsedFile]] = {}
        self._options: dict[Config, tuple[object, Options]] = {}

    def open(self, uri: str) -> OpenDocument | None:
        """An open document by its uri; None for one that is not open (any more)."""
        files = self._read_open()
        return self._document(uri, files) if uri in files else None

    def all(self) -> Iterator[OpenDocument]:
        """Every open document."""
        files = self._read_open()
        for uri in files:
            yield self._document(uri, files)

    def _read_open(self) -> dict[str, ParsedFile]:
        """Parse what is open; a text that did not change is not read again."""
        documents = self._server.workspace.text_documents
        parsed: dict[str, tuple[str, ParsedFile]] = {}
        for uri, document in documents.items():
            known = self._parsed.get(uri)
            text = document.source
            parsed[uri] = (
                known if known and known[0] == text else (text, parse(text, document.path))
            )
        self._parsed = parsed
        return {uri: file for uri, (_, file) in parsed.items()}

    def _document(self, uri: str, files: dict[str, ParsedFile]) -> OpenDocument:
        document = self._server.workspace.get_text_document(uri)
        file = files[uri]
        config = self._config(file)
        workspace = self._workspace(file, files, config)
        options = self._options_of(config) if config else USUAL
        codec = document.position_codec
        length = (config.line_length if config else None) or LINE_LENGTH
        return OpenDocument(uri, document.version, file, workspace, options, length, codec)

    def _config(self, file: ParsedFile) -> Config | None:
        """The configuration of a document; `segql check` says what is wrong with it."""
        path = Path(file.source.path or "")
        return config_for(path) if path.is_absolute() else None

    def _options_of(self, config: Config) -> Options:
        """How the files of a configuration are checked; catalogs are read when they change."""
        today = time.strftime("%Y-%m-%d")
        stamp = (today, *map(_stamp, catalog_paths(config)))
        known = self._options.get(config)
        if known is None or known[0] != stamp:
            known = self._options[config] = (stamp, setup(config, Wishes(today=today)).options)
        return known[1]

    def _workspace(
        self, file: ParsedFile, files: dict[str, ParsedFile], config: Config | None
    ) -> Workspace:
        if config is None:  # not a file yet: it is all there is
            return Workspace([file])
        path = Path(file.source.path or "")
        opened = {Path(f.source.path or ""): f for f in files.values()} | {path: file}
        around = {p for p in files_around(config) if p not in opened}
        near = [f for p, f in opened.items() if p.is_relative_to(config.root)]
        others = [found for p in sorted(around) if (found := self._read(p))]
        return Workspace([*near, *others], config.external)

    def _read(self, path: Path) -> ParsedFile | None:
        stamp, known = _stamp(path), self._on_disk.get(path)
        if stamp is None:
            return None
        if known is None or known[0] != stamp:
            try:
                known = self._on_disk[path] = (stamp, read_file(path))
            except OSError:
                return None
        return known[1]


def _stamp(path: Path) -> _Stamp | None:
    """When a file was changed, and its size; None where it is gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
