"""A number is spelled in a way that other readers of it may not know.

Signs, zeros and points that say nothing (`+1`, `007`, `.5`, `1.`) and a large `E` are read here.
The server may refuse them or read them differently. The fix writes the plain spelling (`1`, `7`,
`0.5`, `1e5`), which is also what is sent. A code with leading zeros is no number: it is a text, as
in `attributes.branch = "007"`.

Bad::

    FILTER score > .5 ALIAS promising

    FILTER visitct IN (007, +8) ALIAS seven_or_eight

Good::

    FILTER score > 0.5 ALIAS promising

    FILTER visitct IN (7, 8) ALIAS seven_or_eight

    FILTER attributes.branch = "007" ALIAS branch_007
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.rewriting import rewrite
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(form: n.Form, scope: Scope) -> Iterator[Diagnostic]:
    """Report each number whose spelling is not the one that is sent."""
    if isinstance(form.node, n.Number):
        help = f"write `{form.node.text}`"
        fix = rewrite(scope.file, help, form.start, form.end, form.node.text)
        message = "the server may refuse or misread this spelling of a number"
        yield diagnostic("number-spelling", form.start, form.end, message, help, fix)
