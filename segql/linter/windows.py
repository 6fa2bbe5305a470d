"""Windows of time: which bounds by dates the phrases of one AND give a field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from segql.linter.comparisons import ORDER, compared
from segql.linter.scope import Scope
from segql.syntax import nodes as n

_LOWER = frozenset((">", ">="))
# Of these the first ten characters are the day, and days are in the order of their texts.
_FIXED = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?:[Tt ].*)?", re.DOTALL)


class Bound(NamedTuple):
    """A field is later or earlier than a date."""

    phrase: n.Node
    field: n.Identifier
    operator: str
    value: n.String

    @property
    def is_lower(self) -> bool:
        """Whether the field is later than the date."""
        return self.operator in _LOWER

    @property
    def day(self) -> str | None:
        """The day of a fixed date, as "2026-01-31"; None for date math and other texts."""
        return self.value.value[:10] if _FIXED.fullmatch(self.value.value) else None


def bounds_of(phrase: n.Node, scope: Scope) -> Iterable[Bound]:
    """The bounds that a comparison or BETWEEN gives a field that may be a date."""
    if isinstance(phrase, n.Comparison):
        has_text = n.String in (type(phrase.left), type(phrase.right))
        may_be = has_text and phrase.operator in ORDER
    else:
        may_be = isinstance(phrase, n.Between)
    return _bounds_of(phrase, scope) if may_be else ()


def _bounds_of(phrase: n.Node, scope: Scope) -> Iterator[Bound]:
    for operand, operator, value, _ in compared(phrase):
        if isinstance(value, n.String) and isinstance(operand, n.Identifier) and operator in ORDER:
            type = scope.types[operand.name]
            if type is None or type.value in (None, "date"):
                yield Bound(phrase, operand, operator, value)


def windows(node: n.And, scope: Scope) -> list[list[Bound]]:
    """The bounds of each field that the phrases of an AND give more than one."""
    return scope.once(_windows, node)


def _windows(node: n.And, scope: Scope) -> list[list[Bound]]:
    by_field: dict[str, list[Bound]] = {}
    for phrase in node.phrases:
        for bound in bounds_of(phrase, scope):
            by_field.setdefault(bound.field.name, []).append(bound)
    return [bounds for bounds in by_field.values() if len(bounds) > 1]
