"""A misspelt field is one that no profile has. The server does not complain: comparisons and EXISTS
do not match, while `!=` and NOT match everybody, and a bare field cannot be evaluated.

The fix takes the field of the catalog with the nearest name. It is unsafe, since another one may be
meant. Names depend on case: `Email` is not `email`.

Nothing is said about tables that no catalog describes, about fields that begin with `_`, which are
the vendor's own and not in every catalog, and about a field on the right that was likely meant as a
text (PORT013). Ignore it while a field is new and the catalog not yet pulled again.

Bad::

    FILTER AND (visitcnt > 5, EXISTS Email) ALIAS frequent

    FILTER count.web > 3 ALIAS web_visitors

Good::

    FILTER AND (visitct > 5, EXISTS email) ALIAS frequent

    FILTER AND (counts.web > 3, EXISTS _uid) ALIAS web_visitors
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.comparisons import guess_name
from segql.linter.known import MATCH_ALL, near_field
from segql.linter.rules.field_as_value import likely_text
from segql.linter.scope import Scope
from segql.syntax import nodes as n

# Where more are unknown, the catalog is of another account; to look for each takes minutes.
_SUGGESTIONS = 100


def check(statement: n.Statement, scope: Scope) -> Iterator[Diagnostic]:
    """Report each field that the catalog of the table does not have."""
    if scope.catalog is None or not scope.catalog.fields(scope.table):
        return
    unknown: set[str] = set()
    for field in _unknown(scope):
        unknown.add(field.name)
        is_asked = len(unknown) <= _SUGGESTIONS
        near = near_field(field.name, scope.catalog, scope.table) if is_asked else None
        yield _problem(field, near, scope)


def _unknown(scope: Scope) -> list[n.Identifier]:
    """The unknown fields, without those that a rule says something more exact about."""
    fields = [field for field in scope.all(n.Identifier) if scope.fields[field.name] is None]
    if not fields:
        return []
    left_out = {id(likely_text(node, scope)) for node in scope.all(n.Comparison)}
    left_out.update(id(a) for call in scope.all(n.Call) for a in _literals_only(call))
    return [field for field in fields if id(field) not in left_out and _is_said(field.name)]


def _is_said(name: str) -> bool:
    """Whether a name is meant as that of a field of the account."""
    return not name.startswith("_") and name.lower() != MATCH_ALL


def _literals_only(call: n.Call) -> list[n.Operand]:
    """The arguments that can be no field: what is said about them is another thing."""
    from segql.catalog.functions import FUNCTIONS

    function = FUNCTIONS.get(call.name.lower())
    parameters = function.filled_by(len(call.arguments)) if function else ()
    return [a for a, p in zip(call.arguments, parameters, strict=False) if p.is_literal]


def _problem(field: n.Identifier, near: str | None, scope: Scope) -> Diagnostic:
    message = f"the catalog of the table `{scope.table}` has no field `{field.name}`"
    help, fix = "correct the name, or add the field to the catalog", None
    if near is not None:
        help, fix = f"did you mean `{near}`?", guess_name(scope, field, near)
    return diagnostic("unknown-field", field.start, field.end, message, help, fix)
