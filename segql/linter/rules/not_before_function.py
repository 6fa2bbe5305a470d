"""The server takes NOT for the function's own.

`NOT len(interests) > 1` is read as `(NOT len(interests)) > 1`, and so is NOT before arithmetic: the
segment compares the wrong thing. In parentheses the whole phrase is negated, and the fix writes
them. What is compiled has them always.

Bad::

    FILTER NOT len(interests) > 1 ALIAS of_few_interests

    FILTER AND (EXISTS email, NOT visitct + orders > 10) ALIAS quiet

Good::

    FILTER NOT (len(interests) > 1) ALIAS of_few_interests

    FILTER AND (EXISTS email, NOT (visitct + orders > 10)) ALIAS quiet

    FILTER NOT visitct > 10 ALIAS rare
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic
from segql.linter.rewriting import canonical, rewrite
from segql.linter.scope import Scope
from segql.syntax import nodes as n

_HELP = "put the whole phrase in parentheses: `NOT (...)`"


def check(form: n.Form, scope: Scope) -> Iterator[Diagnostic]:
    """Report NOT of a phrase that begins with a function or with arithmetic."""
    if isinstance(form.node, n.Not) and _begins_with_function(form.node.phrase):
        message = "the server would negate only what stands directly behind NOT, not the comparison"
        fix = _fix(scope, form, form.node.phrase)
        yield diagnostic("not-before-function", form.start, form.end, message, _HELP, fix)


def _fix(scope: Scope, form: n.Form, inner: n.Phrase) -> Fix | None:
    if form.kind == "not-infix":
        return rewrite(scope.file, _HELP, form.start, form.end, canonical(form.node))
    edits = (Edit(inner.start, inner.start, "("), Edit(inner.end, inner.end, ")"))
    return Fix("safe", _HELP, edits)


def _begins_with_function(phrase: n.Phrase) -> bool:
    match phrase:
        case n.Between():
            return False  # its NOT is lost anyway: see not-between
        case n.Comparison(left) | n.Membership(left):
            return isinstance(left, n.Call | n.Arithmetic)
        case _:
            return False
