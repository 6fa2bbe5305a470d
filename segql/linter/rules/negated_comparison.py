"""`NOT country = "US"` is `country != "US"`, and `NOT country != "US"` is `country = "US"`: the
operator says it without a word that can be overlooked.

The fix writes the other operator. It is safe where the catalog says that the field is of the type
of the value. In a set of dates, or a text compared with a bool, the two are not the same, and so
without a catalog the fix is unsafe.

`NOT visitct > 5` is not reported: it matches whoever has no `visitct` as well, and `visitct <= 5`
does not. Nor is NOT of a comparison with NULL, true or false, unless the catalog says that it is
about a bool.

Bad::

    FILTER NOT country = "US" ALIAS abroad

    FILTER AND (EXISTS email, NOT is_member != true) ALIAS members

Good::

    FILTER country != "US" ALIAS abroad

    FILTER AND (EXISTS email, is_member = true) ALIAS members

    FILTER NOT visitct > 5 ALIAS rare
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.comparisons import LITERALS
from segql.linter.edits import fix, in_place, keyword
from segql.linter.facts import type_of
from segql.linter.phrases import has_own_type, shown
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(node: n.Not, scope: Scope) -> Iterator[Diagnostic]:
    """Report NOT of `=` and of `!=`."""
    match node.phrase:
        case n.Comparison(left, "=" | "!=" as operator) as comparison:
            pass
        case _:
            return
    is_safe = has_own_type(comparison, scope)
    if isinstance(left, LITERALS) or not (is_safe or _is_worth_it(comparison, scope)):
        return
    new = replace(comparison, operator="!=" if operator == "=" else "=", start=0, end=0)
    help = f"write {shown(new, f'`{new.operator}`')}"
    made = fix(help, [in_place(scope.file, node, new)], is_safe)
    message = f"NOT of `{operator}` is `{new.operator}`"
    yield diagnostic("negated-comparison", *keyword(scope.file, node), message, help, made)


def _is_worth_it(comparison: n.Comparison, scope: Scope) -> bool:
    """Whether the two say the same of the fields that the value belongs in."""
    type = type_of(comparison.left, scope)
    is_scalar = type is None or type.shape == "scalar"
    return is_scalar and isinstance(comparison.right, n.String | n.Number)
