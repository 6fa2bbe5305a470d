"""The server takes the clauses in one order only.

It is FROM, LIMIT, WITH, ALIAS; what stands in another order is refused. Here any order means the
same, and what is compiled has the right one. The fix puts the clauses in order; where a comment
stands among them there is none, for the comment belongs to one of them.

Bad::

    FILTER visitct > 5 ALIAS regulars FROM user

    FILTER visitct > 5
    WITH name = "Regulars"
    LIMIT 100
    ALIAS regulars

Good::

    FILTER visitct > 5 FROM user ALIAS regulars

    FILTER visitct > 5
    LIMIT 100
    WITH name = "Regulars"
    ALIAS regulars
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic
from segql.linter.rewriting import has_comment
from segql.linter.scope import Scope
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile


def check(form: n.Form, scope: Scope) -> Iterator[Diagnostic]:
    """Report the clauses of a statement that stand in another order."""
    if isinstance(form.node, n.Statement):
        message = "the server refuses clauses in this order"
        help = "write FROM, LIMIT, WITH, ALIAS, in this order"
        fix = _fix(scope.file, form, form.node)
        yield diagnostic("clause-order", form.start, form.end, message, help, fix)


def _fix(file: ParsedFile, form: n.Form, statement: n.Statement) -> Fix | None:
    """Put the texts of the clauses, in the right order, where the clauses stand."""
    places = sorted((clause.start, clause.end) for clause in statement.clauses)
    texts = [file.source.text[clause.start : clause.end] for clause in statement.clauses]
    if has_comment(file, form.start, form.end):  # it belongs to one of the clauses
        return None
    edits = (Edit(*place, text) for place, text in zip(places, texts, strict=True))
    return Fix("safe", "put the clauses in order", tuple(edits))
