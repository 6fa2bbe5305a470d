"""`AND (a > 1)` and `OR (a > 1)` are `a > 1`. Something may be missing from the list, or it lost
all other phrases and was left over.

The fix takes the list away and keeps the phrase as it is written. It changes nothing: the server
reads a list of one as its phrase.

Bad::

    FILTER AND (visitct > 5) ALIAS regulars

    FILTER AND (
        EXISTS email,
        OR (country = "US"),
    ) ALIAS american

Good::

    FILTER visitct > 5 ALIAS regulars

    FILTER AND (
        EXISTS email,
        OR (country = "US", country = "CA"),
    ) ALIAS american
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.edits import fix, in_place, keyword
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(node: n.And | n.Or, scope: Scope) -> Iterator[Diagnostic]:
    """Report each list of one phrase."""
    if len(node.phrases) == 1:
        word = type(node).__name__.upper()
        message = f"{word} of a single phrase says no more than the phrase"
        help = f"write the phrase without `{word} ()`, or add what is missing"
        edit = in_place(scope.file, node, node.phrases[0])
        made = fix(f"write the phrase without `{word} ()`", [edit], is_safe=True)
        yield diagnostic("list-of-one", *keyword(scope.file, node), message, help, made)
