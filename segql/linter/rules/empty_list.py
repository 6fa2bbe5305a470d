"""A list without anything in it. `AND ()` matches everybody, `OR ()` nobody, and nothing is in the
empty list of IN and INTERSECTS. Mostly something was taken out, or a program wrote the text and had
nothing to put in.

There is no fix: what belongs there cannot be known. `FILTER *` says that everybody is meant.

Bad::

    FILTER AND () ALIAS everybody

    FILTER AND (EXISTS email, OR ()) ALIAS mailed

    FILTER country IN () ALIAS abroad

Good::

    FILTER * ALIAS everybody

    FILTER AND (EXISTS email, OR (is_member, visitct > 5)) ALIAS mailed

    FILTER country IN ("CA", "MX") ALIAS abroad
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(node: n.And | n.Or | n.Array, scope: Scope) -> Iterable[Diagnostic]:
    """Report each list that is empty."""
    inside = node.items if isinstance(node, n.Array) else node.phrases
    return () if inside else _problems(node)


def _problems(node: n.And | n.Or | n.Array) -> Iterator[Diagnostic]:
    match node:
        case n.And(()):
            message = "an AND of nothing matches everybody"
            help = "write the phrases that belong here, or `FILTER *`"
        case n.Or(()):
            message = "an OR of nothing matches nobody"
            help = "write the phrases that belong here, or remove it"
        case n.Array(()):
            message = "nothing is in an empty list"
            help = "write the values that belong here, or remove the phrase"
        case _:
            return
    yield diagnostic("empty-list", node.start, node.end, message, help)
