"""What is seen of a comparison at a glance, and suffices to know which rules it may concern."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, NamedTuple

from segql.linter.scope import Scope
from segql.syntax import nodes as n

if TYPE_CHECKING:
    from segql.catalog import FieldType


class Shape(NamedTuple):
    """The operator of a comparison, of IN or of BETWEEN, and what is beside it.

    Of each side the class and, where it is a field, the type if that is known. Of BETWEEN the
    operand stands on the left, the low bound on the right, and then there is the high one.
    """

    kind: type[n.Node]
    operator: str
    left: type[n.Node]
    right: type[n.Node]
    left_type: FieldType | None = None
    right_type: FieldType | None = None
    high: type[n.Node] | None = None

    def has(self, kind: type[n.Node]) -> bool:
        """Whether one of the sides is of a class."""
        return kind in (self.left, self.right, self.high)

    @property
    def types(self) -> list[FieldType]:
        """The types of the fields, where they are known."""
        return [type for type in (self.left_type, self.right_type) if type]


def shape_of(node: n.Node, scope: Scope) -> Hashable:
    """The class of a node; of what is compared, the shape, as a plain tuple: that is faster."""
    # For the same reason no isinstance: of a msgspec class it says no three times more slowly.
    kind, types = type(node), scope.types
    if type(node) is n.Comparison or type(node) is n.Membership:
        left, right = node.left, node.right
        left_type = types[left.name] if type(left) is n.Identifier else None
        right_type = types[right.name] if type(right) is n.Identifier else None
        return kind, node.operator, type(left), type(right), left_type, right_type
    if type(node) is n.Between:
        left = node.operand
        left_type = types[left.name] if type(left) is n.Identifier else None
        return kind, "BETWEEN", type(left), type(node.low), left_type, None, type(node.high)
    return kind
