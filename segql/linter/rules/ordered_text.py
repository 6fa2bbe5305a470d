"""The server compares a text with a number only where the text is one: `plan > 3` is true of "4",
and never of "gold" or of "4 stars". Whoever has another text silently falls out of the segment. The
vendor lists no order among the operators of texts.

Have the field stored as a number, or say with `tonumber(plan) > 3` that it is meant as one. Not
reported are two texts, of which neither is ever more than the other: see TYP002.

Bad::

    FILTER plan > 3 ALIAS high_plan

    FILTER AND (100 <= status, EXISTS email) ALIAS served

Good::

    FILTER tonumber(plan) > 3 ALIAS high_plan

    FILTER AND (score > 3, plan = "gold") ALIAS gold
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.scope import Scope
from segql.linter.shape import Shape
from segql.syntax import nodes as n

_ORDER = frozenset((">", ">=", "<", "<="))


def concerns(shape: Shape) -> bool:
    """Whether a comparison may be wrong that looks so."""
    return shape.has(n.Number) and any(type.name == "string" for type in shape.types)


def check(comparison: n.Comparison, scope: Scope) -> Iterator[Diagnostic]:
    """Report a text field that is more or less than a number."""
    match comparison:
        case n.Comparison(n.Identifier() as field, operator, n.Number()) if operator in _ORDER:
            yield from _problem(field, scope)
        case n.Comparison(n.Number(), operator, n.Identifier() as field) if operator in _ORDER:
            yield from _problem(field, scope)
        case _:
            pass


def _problem(field: n.Identifier, scope: Scope) -> Iterator[Diagnostic]:
    type = scope.types[field.name]
    if type and type.name == "string":
        message = "this is a string: only texts that are numbers can be more or less than a number"
        help = f"write `tonumber({field.name})`, or compare it with a text"
        yield diagnostic("ordered-text", field.start, field.end, message, help)
