"""A catalog: the fields of each table, with their types and what was seen in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from segql.catalog.types import TYPES, UNKNOWN, FieldType, parse_type
from segql.diagnostics import did_you_mean

DEFAULT_TABLE = "user"  # what a segment without FROM is about
_NO_FIELDS: Mapping[str, Field] = MappingProxyType({})


class Field(msgspec.Struct, frozen=True):
    """A field of a table."""

    name: str
    type: FieldType
    description: str = ""
    is_identity: bool = False  # profiles are put together by it
    examples: tuple[str, ...] = ()  # values that were seen, the most frequent first
    keys: tuple[str, ...] = ()  # keys of a map that were seen, the most frequent first
    source: str = ""  # the streams of data that fill it


class Found(NamedTuple):
    """What a name means: a field, or the value at a ``key`` of a map field.

    ``type`` is that of the field or value. Where a key is asked of a field that is no map, as in
    ``visitct.x``, it is unknown.
    """

    field: Field
    key: str | None
    type: FieldType


class Catalog:
    """The fields of tables. It does not change, and an empty one knows nothing.

    Names of tables are compared in lower case, those of fields as the server does: exactly.
    """

    def __init__(self, fields_by_table: Mapping[str, Iterable[Field]] | None = None) -> None:
        tables: dict[str, dict[str, Field]] = {}
        for table, fields in (fields_by_table or {}).items():
            tables.setdefault(table.lower(), {}).update((field.name, field) for field in fields)
        self._tables = tables

    @classmethod
    def from_types(cls, types: Mapping[str, str], table: str = DEFAULT_TABLE) -> Catalog:
        """A catalog from names and types: ``{"visitct": "int", "tags": "[]string"}``.

        Raises ``ValueError`` for a type that does not exist.
        """
        return cls({table: [Field(name, _type(name, text)) for name, text in types.items()]})

    @property
    def tables(self) -> frozenset[str]:
        """The names of the tables, in lower case."""
        return frozenset(self._tables)

    def fields(self, table: str = DEFAULT_TABLE) -> Mapping[str, Field]:
        """The fields of a table by name; none for a table that is not there."""
        fields = self._tables.get(table.lower())
        return _NO_FIELDS if fields is None else MappingProxyType(fields)

    def find(self, name: str, table: str = DEFAULT_TABLE) -> Found | None:
        """What a name means in a table; None for no field.

        As the server does it: the name itself, else a map and a key, split at the first dot.
        """
        fields = self._tables.get(table.lower(), _NO_FIELDS)
        field = fields.get(name)
        if field is not None:
            return Found(field, None, field.type)
        owner, dot, key = name.partition(".")
        field = fields.get(owner) if dot else None
        if field is None:
            return None
        return Found(field, key, field.type.item if field.type.shape == "map" else UNKNOWN)

    @cached_property
    def fingerprint(self) -> str:
        """A text that changes when anything in the catalog does, and only then."""
        from hashlib import sha256  # slow to import, and few ask

        tables = {name: sorted(fields.items()) for name, fields in sorted(self._tables.items())}
        return sha256(msgspec.json.encode(tables)).hexdigest()

    def __or__(self, other: Catalog) -> Catalog:
        """Both catalogs as one; a field that both have is taken from the other."""
        if not isinstance(other, Catalog):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        names = self.tables | other.tables
        return Catalog({n: [*self.fields(n).values(), *other.fields(n).values()] for n in names})

    def __eq__(self, other: object) -> bool:
        """Whether both say the same, in whatever order."""
        return isinstance(other, Catalog) and self._tables == other._tables

    def __hash__(self) -> int:
        """Equal catalogs have equal hashes."""
        return hash(self.fingerprint)

    def __repr__(self) -> str:
        counts = (f"{name}: {len(fields)} fields" for name, fields in self._tables.items())
        return f"Catalog({', '.join(counts)})"


def _type(name: str, text: str) -> FieldType:
    found = parse_type(text)
    if found is not None:
        return found
    near = did_you_mean(text, TYPES)
    hint = f"did you mean `{near}`?" if near else f"the types are {', '.join(TYPES)}"
    raise ValueError(f"`{name}`: there is no type `{text}`; {hint}")
