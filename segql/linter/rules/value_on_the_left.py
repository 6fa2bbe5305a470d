"""`5 < visitct` is `visitct > 5`. Segments are read by their fields: with the field on the left the
eye finds it, and phrases about one field can be compared.

The fix turns the comparison around. It is unsafe: the server looks first at what stands on the
left, and so decides differently about a field that is explicitly null or of another type. `"true" =
x` holds for a bool, `x = "true"` cannot be evaluated.

Bad::

    FILTER 5 < visitct ALIAS regulars

    FILTER AND ("US" = country, EXISTS email) ALIAS american

Good::

    FILTER visitct > 5 ALIAS regulars

    FILTER AND (country = "US", EXISTS email) ALIAS american

    FILTER "ski" IN interests ALIAS skiers
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.comparisons import LITERALS, compared
from segql.linter.edits import fix, in_place
from segql.linter.phrases import shown
from segql.linter.scope import Scope
from segql.linter.shape import Shape
from segql.syntax import nodes as n


def concerns(shape: Shape) -> bool:
    """Whether a comparison may be wrong that looks so."""
    return shape.left in LITERALS


def check(comparison: n.Comparison, scope: Scope) -> Iterator[Diagnostic]:
    """Report each comparison with a literal on the left and none on the right."""
    for operand, operator, value, is_turned in compared(comparison):
        if is_turned:
            new = n.Comparison(operand, cast("Any", operator), value)
            help = f"write {shown(new, 'it on the right')}"
            made = fix(help, [in_place(scope.file, comparison, new)], is_safe=False)
            message = "the value stands to the left of what it is compared with"
            yield diagnostic("value-on-the-left", value.start, value.end, message, help, made)
