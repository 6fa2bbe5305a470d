"""A segment without a name for people.

The name is what the account shows in its lists and forms. Without one the alias is shown, which is
made for machines: `vip_at_risk_30d` says less than "VIP customers at risk". When a segment is
updated, a name that was given in the account stays.

Bad::

    FILTER AND (orders > 10, lastvisit_ts < "now-30d") ALIAS vip_at_risk_30d

    FILTER EXISTS email WITH name = "", tags = ["email"] ALIAS with_address

Good::

    FILTER AND (orders > 10, lastvisit_ts < "now-30d")
    WITH name = "VIP customers at risk"
    ALIAS vip_at_risk_30d

    FILTER EXISTS email WITH {"name": "With an address"} ALIAS with_address
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.compiler.payload import stated
from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.metadata import named_at
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(statement: n.Statement, scope: Scope) -> Iterator[Diagnostic]:
    """Report a segment whose name is not stated, or is blank."""
    name = stated(statement).get("name", "")
    if isinstance(name, str) and not name.strip():
        span = named_at(statement)
        message = "this segment has no name for people: the account shows its alias"
        help = 'write a name, as in `WITH name = "VIP customers"`'
        yield diagnostic("missing-name", span.start, span.end, message, help)
