"""textDocument/rename and prepareRename: segments, fields and keys, in every file of the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from segql.formatter import UnsayableError
from segql.workspace.occurrences import Occurrence, Symbol
from segql.workspace.renaming import RenameError, check_new_name, check_renamable
from segql_lsp.documents import Document
from segql_lsp.edits import workspace_edit
from segql_lsp.folder import Folder
from segql_lsp.targets import in_folder, target

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer

_Edits = dict[Document, list[types.TextEdit]]


def register(server: SegqlServer) -> None:
    """Rename, and say before what can be."""

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare_rename(
        ls: SegqlServer, params: types.PrepareRenameParams
    ) -> types.PrepareRenamePlaceholder | None:
        document = ls.document(params.text_document)
        return _or_refuse(prepare, document, params.position) if document else None

    @server.feature(types.TEXT_DOCUMENT_RENAME)
    def rename_symbol(ls: SegqlServer, params: types.RenameParams) -> types.WorkspaceEdit | None:
        document = ls.document(params.text_document)
        if document is None:
            return None
        edits = _or_refuse(rename, document, params.position, params.new_name.strip())
        return workspace_edit(ls, edits)


def _or_refuse(work: Any, *arguments: Any) -> Any:
    """The client shows a person what the error says."""
    try:
        return work(*arguments)
    except (RenameError, UnsayableError) as error:
        raise JsonRpcInvalidParams(str(error)) from None


def prepare(document: Document, position: types.Position) -> types.PrepareRenamePlaceholder | None:
    """The name at a position, for a person to edit; None where nothing is named.

    Raises `RenameError` for what cannot be renamed.
    """
    occurrence = target(document, position)
    if occurrence is None:
        return None
    check_renamable(occurrence.symbol, document.folder.overview)
    place = document.range(occurrence.start, occurrence.end)
    return types.PrepareRenamePlaceholder(range=place, placeholder=_old_name(document, occurrence))


def rename(document: Document, position: types.Position, new: str) -> _Edits:
    """What gives the symbol at a position another name, wherever its folder names it.

    Raises `RenameError` where there is none, or where it cannot get this name.
    """
    occurrence, folder = target(document, position), document.folder
    if occurrence is None:
        raise RenameError("there is no name here")
    symbol = occurrence.symbol
    check_renamable(symbol, folder.overview)
    check_new_name(symbol, new, folder.overview, folder.catalog, lambda s: _is_used(folder, s))
    edits: _Edits = {}
    for other, found in in_folder(folder, symbol):
        edit = found.write(new)
        made = types.TextEdit(other.range(edit.start, edit.end), edit.text)
        edits.setdefault(other, []).append(made)
    return edits


def _old_name(document: Document, occurrence: Occurrence) -> str:
    """The name as it is written; without its quotes, and without the map of a key."""
    written = document.text[occurrence.start : occurrence.end]
    kind, name, _ = occurrence.symbol
    plain = name.partition(".")[2] if kind == "key" else name
    return written if written.lower() == plain.lower() else plain


def _is_used(folder: Folder, symbol: Symbol) -> bool:
    return any(True for _ in in_folder(folder, symbol))
