"""The server loses the field of IS NULL.

`email IS NULL` and `email IS NOT NULL` are read without the `email`. The comparison with NULL is
read as it is written, and the fix writes it: `email = NULL`, `email != NULL`. Compiling does so as
well.

Neither of them asks whether the field is there at all: where it is missing, `= NULL` does not match
and `!= NULL` does. `EXISTS email` is most often what is meant.

Bad::

    FILTER email IS NULL ALIAS null_address

    FILTER AND (visitct > 5, city IS NOT NULL) ALIAS located

Good::

    FILTER email = NULL ALIAS null_address

    FILTER AND (visitct > 5, EXISTS city) ALIAS located
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.rewriting import rewrite
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(form: n.Form, scope: Scope) -> Iterator[Diagnostic]:
    """Report each IS NULL and IS NOT NULL."""
    if isinstance(form.node, n.Comparison):
        text = f"{form.node.operator} NULL"
        help = f"write `{text}`"
        fix = rewrite(scope.file, help, form.start, form.end, text)
        message = "the server loses the field before IS"
        yield diagnostic("is-null", form.start, form.end, message, help, fix)
