"""A value stands twice in the list of IN or INTERSECTS. The second changes nothing; it may hide
that another value was meant, as lists are made by copying.

The fix removes the second. It is safe: a list holds a value, however often.

Only values that are written alike are reported: `1`, `1.0` and `"1"` may be told apart by a field
of texts.

Bad::

    FILTER country IN ("US", "CA", "US") ALIAS north_american

    FILTER interests INTERSECTS ("ski", "ski") ALIAS skiers

Good::

    FILTER country IN ("US", "CA", "MX") ALIAS north_american

    FILTER city IN ("berlin", "Berlin") ALIAS berliners
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.edits import fix, without_item
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(array: n.Array, scope: Scope) -> Iterable[Diagnostic]:
    """Report each value that stands before in the same list."""
    return _problems(array, scope) if len(set(array.items)) < len(array.items) else ()


def _problems(array: n.Array, scope: Scope) -> Iterator[Diagnostic]:
    seen: set[n.LiteralValue] = set()
    for index, item in enumerate(array.items):
        if item in seen:
            edit = without_item(scope.file, array, array.items, index)
            made = fix("remove it", [edit], is_safe=True)
            message = "this value stands in the list already"
            yield diagnostic("repeated-value", item.start, item.end, message, "remove it", made)
        seen.add(item)
