"""PORT015 clause-order: the server takes the clauses in one order only.

It is FROM, LIMIT, WITH, ALIAS; what stands in another order is refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic
from segql.linter.rewriting import forms, has_comment
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile
from segql.workspace import Workspace


def check(workspace: Workspace) -> Iterator[tuple[ParsedFile, Diagnostic]]:
    """Report the clauses of a statement that stand in another order."""
    for file, form in forms(workspace, "clause-order"):
        if isinstance(form.node, n.Statement):
            message = "the server refuses clauses in this order"
            help = "write FROM, LIMIT, WITH, ALIAS, in this order"
            fix = _fix(file, form, form.node)
            yield file, diagnostic("clause-order", form.start, form.end, message, help, fix)


def _fix(file: ParsedFile, form: n.Form, statement: n.Statement) -> Fix | None:
    """Put the texts of the clauses, in the right order, where the clauses stand."""
    places = sorted((clause.start, clause.end) for clause in statement.clauses)
    texts = [file.source.text[clause.start : clause.end] for clause in statement.clauses]
    if has_comment(file, form.start, form.end):  # it belongs to one of the clauses
        return None
    edits = (Edit(*place, text) for place, text in zip(places, texts, strict=True))
    return Fix("safe", "put the clauses in order", tuple(edits))
