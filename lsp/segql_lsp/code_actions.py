"""textDocument/codeAction and codeAction/resolve: what can be done about a place in a text.

Quick fixes stand in `quick_fixes.py`, refactorings in `refactorings.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from segql_lsp import quick_fixes, refactorings
from segql_lsp.actions import (
    EXTRACT,
    FIX_ALL,
    INLINE,
    KINDS,
    QUICK_FIX,
    REWRITE,
    Request,
    request_of,
)

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer

# What makes actions, and of which kinds.
_MAKERS = (
    (QUICK_FIX, quick_fixes.fixes),
    (QUICK_FIX, quick_fixes.silencings),
    (QUICK_FIX, quick_fixes.explanations),
    (FIX_ALL, quick_fixes.fix_all),
    (REWRITE, refactorings.rewritings),
    (EXTRACT, refactorings.extractions),
    (INLINE, refactorings.inlinings),
)


def register(server: SegqlServer) -> None:
    """Offer what can be done."""
    options = types.CodeActionOptions(code_action_kinds=[*KINDS], resolve_provider=True)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    def code_action(
        ls: SegqlServer, params: types.CodeActionParams
    ) -> list[types.CodeAction] | None:
        document = ls.document(params.text_document)
        return [*actions(request_of(ls, document, params))] if document else None

    @server.feature(types.CODE_ACTION_RESOLVE)
    def resolve(ls: SegqlServer, action: types.CodeAction) -> types.CodeAction:
        action.edit = action.edit or _resolved(ls, action.data)
        return action


def actions(request: Request) -> Iterator[types.CodeAction]:
    """The actions of the kinds that were asked for."""
    for kind, make in _MAKERS:
        if _is_wanted(kind, request.only):
            yield from make(request)


def _is_wanted(kind: str, only: Sequence[str] | None) -> bool:
    """Whether a kind was asked for, or a kind that it is one of; without any, all are."""
    return not only or any(not wanted or f"{kind}.".startswith(f"{wanted}.") for wanted in only)


def _resolved(server: SegqlServer, data: Any) -> types.WorkspaceEdit | None:
    match data:
        case {"uri": str(uri), "rule": None | str() as rule}:
            document = server.document(types.TextDocumentIdentifier(uri))
            return quick_fixes.all_fixed(server, document, rule) if document else None
        case _:
            return None
