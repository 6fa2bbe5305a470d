"""PORT004 not-before-function: the server takes NOT for the function's own.

`NOT len(a) > 1` is read as `(NOT len(a)) > 1`, and so is NOT before arithmetic. In parentheses the
whole phrase is negated: `NOT (len(a) > 1)`.
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic
from segql.linter.rewriting import canonical, forms, rewrite
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile
from segql.workspace import Workspace

_HELP = "put the whole phrase in parentheses: `NOT (...)`"


def check(workspace: Workspace) -> Iterator[tuple[ParsedFile, Diagnostic]]:
    """Report NOT of a phrase that begins with a function or with arithmetic."""
    for file, form in forms(workspace, "not-prefix"):
        if isinstance(form.node, n.Not) and _begins_with_function(form.node.phrase):
            inner = form.node.phrase
            opening = Edit(inner.start, inner.start, "(")
            fix = Fix("safe", _HELP, (opening, Edit(inner.end, inner.end, ")")))
            yield file, _problem(form, fix)
    for file, form in forms(workspace, "not-infix"):
        if isinstance(form.node, n.Not) and _begins_with_function(form.node.phrase):
            fix = rewrite(file, _HELP, form.start, form.end, canonical(form.node))
            yield file, _problem(form, fix)


def _begins_with_function(phrase: n.Phrase) -> bool:
    match phrase:
        case n.Between():
            return False  # its NOT is lost anyway: see not-between
        case n.Comparison(left) | n.Membership(left):
            return isinstance(left, n.Call | n.Arithmetic)
        case _:
            return False


def _problem(form: n.Form, fix: Fix | None) -> Diagnostic:
    message = "the server would negate only what stands directly behind NOT, not the comparison"
    return diagnostic("not-before-function", form.start, form.end, message, _HELP, fix)
