"""The server refuses `*` on a later line than FILTER.

Anything else may stand on the next line, but `FILTER *` must be on one. The fix puts it there, and
what is compiled has it there always.

Bad::

    FILTER
        *
    ALIAS everybody

    FILTER
    * FROM content
    ALIAS all_pages

Good::

    FILTER *
    ALIAS everybody

    FILTER * FROM content
    ALIAS all_pages
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.rewriting import rewrite
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(form: n.Form, scope: Scope) -> Iterator[Diagnostic]:
    """Report each `*` that stands on a later line than its FILTER."""
    help = "write `FILTER *` on one line"
    fix = rewrite(scope.file, help, form.start, form.end, " ")
    message = "the server refuses `*` on a later line than FILTER"
    start, end = form.node.start, form.node.end
    yield diagnostic("match-all-line", start, end, message, help, fix)
