"""The server refuses parentheses behind EXISTS.

EXISTS is an operator, not a function: `EXISTS email`, not `EXISTS(email)`. The two mean the same
here, and the fix takes the parentheses away, as compiling does. Parentheses around the whole phrase
may stay.

Bad::

    FILTER EXISTS(email) ALIAS with_address

    FILTER NOT EXISTS (`name`) ALIAS nameless

Good::

    FILTER EXISTS email ALIAS with_address

    FILTER NOT (EXISTS name) ALIAS nameless
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.rewriting import canonical, rewrite
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(form: n.Form, scope: Scope) -> Iterator[Diagnostic]:
    """Report each EXISTS whose operand stands in parentheses."""
    if isinstance(form.node, n.Exists):
        text = canonical(form.node)
        help = f"write `{text}`" if text else "leave the parentheses out"
        start, end = form.node.start, form.node.end
        fix = rewrite(scope.file, help, start, end, text)
        message = "the server refuses parentheses behind EXISTS"
        yield diagnostic("exists-parentheses", start, end, message, help, fix)
