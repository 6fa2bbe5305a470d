"""A name may have 64 characters.

The vendor publishes this limit, and nothing promises that a longer name is stored whole. Without
WITH `name` the alias is the name, and so a long alias needs a name beside it. What more there is to
say belongs into the description, which may be long.

Bad::

    FILTER orders > 10
    WITH name = "Customers with more than ten orders who have not been here for thirty days"
    ALIAS vip_at_risk

    FILTER orders > 10
    ALIAS customers_with_more_than_ten_orders_who_have_not_been_here_for_30_days

Good::

    FILTER orders > 10
    WITH name = "VIP customers at risk",
        description = "Customers with more than ten orders who have not been here for thirty days"
    ALIAS vip_at_risk

    FILTER orders > 10
    WITH name = "VIP customers at risk"
    ALIAS customers_with_more_than_ten_orders_who_have_not_been_here_for_30_days
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.compiler.payload import stated
from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.metadata import key_of, value_span
from segql.linter.scope import Scope
from segql.source import Span
from segql.syntax import nodes as n

_MOST = 64  # characters (vendor: names of segments)


def check(statement: n.Statement, scope: Scope) -> Iterator[Diagnostic]:
    """Report the name of a segment, else its alias, when it is too long."""
    name = stated(statement).get("name", statement.alias)
    if isinstance(name, str) and len(name) > _MOST:
        span = _place(statement, scope.text)
        message = f"this name has {len(name)} characters, and {_MOST} are allowed"
        help = "write a shorter name, and the rest in the description"
        yield diagnostic("long-name", span.start, span.end, message, help)


def _place(statement: n.Statement, text: str) -> Span:
    clause, alias = statement.clause(n.With), statement.clause(n.Alias)
    names = [option for option in clause.options if key_of(option) == "name"] if clause else []
    if names:
        return value_span(names[-1], text)
    return alias.name.span if alias else statement.span
