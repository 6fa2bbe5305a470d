"""Behind the last value of IN or of a function no comma may stand.

Between phrases commas are free; between values the server's grammar has none too many. The fix
removes the comma, and what is compiled has none. In the lists of AND and OR, and in the lists of
WITH, a comma at the end is fine.

Bad::

    FILTER country IN ("US", "CA",) ALIAS north_america

    FILTER len(interests,) > 1 ALIAS interested

Good::

    FILTER country IN ("US", "CA") ALIAS north_america

    FILTER AND (
        len(interests) > 1,
        EXISTS email,
    )
    ALIAS interested
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(form: n.Form, scope: Scope) -> Iterator[Diagnostic]:
    """Report each comma before the closing bracket of IN, INTERSECTS or a function."""
    fix = Fix("safe", "remove the comma", (Edit(form.start, form.end, ""),))
    message = "the server's grammar has no comma behind the last value"
    help = "remove the comma"
    yield diagnostic("trailing-comma", form.start, form.end, message, help, fix)
