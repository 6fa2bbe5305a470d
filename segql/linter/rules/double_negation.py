"""`NOT NOT is_member` is `is_member`: the second NOT undoes the first. Somebody who reads in haste
sees only one of them.

The fix removes both. It is unsafe for a field that stands alone, and for `<` and `>` where both
sides may be texts: null, a number and the order of two texts do not match, but their negation
cannot be evaluated, and its negation neither.

Bad::

    FILTER NOT NOT is_member ALIAS members

    FILTER NOT (country NOT IN ("US", "CA")) ALIAS american

Good::

    FILTER is_member ALIAS members

    FILTER country IN ("US", "CA") ALIAS american

    FILTER NOT AND (is_member, NOT country = "US") ALIAS others
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.edits import fix, in_place, keyword
from segql.linter.phrases import may_stand_alone
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(node: n.Not, scope: Scope) -> Iterator[Diagnostic]:
    """Report NOT of NOT; of more than two, the last two."""
    if not isinstance(node.phrase, n.Not) or isinstance(node.phrase.phrase, n.Not):
        return
    inner = node.phrase.phrase
    edit = in_place(scope.file, node, inner)
    made = fix("remove both", [edit], may_stand_alone(inner, scope))
    message = "this NOT and the next one undo each other"
    yield diagnostic("double-negation", *keyword(scope.file, node), message, "remove both", made)
