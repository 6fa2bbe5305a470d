"""`country IN ("US")` is `country = "US"`. Who reads a list looks for its other values.

The fix writes `=`, and `!=` for `NOT IN`. It is unsafe: for a field that is explicitly null IN
cannot be evaluated, and `=` does not match.

Reported is only what the catalog calls a text or a number, and functions that return one. In sets
and maps IN asks for any item or key, which `=` does not.

Bad::

    FILTER country IN ("US") ALIAS american

    FILTER AND (visitct NOT IN (0), EXISTS email) ALIAS active

    FILTER tolower(city) IN ("berlin") ALIAS berliners

Good::

    FILTER country = "US" ALIAS american

    FILTER country IN ("US", "CA") ALIAS north_american

    FILTER interests IN ("ski") ALIAS skiers
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.comparisons import LITERALS
from segql.linter.edits import fix, in_place, is_negated_inside
from segql.linter.facts import type_of
from segql.linter.phrases import shown
from segql.linter.scope import Scope
from segql.linter.shape import Shape
from segql.syntax import nodes as n


def concerns(shape: Shape) -> bool:
    """Whether a comparison may be wrong that looks so."""
    is_known = shape.left_type is not None or shape.left is not n.Identifier
    return shape.operator == "IN" and shape.right is n.Array and is_known


def check(membership: n.Membership, scope: Scope) -> Iterator[Diagnostic]:
    """Report each IN of one value on a field that has one value."""
    match membership:
        case n.Membership(left, "IN", n.Array((n.String() | n.Number() as value,)) as array):
            type = type_of(left, scope) if not isinstance(left, LITERALS) else None
        case _:
            return
    kinds = ("string",) if isinstance(value, n.String) else ("int", "number")
    if type is None or type.name not in kinds:
        return
    is_negated = is_negated_inside(scope.file, membership)
    new = n.Comparison(left, "!=" if is_negated else "=", value)
    help = f"write {shown(new, f'`{new.operator}`')}"
    made = fix(help, [in_place(scope.file, membership, new)], is_safe=False)
    message = f"a list of one value: this is `{new.operator}`"
    yield diagnostic("in-one-value", array.start, array.end, message, help, made)
