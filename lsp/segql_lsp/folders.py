"""All folders of a session, and what the client has open in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lsprotocol import types

from segql.linter.setup import catalog_paths
from segql.workspace import Config, find
from segql_lsp.documents import Document, path_of
from segql_lsp.folder import Folder, Opened, Stamp, key_of, stamp_of, today
from segql_lsp.places import edited


class Folders:
    """The folders below the client's roots, and those of documents elsewhere.

    What lies on disk is looked at again after `look_again`.
    """

    def __init__(self, encoding: str, roots: Iterable[str] = ()) -> None:
        self.encoding = encoding
        self._roots = {key_of(uri): uri for uri in roots}
        self._opened: dict[str, Opened] = {}
        self._folders: list[Folder] = []
        self._is_stale = True

    # ---- what the client tells ----------------------------------------------------------

    def open(self, item: types.TextDocumentItem) -> None:
        """A document was opened: from now on its text is the client's."""
        key = key_of(item.uri)
        self._opened[key] = Opened(item.uri, item.version, item.text)
        self._changed(key)

    def change(
        self, uri: str, version: int, changes: Iterable[types.TextDocumentContentChangeEvent]
    ) -> None:
        """An open document was edited. Raises ``ValueError`` for edits in the wrong order."""
        key = key_of(uri)
        before = self._opened.get(key)
        if before is None:  # never opened: there is nothing to edit
            return
        text = edited(before.text, changes, self.encoding)
        self._opened[key] = Opened(before.uri, version, text)
        self._changed(key)
        if before.version is not None and version < before.version:
            raise ValueError(
                f"{uri}: the client sent edit {version} after edit {before.version}; "
                "if what is reported looks wrong, close the file and open it again"
            )

    def close(self, uri: str) -> None:
        """A document was closed: from now on its text is what lies on disk."""
        self._opened.pop(key_of(uri), None)
        self.look_again()  # what is left out may have been here only while it was open

    def change_roots(self, added: Iterable[str], removed: Iterable[str]) -> None:
        """Other folders are open at the client."""
        for uri in removed:
            self._roots.pop(key_of(uri), None)
        self._roots |= {key_of(uri): uri for uri in added}
        self.look_again()

    def saved(self, uri: str) -> None:
        """A file was written, by the client or by something else."""
        self._changed(key_of(uri))

    def look_again(self) -> None:
        """Files may have come or gone, or configurations changed."""
        self._is_stale = True

    def _changed(self, key: str) -> None:
        folder = next((folder for folder in self._folders if key in folder), None)
        if folder is None or not (key in self._opened or stamp_of(key)):
            self.look_again()
        else:
            folder.change(key)

    # ---- what there is ------------------------------------------------------------------

    def document(self, uri: str) -> Document | None:
        """A document, open or on disk; None for one that is in no folder."""
        key = key_of(uri)
        found = (folder.document(key) for folder in self.all() if key in folder)
        return next(found, None)

    def is_open(self, uri: str) -> bool:
        """Whether the client has a document open."""
        return key_of(uri) in self._opened

    def all(self) -> list[Folder]:
        """Every folder, as it is now."""
        if self._is_stale:
            self._is_stale = False
            self._look()
        return self._folders

    def _look(self) -> None:
        """Find the files there are; a folder whose configuration is the same goes on."""
        known = {(folder.config, folder.stamp): folder for folder in self._folders}
        loose = [(None, [key]) for key, opened in self._opened.items() if not path_of(opened.uri)]
        self._folders = []
        for config, keys in (*self._on_disk(), *loose):
            stamp = (*_stamp(config), *(keys if config is None else ()))
            folder = known.get((config, stamp)) or Folder(
                config, self._opened, self.encoding, stamp
            )
            folder.has(keys)
            self._folders.append(folder)

    def _on_disk(self) -> Iterator[tuple[Config, list[str]]]:
        """Every configuration with its files: what lies below the roots, and what is open."""
        roots = [Path(key) for key in self._roots if Path(key).is_dir()]
        files = [Path(key) for key, opened in self._opened.items() if path_of(opened.uri)]
        for found in find([*roots, *files]) if roots or files else ():
            yield found.config, sorted(full for full, _ in (*found.asked, *found.around))


def _stamp(config: Config | None) -> Stamp:
    """What changes when something does that a folder is made from."""
    catalogs = catalog_paths(config) if config else []
    return today(), *((path, stamp_of(path)) for path in catalogs)
