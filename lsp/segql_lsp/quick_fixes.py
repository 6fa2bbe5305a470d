"""Quick fixes: mend a problem, mend all of them, silence one, explain one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from segql.diagnostics import CODES, Diagnostic, Edit
from segql.refactoring.mending import mend
from segql.refactoring.silencing import Silencing, in_file, ways_to_silence
from segql_lsp.abilities import ability
from segql_lsp.actions import FIX_ALL, QUICK_FIX, Request, resolves_edits
from segql_lsp.commands import EXPLAIN, EXPLAIN_AT_CLIENT
from segql_lsp.diagnostics import SOURCE, shown
from segql_lsp.documents import Document
from segql_lsp.edits import text_edits, workspace_edit
from segql_lsp.markdown import plain

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer

_ADVICE = "STY"  # the family that people silence as a whole
# What a client can that lets a person type over a part of an edit.
_SNIPPETS = (
    "workspace.workspace_edit.document_changes",
    "workspace.workspace_edit.snippet_edit_support",
)
_TITLES = {
    "line": "Ignore {} for this line",
    "statement": "Ignore {} for this statement",
    "file": "Ignore {} in this file",
}

# ---- Fixes ------------------------------------------------------------------------------


def fixes(request: Request) -> Iterator[types.CodeAction]:
    """The fixes of the problems here; the safe ones are preferred."""
    near = [(problem, problem.fix) for problem in request.near if problem.fix]
    for problem, fix in sorted(near, key=lambda row: row[1].applicability != "safe"):
        is_safe = fix.applicability == "safe"
        said = plain(fix.message)  # a menu shows marks as they are
        title = f"{said[:1].upper()}{said[1:]}"
        title = title if is_safe else f"{title} (may change the meaning)"
        yield request.action(title, QUICK_FIX, fix.edits, [_sent(request, problem)], is_safe)
    for name in dict.fromkeys(problem.name for problem, fix in near if _is_safe(problem)):
        if sum(problem.name == name and _is_safe(problem) for problem in request.problems) > 1:
            title = f"Fix all {CODES[name].code} in this file"
            yield from _of_all(request, title, QUICK_FIX, name)


def fix_all(request: Request) -> Iterator[types.CodeAction]:
    """All safe fixes of the document at once, and those that they make possible."""
    if any(map(_is_safe, request.problems)):
        yield from _of_all(request, "Make all safe fixes", FIX_ALL, None)


def all_fixed(server: SegqlServer, document: Document, rule: str | None) -> types.WorkspaceEdit:
    """All safe fixes of a document, or of the problems of one name."""
    text = mend(
        document.text,
        lambda text: document.folder.diagnostics_with(document, text),
        lambda problem: _is_safe(problem) and rule in (None, problem.name),
    )
    whole = Edit(0, len(document.text), text)
    return workspace_edit(server, {document: text_edits(document, [whole])})


def _of_all(
    request: Request, title: str, kind: str, rule: str | None
) -> Iterator[types.CodeAction]:
    """An action that takes long to work out: later, if the client can wait for it."""
    server, document = request.server, request.document
    if resolves_edits(server):
        yield types.CodeAction(title, kind, data={"uri": document.uri, "rule": rule})
    else:
        yield types.CodeAction(title, kind, edit=all_fixed(server, document, rule))


def _is_safe(problem: Diagnostic) -> bool:
    return problem.fix is not None and problem.fix.applicability == "safe"


# ---- Silence ----------------------------------------------------------------------------


def silencings(request: Request) -> Iterator[types.CodeAction]:
    """Comments that silence the problems here, each in several reaches."""
    file = request.document.file
    for problem in _each_code(request):
        for way in ways_to_silence(file, problem):
            yield _silencing(request, way, problem.code, problem)
    advice = next((p for p in request.near if CODES[p.name].family == _ADVICE), None)
    if advice:
        yield _silencing(request, in_file(file, _ADVICE), _ADVICE, advice)


def _silencing(
    request: Request, way: Silencing, rule: str, problem: Diagnostic
) -> types.CodeAction:
    title = _TITLES[way.where].format(rule)
    action = request.action(title, QUICK_FIX, [way.edit], [_sent(request, problem)])
    if way.reason and all(ability(request.server, path) for path in _SNIPPETS):
        edit = _snippet(request.document, way.edit, way.reason)
        action.edit = workspace_edit(request.server, {request.document: [edit]})
    return action


def _snippet(document: Document, edit: Edit, reason: tuple[int, int]) -> types.SnippetTextEdit:
    """The edit with its reason to be typed over."""
    start, end = reason
    text = f"{edit.text[:start]}${{1:{edit.text[start:end]}}}{edit.text[end:]}"
    return types.SnippetTextEdit(document.range(edit.start, edit.end), types.StringValue(text))


# ---- Explain ----------------------------------------------------------------------------


def explanations(request: Request) -> Iterator[types.CodeAction]:
    """The page of each rule that has a problem here."""
    is_clients = EXPLAIN_AT_CLIENT in request.server.client.commands
    for problem in _each_code(request):
        title = f"Explain {problem.code}"
        name = EXPLAIN_AT_CLIENT if is_clients else EXPLAIN
        command = types.Command(title, name, arguments=[problem.code])
        yield types.CodeAction(
            title, QUICK_FIX, diagnostics=[_sent(request, problem)], command=command
        )


def _each_code(request: Request) -> list[Diagnostic]:
    """The first problem of each kind."""
    return [*{problem.code: problem for problem in reversed(request.near)}.values()][::-1]


def _sent(request: Request, problem: Diagnostic) -> types.Diagnostic:
    """A problem as the client has it, else as it would be sent."""
    document = request.document
    (made,) = shown(document.text, document.places, [problem])
    start, end = made["range"]["start"], made["range"]["end"]
    place = types.Range(types.Position(**start), types.Position(**end))
    for known in request.sent:
        if known.code == problem.code and known.range == place:
            return known
    return types.Diagnostic(
        place,
        made["message"],
        types.DiagnosticSeverity(made["severity"]),
        problem.code,
        types.CodeDescription(made["codeDescription"]["href"]),
        SOURCE,
    )
