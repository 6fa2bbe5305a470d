"""A word without quotation marks is a field, not a text.

`name = Bob` compares two fields of the profile, and `lastvisit_ts > now-3d` asks for a field of
that name. Most likely no profile has it, and so nobody is in the segment. Texts and dates stand in
double quotes: `name = "Bob"`, `lastvisit_ts > "now-3d"`. In single quotes and in square brackets a
word is a field as well.

The fix puts the word in double quotes. It changes what the segment means, and so it has to be asked
for. Numbers and dates of two fields are compared on purpose, and a field that the catalog knows is
one: neither is reported.

Bad::

    FILTER name = Bob ALIAS bobs

    FILTER lastvisit_ts > now-3d ALIAS recent

    FILTER country = 'US' ALIAS us

Good::

    FILTER name = "Bob" ALIAS bobs

    FILTER lastvisit_ts > "now-3d" ALIAS recent

    FILTER visitct > orders ALIAS lookers
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic
from segql.formatter import UnsayableError
from segql.formatter.spelling import string
from segql.linter.scope import Scope
from segql.linter.shape import Shape
from segql.syntax import nodes as n

_DATE_MATH = re.compile(r"now([+-]\w+)?")
# Numbers and dates of two fields are compared on purpose; texts of two fields hardly ever are.
_TEXT_OPERATORS = frozenset(("=", "!=", "CONTAINS", "LIKE"))


def concerns(shape: Shape) -> bool:
    """Whether a comparison may be wrong that looks so."""
    return shape.left is shape.right is n.Identifier


def check(comparison: n.Comparison, scope: Scope) -> Iterator[Diagnostic]:
    """Report a field on the right of an operator that looks like a text or a date."""
    right = likely_text(comparison, scope)
    if right:
        yield _problem(right)


def likely_text(node: n.Node, scope: Scope) -> n.Identifier | None:
    """The field on the right of a comparison, where it was likely meant as a text."""
    match node:
        case n.Comparison(n.Identifier(left), operator, n.Identifier(name) as right):
            is_likely = left != name and _is_likely_text(operator, right, scope)
            return right if is_likely else None  # a field beside itself: see self-comparison
        case _:
            return None


def _is_likely_text(operator: str, right: n.Identifier, scope: Scope) -> bool:
    if scope.fields[right.name]:
        return False
    is_quoted = scope.text[right.start] in "'["
    if is_quoted or _DATE_MATH.fullmatch(right.name):
        return True
    return operator in _TEXT_OPERATORS and "." not in right.name


def _problem(right: n.Identifier) -> Diagnostic:
    message = f"this compares with the field `{right.name}`, not with a text"
    try:
        text = string(right.name)
    except UnsayableError:
        help = "a text goes in double quotes"
        return diagnostic("field-as-value", right.start, right.end, message, help)
    fix = Fix("unsafe", f"write `{text}`", (Edit(right.start, right.end, text),))
    help = f"did you mean `{text}`?"
    return diagnostic("field-as-value", right.start, right.end, message, help, fix)
