"""The segment is about a table that no catalog describes, and there is one with nearly the same
name. Of a misspelt table nothing is found, and no field can be checked.

The fix takes the table with the near name. It is unsafe, since another one may be meant.

Nothing is reported without a catalog, nor where no table has a near name: a table may have no
catalog yet. Names do not depend on case, and without FROM the table is `user`.

Bad::

    FILTER EXISTS email FROM users ALIAS has_email

    FILTER visitct > 5 FROM usr ALIAS frequent

Good::

    FILTER EXISTS email FROM user ALIAS has_email

    FILTER created > "now-30d" FROM content ALIAS new_articles
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic, did_you_mean
from segql.formatter.flat import included
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(clause: n.From, scope: Scope) -> Iterator[Diagnostic]:
    """Report a table that is not, but nearly, one of those in the catalogs."""
    table = clause.table
    if scope.catalog is None or table.value.lower() in scope.catalog.tables:
        return
    near = did_you_mean(table.value, scope.catalog.tables)
    if near is not None:
        message = f"no catalog describes a table `{table.value}`"
        help = f"did you mean `{near}`?"
        fix = Fix("unsafe", f"write `{near}`", (Edit(table.start, table.end, included(near)),))
        yield diagnostic("unknown-table", table.start, table.end, message, help, fix)
