"""What the catalog knows of the fields that a statement speaks of, in the words of messages."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from segql.diagnostics import did_you_mean
from segql.linter.scope import Scope
from segql.syntax import nodes as n

if TYPE_CHECKING:
    from segql.catalog import Catalog, FieldType, Found

MATCH_ALL = "match_all"  # reads as a field, and is another way to write *


def found(operand: n.Node, scope: Scope) -> Found | None:
    """The field, or the key of a map, that an operand is; None where no catalog knows it."""
    return scope.fields[operand.name] if isinstance(operand, n.Identifier) else None


def type_of_field(operand: n.Node, scope: Scope) -> FieldType | None:
    """The type of a field; None for what is no field, and where its type is not known."""
    return scope.types[operand.name] if isinstance(operand, n.Identifier) else None


def type_of_operand(operand: n.Operand, scope: Scope) -> FieldType | None:
    """The type of any operand: of a function its result, which needs no catalog."""
    if isinstance(operand, n.Identifier):
        return scope.types[operand.name]
    from segql.catalog.model import Catalog
    from segql.catalog.operands import type_of

    return type_of(operand, scope.catalog or Catalog(), scope.table)


@lru_cache(maxsize=4096)  # a field that is misspelt in one segment is so in others
def near_field(name: str, catalog: Catalog, table: str) -> str | None:
    """The field of a table, or the key of a map, that a misspelt name may mean."""
    fields = catalog.fields(table)
    near = did_you_mean(name, fields)
    owner, dot, key = name.partition(".")
    if near is None and dot:
        maps = (name for name, field in fields.items() if field.type.shape == "map")
        near_owner = did_you_mean(owner, maps)
        return near_owner and f"{near_owner}.{key}"
    return near


def a(type: FieldType) -> str:
    """A type with its article: "an int", "a []string"."""
    return f"{'an' if type.name[0] in 'aeiou' else 'a'} {type.name}"
