"""The server refuses a value in parentheses.

`visitct > (5)` is refused, `visitct > 5` is not; the two mean the same, and the fix takes the
parentheses away, as compiling does. Around arithmetic they may stay, and behind IN they are a list.

Bad::

    FILTER visitct > (5) ALIAS regulars

    FILTER email LIKE ("*@example.com") ALIAS staff

Good::

    FILTER visitct > 5 ALIAS regulars

    FILTER visitct > (orders + 1) ALIAS visitors
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.rewriting import canonical, rewrite
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(form: n.Form, scope: Scope) -> Iterator[Diagnostic]:
    """Report each single value or field behind an operator that stands in parentheses."""
    if isinstance(form.node, n.Comparison):
        text = canonical(form.node.right)
        help = f"write `{text}`" if text else "leave the parentheses out"
        fix = rewrite(scope.file, help, form.start, form.end, text)
        message = "the server refuses parentheses around a single value"
        yield diagnostic("parenthesised-value", form.start, form.end, message, help, fix)
