"""Files that change on disk, folders that come and go, and settings."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from lsprotocol import types

from segql_lsp import settings

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer

_SECTION = "segql"
# What the answers depend on: segments, configuration, catalogs, what is left out.
_WATCHED = (
    "**/*.segql",
    "**/segql.toml",
    "**/pyproject.toml",
    "**/.gitignore",
    "**/catalog.*.{json,toml}",
)


def register(server: SegqlServer) -> None:
    """Follow what changes outside of open documents."""

    @server.feature(types.INITIALIZED)
    async def initialized(ls: SegqlServer, params: types.InitializedParams) -> None:
        try:
            if ls.client.watches_files:
                await _watch(ls)
            await _read_settings(ls)
        finally:  # whatever the client answers
            ls.publisher.later()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files_changed(ls: SegqlServer, params: types.DidChangeWatchedFilesParams) -> None:
        for change in params.changes:
            if ls.counter.is_watched(change.uri):
                continue  # it is counted again below, with all that changed
            is_edit = change.type == types.FileChangeType.Changed
            if is_edit and PurePosixPath(change.uri).suffix == ".segql":
                ls.folders.saved(change.uri)
            else:
                ls.folders.look_again()
        ls.publisher.later()

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders_changed(ls: SegqlServer, params: types.DidChangeWorkspaceFoldersParams) -> None:
        added = [folder.uri for folder in params.event.added]
        ls.folders.change_roots(added, [folder.uri for folder in params.event.removed])
        ls.publisher.later()

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def settings_changed(ls: SegqlServer, params: types.DidChangeConfigurationParams) -> None:
        if not ls.client.has_configuration and isinstance(params.settings, dict):
            _take(ls, params.settings.get(_SECTION))
        await _read_settings(ls)
        ls.publisher.later(anew=True)


async def _watch(server: SegqlServer) -> None:
    watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    registration = types.Registration("segql-files", method, options)
    await server.client_register_capability_async(types.RegistrationParams([registration]))


async def _read_settings(server: SegqlServer) -> None:
    if not server.client.has_configuration:
        return
    item = types.ConfigurationItem(section=_SECTION)
    found = await server.workspace_configuration_async(types.ConfigurationParams([item]))
    _take(server, found[0] if found else None)


def _take(server: SegqlServer, section: object) -> None:
    try:
        found = settings.read(section)
    except ValueError as error:
        said = types.LogMessageParams(types.MessageType.Warning, f"settings of segql: {error}")
        server.window_log_message(said)
        return
    is_new, server.settings = found != server.settings, found
    if is_new and server.client.refreshes_hints:
        server.workspace_inlay_hint_refresh(None)
    if is_new and server.client.refreshes_lenses:
        server.workspace_code_lens_refresh(None)
