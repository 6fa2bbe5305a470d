"""The server loses the NOT of BETWEEN.

`NOT score BETWEEN 1 AND 9` and `score NOT BETWEEN 1 AND 9` are evaluated as if the NOT were not
there: the segment holds exactly those it should leave out. BETWEEN excludes both of its ends, and
so they are outside: the fix writes `OR (score <= 1, score >= 9)`. What is compiled says it so as
well. A profile without the field matches neither of the two.

Bad::

    FILTER NOT score BETWEEN 1 AND 9 ALIAS extremes

    FILTER AND (EXISTS email, visitct NOT BETWEEN 5 AND 50) ALIAS unusual

Good::

    FILTER OR (score <= 1, score >= 9) ALIAS extremes

    FILTER AND (EXISTS email, visitct BETWEEN 5 AND 50) ALIAS usual
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Fix, diagnostic
from segql.linter.rewriting import before, canonical, rewrite
from segql.linter.scope import Scope
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile

_BEGINS_PHRASE = re.compile(r"(?:[(,;]|&&|\|\||\b(?:and|or|not|filter)|^)\Z", re.IGNORECASE)


def check(form: n.Form, scope: Scope) -> Iterator[Diagnostic]:
    """Report each negated BETWEEN, with the two comparisons that say the same."""
    match form.node:
        case n.Not(n.Between() as between) as node:
            message = "the server loses this NOT, and finds those that are between"
            help = "write two comparisons: `OR (a <= 1, a >= 9)`"
            fix = _fix(scope.file, node, between)
            yield diagnostic("not-between", node.start, node.end, message, help, fix)
        case _:
            pass


def _fix(file: ParsedFile, node: n.Not, between: n.Between) -> Fix | None:
    from segql.compiler.emission import outside  # NOT is frequent, with BETWEEN it is rare

    text = canonical(outside(between))
    if text is None:
        return None
    # Behind a phrase OR ( would be infix: a comma keeps the two apart.
    joint = "" if _BEGINS_PHRASE.search(before(file, node.start)) else ", "
    return rewrite(file, "write two comparisons", node.start, node.end, joint + text)
