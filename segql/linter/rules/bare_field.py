"""A field alone is a condition only when it holds true or false. Of a number, a text or a set it
never matches, and in a list of AND it cannot be evaluated, so that nobody matches the whole. Who
writes `visitct` most often means that there is such a value.

The fix writes `EXISTS visitct`. It is unsafe, for then people match.

Reported are fields alone, also behind NOT, that the catalog knows to be no bool. Functions alone
and fields of unknown type are not reported. For NOT of a bool that is missing see NUL003.

Bad::

    FILTER visitct ALIAS visitors

    FILTER AND (is_member, NOT email) ALIAS members_without_email

Good::

    FILTER EXISTS visitct ALIAS visitors

    FILTER AND (is_member, NOT EXISTS email) ALIAS members_without_email
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from segql.diagnostics import Diagnostic, Fix, diagnostic
from segql.linter.known import a
from segql.linter.rewriting import replacement
from segql.linter.scope import Scope
from segql.syntax import nodes as n

if TYPE_CHECKING:
    from segql.catalog import FieldType


def check(node: n.Statement | n.And | n.Or | n.Not, scope: Scope) -> Iterator[Diagnostic]:
    """Report each field that stands where a condition is expected and is no bool."""
    if scope.catalog is None:
        return
    for field in _fields(node):
        type = scope.types[field.name]
        if type and _is_no_bool(type):
            message = f"the field is {a(type)}: alone it never matches"
            yield _problem(field, message, scope)


def _is_no_bool(type: FieldType) -> bool:
    """What the vendor keeps to itself may be anything."""
    return type.name != "bool" and type.shape != "internal"


def _fields(node: n.Statement | n.And | n.Or | n.Not) -> list[n.Identifier]:
    return [phrase for phrase in _phrases(node) if type(phrase) is n.Identifier]


def _phrases(node: n.Statement | n.And | n.Or | n.Not) -> tuple[n.Phrase, ...]:
    if isinstance(node, n.Statement):
        return (node.filter,)
    return (node.phrase,) if isinstance(node, n.Not) else node.phrases


def _problem(field: n.Identifier, message: str, scope: Scope) -> Diagnostic:
    edit = replacement(scope.text, field.start, field.start, "EXISTS ")
    fix = Fix("unsafe", "write EXISTS", (edit,))
    help = "did you mean EXISTS: that there is a value?"
    return diagnostic("bare-field", field.start, field.end, message, help, fix)
