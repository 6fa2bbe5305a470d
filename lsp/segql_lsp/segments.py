"""The segments of a folder as they are at one moment, for threads to ask."""

from __future__ import annotations

from pathlib import Path

from segql.syntax.nodes import Statement
from segql.syntax.parser import ParsedFile
from segql.workspace import slug_of
from segql.workspace.reading import read_file
from segql_lsp.folder import Folder


class Segments:
    """The segments of a folder. Edits make no difference to it; a file on disk is read once."""

    def __init__(self, folder: Folder) -> None:
        self._by_slug = folder.overview.by_slug
        documents = (folder.document(key) for key in folder.opened)
        self._files: dict[str, ParsedFile | None] = {
            key: document.file
            for key, document in zip(folder.opened, documents, strict=True)
            if document
        }

    def find(self, slug: str) -> Statement | None:
        """The statement that INCLUDE of a name means; None where it is not in these files."""
        slug = slug.lower()
        placed = next(iter(self._by_slug.get(slug, ())), None)
        file = self._file(placed.path) if placed and placed.path else None
        found = file.statements if file else ()
        return next((statement for statement in found if slug_of(statement) == slug), None)

    def _file(self, key: str) -> ParsedFile | None:
        if key not in self._files:
            self._files[key] = _read(key)
        return self._files[key]


def _read(path: str) -> ParsedFile | None:
    try:
        return read_file(Path(path))
    except OSError:
        return None
