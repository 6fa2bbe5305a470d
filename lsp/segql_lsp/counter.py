"""Keeps the members of segments counted that somebody looks at."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from lsprotocol import types

from segql_lsp.diagnostics import read_all
from segql_lsp.documents import Document, path_of
from segql_lsp.folder import Folder
from segql_lsp.segments import Segments

if TYPE_CHECKING:
    from segql_lsp.counting import Census, Counts
    from segql_lsp.server import SegqlServer

_PAUSE = 0.5  # seconds without a change until members are counted
_SPECIAL = re.compile(r"[\[\]{}*?\\]")  # in the pattern of a path


class Counter:
    """Counts what documents ask, and asks the client to look again when the numbers are others.

    It counts in one thread; what is outdated before its turn comes is not counted at all.
    """

    def __init__(self, server: SegqlServer) -> None:
        self._server = server
        self._uris: set[str] = set()  # of documents that somebody looks at
        self._counts: dict[str, Counts] = {}
        self._censuses: WeakKeyDictionary[Folder, Census] = WeakKeyDictionary()
        self._task: asyncio.Task[None] | None = None
        self._said: set[str] = set()
        self._watched: set[str] = set()  # names of files

    def counts(self, document: Document) -> Counts | None:
        """What is known of an open document; from now on it is kept up to date."""
        if document.uri not in self._uris:
            self._uris.add(document.uri)
            if document.folder.profiles:
                self.later()
        return self._counts.get(document.uri)

    def later(self) -> None:
        """Count what changed, after a pause in which nothing else does."""
        if self._task:
            self._task.cancel()
        if self._uris and self._server.settings.code_lens.members:
            self._task = asyncio.ensure_future(self._count())
            self._task.add_done_callback(self._server.report_task)

    async def _count(self) -> None:
        await asyncio.sleep(_PAUSE)
        await read_all(self._server)
        folders = self._server.folders
        self._uris = {uri for uri in self._uris if folders.is_open(uri)}
        found: dict[str, Counts] = {}
        for folder in folders.all():
            documents = [d for d in map(folders.document, self._uris) if d and d.folder is folder]
            if documents and folder.profiles:
                self._watch(path.name for path in folder.profiles)
                found |= await self._counted(folder, documents)
        is_new, self._counts = found != self._counts, found
        if is_new and self._server.client.refreshes_lenses:
            self._server.workspace_code_lens_refresh(None)

    async def _counted(self, folder: Folder, documents: Sequence[Document]) -> dict[str, Counts]:
        from segql_lsp.profiles import ProfileError

        asked = {document.uri: document.file.statements for document in documents}
        loop = asyncio.get_running_loop()
        work = self._census(folder).count
        try:
            return await loop.run_in_executor(
                self._thread, work, asked, Segments(folder), datetime.now(UTC)
            )
        except ProfileError as error:
            self._say(f"{error}; {error.help}")
        except OSError as error:
            self._say(f"the profiles cannot be read: {error}")
        return {}

    def _census(self, folder: Folder) -> Census:
        from segql_lsp.counting import Census

        if folder not in self._censuses:
            self._censuses[folder] = Census(folder.profiles, folder.catalog)
        return self._censuses[folder]

    @cached_property
    def _thread(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(1, "segql-counter")

    def _say(self, text: str) -> None:
        """Tell the log, once."""
        if text not in self._said:
            self._said.add(text)
            message = types.LogMessageParams(types.MessageType.Warning, text)
            self._server.window_log_message(message)

    # ---- Files --------------------------------------------------------------------------

    def is_watched(self, uri: str) -> bool:
        """Whether a document is a file of profiles."""
        return Path(path_of(uri) or "").name in self._watched

    def _watch(self, names: Iterable[str]) -> None:
        """Have the client tell of changes, if it watches files; nobody waits for its answer."""
        new = sorted({*names} - self._watched)
        self._watched |= {*new}
        if new and self._server.client.watches_files:
            watchers = [types.FileSystemWatcher(f"**/{_SPECIAL.sub('?', name)}") for name in new]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            name = f"segql-profiles-{len(self._watched)}"
            registration = types.Registration(name, method, options)
            self._server.client_register_capability(types.RegistrationParams([registration]))
