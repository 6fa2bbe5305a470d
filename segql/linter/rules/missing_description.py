"""Nothing says what the segment is for.

The filter says who is in it, but not why these bounds and not others, and for which campaign. The
description is shown in the account beside the name. The comment block directly above a segment is
its description, unless WITH says otherwise; a blank line between the two cuts the block off.

Bad::

    FILTER AND (orders > 10, lastvisit_ts < "now-30d") ALIAS vip_at_risk

    FILTER EXISTS email WITH description = "" ALIAS with_address

Good::

    -- The ones we must not lose: they bought much and stay away.
    FILTER AND (orders > 10, lastvisit_ts < "now-30d") ALIAS vip_at_risk

    FILTER EXISTS email
    WITH description = "Everybody whom the newsletter can reach."
    ALIAS with_address
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.compiler.payload import stated
from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.metadata import named_at
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(statement: n.Statement, scope: Scope) -> Iterator[Diagnostic]:
    """Report a segment that neither WITH nor a comment above describes."""
    description = stated(statement).get("description", statement.comment)
    if isinstance(description, str) and not description.strip():
        span = named_at(statement)
        message = "nothing says what this segment is for"
        help = "write it in a comment directly above the segment"
        yield diagnostic("missing-description", span.start, span.end, message, help)
