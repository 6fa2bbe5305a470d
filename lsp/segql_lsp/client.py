"""What the client can do, as far as it makes a difference here."""

from __future__ import annotations

from typing import Any, NamedTuple

from lsprotocol import types


class Client(NamedTuple):
    """What a client said of itself when it connected."""

    asks_for_diagnostics: bool = False
    asks_for_all_diagnostics: bool = False
    refreshes_diagnostics: bool = False
    refreshes_lenses: bool = False
    refreshes_hints: bool = False
    shows_progress: bool = False
    shows_documents: bool = False
    has_configuration: bool = False
    watches_files: bool = False
    takes_snippets: bool = False
    takes_file_creation: bool = False  # in the edits of a refactoring
    commands: frozenset[str] = frozenset()  # its own that it lets us call

    @classmethod
    def of(cls, params: types.InitializeParams) -> Client:
        """Read the capabilities; what is not said is not there."""
        can = params.capabilities
        return cls(
            asks_for_diagnostics=_has(can, "text_document.diagnostic"),
            # There is no capability for it: a client that can be refreshed asks for all.
            asks_for_all_diagnostics=_has(can, "workspace.diagnostics"),
            refreshes_diagnostics=_has(can, "workspace.diagnostics.refresh_support"),
            refreshes_lenses=_has(can, "workspace.code_lens.refresh_support"),
            refreshes_hints=_has(can, "workspace.inlay_hint.refresh_support"),
            shows_progress=_has(can, "window.work_done_progress"),
            shows_documents=_has(can, "window.show_document.support"),
            has_configuration=_has(can, "workspace.configuration"),
            watches_files=_has(can, "workspace.did_change_watched_files.dynamic_registration"),
            takes_snippets=_has(can, "text_document.completion.completion_item.snippet_support"),
            takes_file_creation="create" in _operations(can),
            commands=_commands(params.initialization_options),
        )


def _has(capabilities: Any, path: str) -> bool:
    for name in path.split("."):
        capabilities = getattr(capabilities, name, None)
    return capabilities is not None and capabilities is not False


def _operations(capabilities: types.ClientCapabilities) -> tuple[str, ...]:
    workspace = capabilities.workspace
    edit = workspace.workspace_edit if workspace else None
    return tuple(edit.resource_operations or ()) if edit else ()


def _commands(options: Any) -> frozenset[str]:
    commands = options.get("commands") if isinstance(options, dict) else None
    return frozenset(map(str, commands)) if isinstance(commands, list | tuple) else frozenset()
