"""textDocument/publishDiagnostics: what `segql check` says of the open documents."""

from __future__ import annotations

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from segql.diagnostics import Diagnostic
from segql.diagnostics.codes import page_url
from segql.linter import check_files
from segql_lsp.documents import Documents, OpenDocument

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}


def publish_all(server: LanguageServer, documents: Documents) -> None:
    """Send the diagnostics of every open document: a change in one may reach the others."""
    for document in documents.all():
        ((_, problems),) = check_files(document.workspace, [document.file], document.options)
        server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(
                uri=document.uri,
                version=document.version,
                diagnostics=[_translated(document, problem) for problem in problems],
            )
        )


def _translated(document: OpenDocument, problem: Diagnostic) -> types.Diagnostic:
    # An empty range (something is missing there) is hard to see: it takes one character.
    text = document.file.source.text
    end = max(problem.span.end, min(problem.span.start + 1, len(text)))
    return types.Diagnostic(
        range=document.range(problem.span.start, end),
        severity=_SEVERITIES[problem.severity],
        code=problem.code,
        code_description=types.CodeDescription(href=page_url(problem.code)),
        source="segql",
        message=f"{problem.message}\nhelp: {problem.help}" if problem.help else problem.message,
    )
