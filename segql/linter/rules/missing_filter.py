"""The server wants FILTER before every filter.

The vendor's examples leave it out, and segql reads them; what is pasted into the web form or sent
by another tool is refused without it. The fix writes the word, and what is compiled has it always.

Bad::

    visitct > 5 ALIAS regulars

    AND (EXISTS email, country = "US") ALIAS contactable_us

Good::

    FILTER visitct > 5 ALIAS regulars

    FILTER AND (EXISTS email, country = "US") ALIAS contactable_us
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic
from segql.linter.scope import Scope
from segql.syntax import nodes as n

_WORD = re.compile(r"\w+")


def check(form: n.Form, scope: Scope) -> Iterator[Diagnostic]:
    """Report each statement that begins without FILTER."""
    if isinstance(form.node, n.Statement):
        message = "the server refuses a statement without FILTER"
        help = "begin with FILTER"
        fix = Fix("safe", "write FILTER", (Edit(form.start, form.start, "FILTER "),))
        word = _WORD.match(scope.text, form.start)
        end = word.end() if word else form.start + 1
        yield diagnostic("missing-filter", form.start, end, message, help, fix)
