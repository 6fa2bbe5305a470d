"""A map holds many values, each under a key. The field alone has none that could be compared:
`counts > 5` cannot be evaluated. One of its values is named by its key, as in `counts.web > 5`;
whether a key is there is asked by INTERSECTS.

The fix is unsafe. Where the catalog knows of one key only, it takes that; where a text is looked
for in a map of numbers, dates or bools, it asks for the key: `counts INTERSECTS ("web")`.

Reported are comparisons, BETWEEN, LIKE and CONTAINS with a field that the catalog knows as a map.
IN and INTERSECTS look for keys and EXISTS for any: these are fine, and so is NULL.

Bad::

    FILTER counts > 5 ALIAS frequent

    FILTER counts = "web" ALIAS came_by_web

Good::

    FILTER counts.web > 5 ALIAS frequent

    FILTER counts INTERSECTS ("web") ALIAS came_by_web
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from segql.diagnostics import Diagnostic, Fix, diagnostic
from segql.linter.comparisons import LITERALS, guess_name, guess_phrase
from segql.linter.known import found
from segql.linter.scope import Scope
from segql.linter.shape import Shape
from segql.syntax import nodes as n

if TYPE_CHECKING:
    from segql.catalog import Found

_SHOWN = 3


def concerns(shape: Shape) -> bool:
    """Whether a comparison may be wrong that looks so."""
    return any(type.shape == "map" for type in shape.types)


def check(node: n.Comparison | n.Between, scope: Scope) -> Iterator[Diagnostic]:
    """Report each map that is compared as if it were a value."""
    if scope.catalog is None:
        return
    field, other = _parts(node)
    known = found(field, scope)
    if known and known.type.shape == "map" and not isinstance(other, n.Null):
        message = f"`{known.field.name}` is a map, and only its values can be compared"
        help, fix = _meant(node, field, other, known, scope)
        yield diagnostic("map-without-key", field.start, field.end, message, help, fix)


def _parts(node: n.Comparison | n.Between) -> tuple[n.Operand, n.Operand | None]:
    if isinstance(node, n.Between):
        return node.operand, None
    is_turned = isinstance(node.left, LITERALS)
    return (node.right, node.left) if is_turned else (node.left, node.right)


def _meant(
    node: n.Comparison | n.Between,
    field: n.Operand,
    other: n.Operand | None,
    known: Found,
    scope: Scope,
) -> tuple[str, Fix | None]:
    match node, field, other:
        case n.Comparison(_, operator), n.Identifier(), n.String() if _asks_for_key(
            operator, known
        ):
            phrase: n.Phrase = n.Membership(field, "INTERSECTS", n.Array((other,)))
            phrase = n.Not(phrase) if operator == "!=" else phrase
            text, fix = guess_phrase(scope, node, phrase)
            return f"did you mean the key: `{text}`?", fix
        case _:
            pass
    keys = [f"{known.field.name}.{key}" for key in known.field.keys[:_SHOWN]]
    help = f"name a key: {' or '.join(f'`{key}`' for key in keys or [known.field.name + '.key'])}"
    return help, guess_name(scope, field, keys[0]) if len(known.field.keys) == 1 else None


def _asks_for_key(operator: str, known: Found) -> bool:
    """Whether a text cannot be one of the values, so that a key must be meant."""
    return operator in ("=", "!=", "CONTAINS") and known.type.value not in (None, "string")
