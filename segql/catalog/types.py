"""The types of fields, and the operators that work on each, as tables.

What the vendor documents and what the reference implementation of the language does beyond it are
two tables: a segment may use both, and only the first is promised.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, get_args

Shape = Literal["scalar", "set", "map", "geolocation", "timebuckets", "internal", "unknown"]
Value = Literal["string", "bool", "int", "number", "date"]
# What a function asks of an argument, where whole numbers and others are the same.
Kind = Literal[
    "string", "bool", "number", "date", "set", "map", "geolocation", "timebuckets", "any"
]

OPERATORS = (
    *("=", "!=", ">", ">=", "<", "<="),
    *("CONTAINS", "LIKE", "IN", "INTERSECTS", "BETWEEN", "EXISTS"),
)


class FieldType(NamedTuple):
    """The type of a field. ``name`` is its canonical spelling: "int", "[]string", ...

    ``value`` is the type of a scalar, of a set's items or of a map's values; None: not known.
    """

    name: str
    shape: Shape
    value: Value | None = None

    @property
    def kind(self) -> Kind:
        """What it is as an argument of a function; "any" where that is not known."""
        if self.shape == "scalar":
            return _SCALAR_KINDS[self.value] if self.value else "any"
        return "any" if self.shape in ("internal", "unknown") else self.shape

    @property
    def item(self) -> FieldType:
        """The type of a map's values and of a set's items; `UNKNOWN` for any other type."""
        is_many = self.shape in ("set", "map")
        return TYPES[self.value] if is_many and self.value else UNKNOWN

    @property
    def may_have_keys(self) -> bool:
        """Whether ``field.key`` can mean something. What the vendor keeps to itself may."""
        return self.shape not in ("scalar", "set")


_SCALAR_KINDS: dict[Value, Kind] = {
    "string": "string",
    "bool": "bool",
    "int": "number",
    "number": "number",
    "date": "date",
}
_VALUES: tuple[Value, ...] = get_args(Value)

UNKNOWN = FieldType("unknown", "unknown")
_ALL = (
    *(FieldType(value, "scalar", value) for value in _VALUES),
    *(FieldType(f"[]{value}", "set", value) for value in _VALUES),
    FieldType("[]value", "set"),
    *(FieldType(f"map[string]{value}", "map", value) for value in _VALUES),
    FieldType("map[string]value", "map"),
    FieldType("geolocation", "geolocation"),
    FieldType("[]timebucket", "timebuckets"),
    *(FieldType(name, "internal") for name in ("membership", "embedding", "dynamic", "flows")),
    UNKNOWN,
)
# Canonical name -> type.
TYPES: dict[str, FieldType] = {type.name: type for type in _ALL}

# Other spellings, in lower case, of what a scalar, an item or a map's value is; the vendor's page
# of the field types and the OpenAPI description of its API differ.
_SPELLINGS = {
    **dict.fromkeys(("text", "str"), "string"),
    "boolean": "bool",
    **dict.fromkeys(("integer", "long", "int32", "int64"), "int"),
    **dict.fromkeys(("float", "float32", "float64", "double"), "number"),
    **dict.fromkeys(("time", "datetime", "timestamp"), "date"),
    **dict.fromkeys(("any", "interface", "interface{}"), "value"),
}
# Other spellings of whole types.
_WHOLE_SPELLINGS = {
    **dict.fromkeys(("array", "list", "[]"), "[]value"),
    **dict.fromkeys(("object", "map"), "map[string]value"),
    **dict.fromkeys(("geo", "geopoint"), "geolocation"),
    **dict.fromkeys(("timebucket", "timebuckets", "[]timebuckets"), "[]timebucket"),
    "value": "unknown",
}
# `ts[]` is a set that remembers when each item was last seen.
_SPELLING = re.compile(r"(?P<many>(?:ts)?\[\]|map\[string\])?(?P<value>.*)", re.DOTALL)


def parse_type(text: str) -> FieldType | None:
    """The type that any spelling of it stands for; case and spaces do not matter.

    None for what is no known type. Source: the vendor's page of field types, the OpenAPI
    description of its API.
    """
    spelling = "".join(text.lower().split())
    found = _SPELLING.fullmatch(spelling)
    many, value = found.group("many", "value") if found else ("", spelling)
    name = (many or "").removeprefix("ts") + _SPELLINGS.get(value, value)
    return TYPES.get(_WHOLE_SPELLINGS.get(name, name))


def documented(type: FieldType) -> frozenset[str]:
    """The operators that the vendor documents for a field of this type."""
    return _operators(type, _DOCUMENTED)


def allowed(type: FieldType) -> frozenset[str]:
    """The operators that work on a field of this type, documented or not.

    Everything where the type says too little to tell. A comparison with NULL works on any type,
    and `> >= < <=` work on a text that holds a number, against a number; neither is in the table.
    """
    return _operators(type, _DOCUMENTED) | _operators(type, _UNDOCUMENTED)


def _operators(type: FieldType, table: dict[str, str]) -> frozenset[str]:
    says_enough = type.shape != "unknown" and (type.value or type.shape != "set")
    return frozenset(table[_row(type)].split() if says_enough else OPERATORS)


def _row(type: FieldType) -> str:
    """A row is named by a type, or else by the shape of several."""
    return type.name if type.name in _DOCUMENTED else type.shape


_NUMERIC = "= != > >= < <= BETWEEN EXISTS"
# Source: the vendor's table of field types and operators. `geodistance()` and `timewindow()` are
# for the two types that have no operator.
_DOCUMENTED = {
    "string": "= != CONTAINS LIKE IN EXISTS",
    "bool": "= != EXISTS",
    "int": _NUMERIC,
    "number": _NUMERIC,
    "date": "> >= < <= BETWEEN EXISTS",
    "[]date": "> < EXISTS",
    "set": "INTERSECTS IN EXISTS",
    "map": "INTERSECTS IN EXISTS",
    "geolocation": "",
    "timebuckets": "",
    "internal": "EXISTS",
}
# Source: what the reference implementation does. CONTAINS and LIKE look at each item of a set,
# and dates are compared with each date of a set.
_UNDOCUMENTED = {
    "string": "INTERSECTS",
    "bool": "",
    "int": "IN INTERSECTS",
    "number": "IN INTERSECTS",
    "date": "= !=",
    "[]date": "= != >= <= IN INTERSECTS",
    "set": "CONTAINS LIKE",
    "map": "",
    "geolocation": "EXISTS",
    "timebuckets": "EXISTS",
    "internal": "",
}
