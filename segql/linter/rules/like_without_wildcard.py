"""LIKE compares with the whole text. Without a wildcard `city LIKE "Berlin"` finds "Berlin" and
nothing else, not "East Berlin"; `=` says that, and does not look like a search. The wildcards are
`*` and `%` for any text and `?` for one character; `_` is none.

The fix writes `=`. It is unsafe: for a field that is explicitly null LIKE cannot be evaluated,
`=` does not match, and on a set only LIKE looks at each item. Where the catalog says that the field
is a set of texts the fix writes `INTERSECTS`, and is safe.

Patterns with a bracket, a brace or a backslash are not reported: they may fit other texts.

Bad::

    FILTER city LIKE "Berlin" ALIAS berliners

    FILTER email NOT LIKE "info_example.com" ALIAS people

    FILTER interests LIKE "ski" ALIAS skiers

Good::

    FILTER city LIKE "*Berlin*" ALIAS berliners

    FILTER city = "Berlin" ALIAS berliners_proper

    FILTER interests INTERSECTS ("ski") ALIAS skiers
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.comparisons import LITERALS
from segql.linter.edits import fix, in_place, is_negated_inside
from segql.linter.facts import type_of
from segql.linter.phrases import shown
from segql.linter.scope import Scope
from segql.linter.shape import Shape
from segql.syntax import nodes as n

_SPECIAL = re.compile(r"[*%?\[\]{}\\]")


def concerns(shape: Shape) -> bool:
    """Whether a comparison may be wrong that looks so."""
    return shape.operator == "LIKE" and shape.right is n.String


def check(comparison: n.Comparison, scope: Scope) -> Iterator[Diagnostic]:
    """Report each LIKE of a pattern that only one text fits."""
    left, pattern = comparison.left, comparison.right
    if comparison.operator != "LIKE" or not isinstance(pattern, n.String):
        return
    if isinstance(left, LITERALS) or _SPECIAL.search(pattern.value):
        return
    type = type_of(left, scope)
    if type is not None and type.name not in ("string", "[]string"):
        return  # the operator is wrong, not the pattern
    is_set = type is not None and type.shape == "set"
    new = _equal(comparison, pattern, is_set, scope)
    text = shown(new, "`INTERSECTS`" if is_set else "`=`")
    help = f"write {text}, or a wildcard: `*` is any text, `?` one character"
    made = fix(f"write {text}", [in_place(scope.file, comparison, new)], is_safe=is_set)
    message = "without a wildcard LIKE finds this very text and nothing else"
    yield diagnostic("like-without-wildcard", pattern.start, pattern.end, message, help, made)


def _equal(comparison: n.Comparison, pattern: n.String, is_set: bool, scope: Scope) -> n.Phrase:
    """The phrase without LIKE; with the NOT that stands inside it, as in `a NOT LIKE "x"`."""
    is_negated = is_negated_inside(scope.file, comparison)
    if is_set:
        overlap = n.Membership(comparison.left, "INTERSECTS", n.Array((pattern,)))
        return n.Not(overlap) if is_negated else overlap
    return n.Comparison(comparison.left, "!=" if is_negated else "=", pattern)
