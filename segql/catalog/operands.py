"""The type of an operand, as far as a catalog tells it."""

from __future__ import annotations

from segql.catalog.functions import FUNCTIONS
from segql.catalog.model import DEFAULT_TABLE, Catalog
from segql.catalog.types import TYPES, FieldType
from segql.syntax.literals import number_value
from segql.syntax.nodes import Arithmetic, Boolean, Call, Identifier, Number, Operand, String


def type_of(operand: Operand, catalog: Catalog, table: str = DEFAULT_TABLE) -> FieldType | None:
    """The type of an operand; None where nothing is known of it.

    A number is an `int` where it is whole. Arithmetic gives a number, a function what
    `FUNCTIONS` says.
    """
    match operand:
        case Identifier(name=name):
            found = catalog.find(name, table)
            return found.type if found and found.type.shape != "unknown" else None
        case String():
            return TYPES["string"]
        case Number(text=text):
            return TYPES["int" if isinstance(number_value(text), int) else "number"]
        case Boolean():
            return TYPES["bool"]
        case Call(name=name):
            function = FUNCTIONS.get(name.lower())
            return function.result if function else None
        case Arithmetic():
            return TYPES["number"]
        case _:
            return None
