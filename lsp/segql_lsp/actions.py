"""What a request for code actions says, and how an action is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from segql.diagnostics import Diagnostic, Edit
from segql_lsp.abilities import ability
from segql_lsp.documents import Document
from segql_lsp.edits import text_edits, workspace_edit

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer

QUICK_FIX = types.CodeActionKind.QuickFix.value
FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.segql"
REWRITE = types.CodeActionKind.RefactorRewrite.value
EXTRACT = types.CodeActionKind.RefactorExtract.value
INLINE = types.CodeActionKind.RefactorInline.value
KINDS = (QUICK_FIX, FIX_ALL, REWRITE, EXTRACT, INLINE)


class Request(NamedTuple):
    """Where actions are asked for, and which."""

    server: SegqlServer
    document: Document
    start: int
    end: int
    problems: list[Diagnostic]  # all of the document
    sent: Sequence[types.Diagnostic]  # as the client has those of the place
    only: Sequence[str] | None
    is_automatic: bool  # a cursor moved: nobody asked

    @property
    def near(self) -> list[Diagnostic]:
        """The problems that the place touches."""
        return [
            problem
            for problem in self.problems
            for start, end in [(problem.span.start, problem.span.end)]
            if start <= self.end and self.start <= max(end, start + 1)  # as it is shown
        ]

    def action(
        self,
        title: str,
        kind: str,
        edits: Iterable[Edit],
        problems: Iterable[types.Diagnostic] = (),
        is_preferred: bool = False,
    ) -> types.CodeAction:
        """An action that edits the document."""
        edit = workspace_edit(self.server, {self.document: text_edits(self.document, edits)})
        return types.CodeAction(
            title,
            kind,
            diagnostics=[*problems] or None,
            is_preferred=is_preferred or None,
            edit=edit,
        )


def request_of(server: SegqlServer, document: Document, params: types.CodeActionParams) -> Request:
    """A request about a document."""
    context = params.context
    only = None if context.only is None else [str(_plain(kind)) for kind in context.only]
    return Request(
        server,
        document,
        *document.span(params.range),
        document.folder.diagnostics(document),
        context.diagnostics,
        only,
        context.trigger_kind == types.CodeActionTriggerKind.Automatic,
    )


def resolves_edits(server: SegqlServer) -> bool:
    """Whether the client asks for an edit when somebody wants it made."""
    properties = ability(server, "text_document.code_action.resolve_support.properties")
    has_data = ability(server, "text_document.code_action.data_support")
    return bool(has_data) and "edit" in (properties or ())


def _plain(kind: types.CodeActionKind | str) -> str:
    return kind.value if isinstance(kind, types.CodeActionKind) else kind
