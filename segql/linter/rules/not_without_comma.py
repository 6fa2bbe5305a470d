"""The server joins a NOT to the phrase before it.

Between the phrases of a list the comma may be left out. On one line, `AND (EXISTS email NOT EXISTS
name)` is nevertheless read as `NOT EXISTS email`: the NOT goes to the phrase before, and the
segment holds others than it says. A comma keeps the NOT where it is written, and the fix puts it
there. A NOT that begins a line needs none. What is compiled has all commas, so that only a text
which is pasted somewhere is in danger.

Bad::

    FILTER AND (EXISTS email NOT EXISTS name) ALIAS nameless

    FILTER OR (visitct > 5 NOT is_member) ALIAS guests

Good::

    FILTER AND (EXISTS email, NOT EXISTS name) ALIAS nameless

    FILTER OR (
        visitct > 5
        NOT is_member
    )
    ALIAS guests
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.rewriting import rewrite
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(form: n.Form, scope: Scope) -> Iterator[Diagnostic]:
    """Report each NOT that follows a phrase on its line without a comma between."""
    start = form.node.start
    message = "the server would negate the phrase before this NOT"
    help = "write a comma before NOT"
    fix = rewrite(scope.file, help, form.start, form.start, ",")
    yield diagnostic("not-without-comma", start, start + len("NOT"), message, help, fix)
