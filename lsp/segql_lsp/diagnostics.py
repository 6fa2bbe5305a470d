"""Diagnostics: what `segql check` says, pushed to clients that do not ask for it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import msgspec
from lsprotocol import types

from segql.diagnostics import Diagnostic
from segql.diagnostics.codes import page_url
from segql_lsp.documents import Document, uri_of
from segql_lsp.folder import Folder, key_of
from segql_lsp.places import Places
from segql_lsp.progress import progress

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer

Shown = list[dict[str, Any]]  # diagnostics as the protocol has them, in JSON

SOURCE = "segql"
_SEVERITIES = {"error": 1, "warning": 2, "info": 3}
_UNNECESSARY = 1  # the tag of what can go: shown pale
_TAGS = {
    name: [_UNNECESSARY]
    for name in ("duplicate-phrase", "implied-phrase", "unused-suppression", "repeated-value")
}
_AT_ONCE = 20  # files that are read before the client is heard again
_LONG = 0.005  # seconds; what takes less is done for every edit
_BREATH = 0.002  # seconds in which the next edit is read, if it is there already
_PAUSE = 0.15  # seconds until the other documents of an edited one are looked at


def shown(text: str, places: Places, problems: Iterable[Diagnostic]) -> Shown:
    """Problems of a text for the client."""
    return [_shown(text, places, problem) for problem in problems]


def _shown(text: str, places: Places, problem: Diagnostic) -> dict[str, Any]:
    # An empty range (something is missing there) is hard to see: it takes one character.
    start = problem.span.start
    end = max(problem.span.end, min(start + 1, len(text)))
    message = f"{problem.message}\nhelp: {problem.help}" if problem.help else problem.message
    found: dict[str, Any] = {
        "range": {"start": places.json(start), "end": places.json(end)},
        "severity": _SEVERITIES[problem.severity],
        "code": problem.code,
        "codeDescription": {"href": page_url(problem.code)},
        "source": SOURCE,
        "message": message,
    }
    if problem.name in _TAGS:
        found["tags"] = _TAGS[problem.name]
    return found


def shown_of(document: Document) -> Shown:
    """The problems of one document."""
    return shown(document.text, document.places, document.folder.diagnostics(document))


def shown_of_all(folder: Folder) -> Iterator[tuple[str, Shown]]:
    """The uri of every document of a folder, and of its configuration, with its problems."""
    for uri, problems in folder.all_diagnostics().items():
        document = folder.document(key_of(uri)) if problems else None
        yield uri, shown(document.text, document.places, problems) if document else []
    for source, problems in folder.problems:
        if source.path:
            places = Places(source, folder.encoding)
            yield uri_of(source.path), shown(source.text, places, problems)


class Publisher:
    """Sends the client what it does not know yet and does not ask for itself."""

    def __init__(self, server: SegqlServer) -> None:
        self._server = server
        self._sent: dict[str, Shown] = {}
        self._told: WeakKeyDictionary[Folder, object] = WeakKeyDictionary()  # shapes, at that time
        self._task: asyncio.Task[None] | None = None
        self._next: tuple[str, asyncio.TimerHandle] | None = None
        self._taken = 0.0  # seconds, by the last edited document

    def edited(self, uri: str) -> None:
        """Tell of an edited document at once, and of those it concerns a moment later.

        Where that takes a while, only of the last of several edits that are under way.
        """
        before = self._stop_waiting()
        if before not in (None, uri):
            self._tell_of(before)
        if self._taken < _LONG:
            self._tell_of(uri)
        else:
            timer = asyncio.get_running_loop().call_later(_BREATH, self.hurry)
            self._next = uri, timer

    def hurry(self) -> None:
        """Tell of what was edited before anything else is said."""
        if uri := self._stop_waiting():
            self._tell_of(uri)

    def _stop_waiting(self) -> str | None:
        uri, timer = self._next or (None, None)
        self._next = None
        if timer:
            timer.cancel()
        return uri

    def _tell_of(self, uri: str) -> None:
        begun = time.perf_counter()
        document = self._server.folders.document(uri)
        if document and not self._server.client.asks_for_diagnostics:
            self._send(uri, shown_of(document), document.version)
        elif self._sent.get(uri):  # from here on the client asks
            self._send(uri, [], None)
        self._taken = time.perf_counter() - begun
        self.later(_PAUSE)

    def closed(self, uri: str) -> None:
        """Tell of a document whose text is again what lies on disk."""
        document = self._server.folders.document(uri)
        if not self._server.client.asks_for_diagnostics:
            is_wanted = document is not None and self._is_wanted(uri)
            self._send(uri, shown_of(document) if document and is_wanted else [], None)
        self.later(_PAUSE)

    def later(self, pause: float = 0, anew: bool = False) -> None:
        """Tell of everything that changed, after a pause in seconds; ``anew``: of all."""
        if anew:
            self._told.clear()
        if self._task:
            self._task.cancel()
        self._task = asyncio.ensure_future(self._tell(pause))
        self._task.add_done_callback(self._server.report_task)
        self._server.counter.later()

    async def _tell(self, pause: float) -> None:
        await asyncio.sleep(pause)
        await read_all(self._server)
        folders = self._server.folders.all()
        changed = [folder for folder in folders if self._told.get(folder) != folder.shape]
        for folder in changed:
            self._told[folder] = folder.shape
            for uri, problems in shown_of_all(folder):
                if self._is_wanted(uri):
                    self._send_if_new(uri, problems)
            await asyncio.sleep(0)
        self._clear(folders)
        if changed:
            refresh(self._server)

    def _clear(self, folders: Iterable[Folder]) -> None:
        """Take back what was said of documents that have gone, or that the client asks for now."""
        known = {uri for folder in folders for uri in folder.uris()}
        for uri in [uri for uri, problems in self._sent.items() if problems]:
            if uri not in known or not self._is_wanted(uri):
                self._send(uri, [], None)

    def _is_wanted(self, uri: str) -> bool:
        is_open = self._server.folders.is_open(uri)
        client = self._server.client
        if client.asks_for_diagnostics and (is_open or client.asks_for_all_diagnostics):
            return False
        return self._server.is_wanted(uri)

    def _send_if_new(self, uri: str, problems: Shown) -> None:
        if problems != self._sent.get(uri, []):
            document = self._server.folders.document(uri)
            self._send(uri, problems, document.version if document else None)

    def _send(self, uri: str, problems: Shown, version: int | None) -> None:
        self._sent[uri] = problems
        params: dict[str, Any] = {"uri": uri, "diagnostics": problems}
        if version is not None:
            params["version"] = version
        self._server.protocol.send(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)


async def read_all(server: SegqlServer) -> int:
    """Read what nobody has read yet, and listen to the client meanwhile; how many files there are.

    Where it takes long, the client shows how far it is.
    """
    todo = [file for folder in server.folders.all() for file in folder.unread()]
    async with progress(server, "Reading segments", len(todo)) as report:
        for number, read in enumerate(todo):
            read()
            if number % _AT_ONCE == 0:
                await report(number)
    return sum(1 for folder in server.folders.all() for _ in folder.uris())


def refresh(server: SegqlServer) -> None:
    """Ask the client to ask again, where it does."""
    if server.client.refreshes_diagnostics:
        server.workspace_diagnostic_refresh(None)


# ---- Clients that ask -------------------------------------------------------------------


def register(server: SegqlServer) -> None:
    """Answer clients that ask for diagnostics."""
    options = types.DiagnosticOptions(
        identifier=SOURCE, inter_file_dependencies=True, workspace_diagnostics=True
    )

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)
    def document_diagnostic(
        ls: SegqlServer, params: types.DocumentDiagnosticParams
    ) -> dict[str, Any]:
        document = ls.folders.document(params.text_document.uri)
        problems = shown_of(document) if document else []
        return _report(problems, params.previous_result_id)

    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    async def workspace_diagnostic(
        ls: SegqlServer, params: types.WorkspaceDiagnosticParams
    ) -> dict[str, Any]:
        ls.client = ls.client._replace(asks_for_all_diagnostics=True)
        await read_all(ls)
        before = {known.uri: known.value for known in params.previous_result_ids}
        found = [
            row
            for folder in ls.folders.all()
            for row in shown_of_all(folder)
            if ls.is_wanted(row[0])
        ]
        gone: list[tuple[str, Shown]] = [(uri, []) for uri in before.keys() - {u for u, _ in found}]
        items = [
            {**_report(problems, before.get(uri)), "uri": uri, "version": _version(ls, uri)}
            for uri, problems in (*found, *gone)
        ]
        return {"items": items}


def _version(server: SegqlServer, uri: str) -> int | None:
    document = server.folders.document(uri) if server.folders.is_open(uri) else None
    return document.version if document else None


def _report(problems: Shown, previous: str | None) -> dict[str, Any]:
    """All problems, or that they are those the client has."""
    name = sha256(msgspec.json.encode(problems)).hexdigest()
    if name == previous:
        return {"kind": "unchanged", "resultId": name}
    return {"kind": "full", "resultId": name, "items": problems}
