"""What is known of the fields: what a catalog declares, and what their values look like."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from segql.catalog import DEFAULT_TABLE, TYPES, UNKNOWN, Catalog, Field, FieldType
from segql.catalog.infer import infer
from segql.emulator.models import timestamp
from segql.emulator.stores.database import Database

# By what profiles are put together where no catalog says it: table -> fields.
_USUAL_IDENTITIES: Mapping[str, tuple[str, ...]] = {DEFAULT_TABLE: ("_uid", "email", "user_id")}
_USUAL_ELSEWHERE = ("id", "url")

# Two types of values that were seen in one field -> the type that has both.
_WIDER = {
    frozenset({"int", "number"}): "number",
    frozenset({"date", "string"}): "string",
    frozenset({"geolocation", "string"}): "string",
}
_EMPTY: tuple[object, ...] = (None, "", [], {})


class StoredField(NamedTuple):
    """A field of a table, as one stream has it; what a catalog declares is of no stream."""

    table: str
    stream: str
    name: str
    type: str
    is_identity: bool
    description: str
    is_declared: bool
    created: str
    modified: str


_NAMES = ", ".join(f'"{name}"' for name in StoredField._fields)
# The column names are ours; every value is a parameter.
_SELECT = f"SELECT {_NAMES} FROM fields ORDER BY created, name"  # noqa: S608
_INSERT = f"INSERT INTO fields VALUES ({', '.join(f'${name}' for name in StoredField._fields)})"  # noqa: S608
_DELETE = 'DELETE FROM fields WHERE "table" = $table AND stream = $stream AND name = $name'
_UNDECLARE = 'DELETE FROM fields WHERE "table" = $table AND is_declared'

_Key = tuple[str, str, str]  # table, stream, name


class FieldStore:
    """The fields of every table; what a catalog declares is not changed by any value."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        rows = (StoredField(*row) for row in database.rows(_SELECT))
        self._fields: dict[_Key, StoredField] = {row[:3]: row for row in rows}
        self._catalog = self._made()
        self.generation = 0  # counts the changes

    @property
    def catalog(self) -> Catalog:
        """All fields with their types."""
        return self._catalog

    def streams(self) -> dict[str, list[StoredField]]:
        """The fields that each stream fills."""
        found: dict[str, list[StoredField]] = {}
        for field in [*self._fields.values()]:
            if not field.is_declared:
                found.setdefault(field.stream, []).append(field)
        return found

    def declared(self) -> dict[str, list[StoredField]]:
        """The fields that are declared, by table."""
        found: dict[str, list[StoredField]] = {}
        for field in [*self._fields.values()]:
            if field.is_declared:
                found.setdefault(field.table, []).append(field)
        return found

    def identities(self, table: str) -> tuple[str, ...]:
        """The fields by which the profiles of a table are put together."""
        fields = self._catalog.fields(table).values()
        declared = tuple(field.name for field in fields if field.is_identity)
        return declared or usual_identities(table)

    def declare(self, catalog: Catalog) -> None:
        """Take over what a catalog says of its tables, in place of what an earlier one did."""
        now = timestamp()
        with self._lock, self._database.writing() as connection:
            for table in catalog.tables:
                connection.execute(_UNDECLARE, {"table": table})
                old = [key for key, field in self._fields.items() if is_of(field, table)]
                for key in old:
                    del self._fields[key]
                for field in catalog.fields(table).values():
                    said = (field.type.name, field.is_identity, field.description)
                    self._write(StoredField(table, "", field.name, *said, True, now, now))
            self._change()

    def note(self, table: str, stream: str, profiles: Iterable[Mapping[str, Any]]) -> None:
        """Learn the types of fields from values that came in a stream."""
        seen = infer({n: v for n, v in p.items() if v not in _EMPTY} for p in profiles)
        now = timestamp()
        with self._lock, self._database.writing():
            is_changed = False
            for field in seen:
                is_changed |= self._note(table, stream, field, now)
            if is_changed:
                self._change()

    def _note(self, table: str, stream: str, field: Field, now: str) -> bool:
        old = self._fields.get((table, stream, field.name))
        if old is None:
            name = field.type.name
            self._write(StoredField(table, stream, field.name, name, False, "", False, now, now))
            return True
        wider = wider_type(TYPES[old.type], field.type).name
        if wider == old.type:
            return False
        self._write(old._replace(type=wider, modified=now))
        return True

    def _write(self, field: StoredField) -> None:
        key = field[:3]
        with self._database.writing() as connection:
            connection.execute(_DELETE, dict(zip(("table", "stream", "name"), key, strict=True)))
            connection.execute(_INSERT, field._asdict())
        self._fields[key] = field

    def _change(self) -> None:
        self._catalog = self._made()
        self.generation += 1

    def _made(self) -> Catalog:
        tables: dict[str, dict[str, Field]] = {}
        # What is declared comes last: it is what holds.
        for stored in sorted(self._fields.values(), key=lambda field: field.is_declared):
            fields = tables.setdefault(stored.table, {})
            fields[stored.name] = _field(stored, fields.get(stored.name))
        return Catalog({table: fields.values() for table, fields in tables.items()})


def usual_identities(table: str) -> tuple[str, ...]:
    """By what the profiles of a table are put together where no catalog says it."""
    return _USUAL_IDENTITIES.get(table, _USUAL_ELSEWHERE)


def wider_type(one: FieldType, other: FieldType) -> FieldType:
    """The type of a field that has values of both; unknown where they contradict each other."""
    if one == other:
        return one
    if one.shape == other.shape and one.shape in ("set", "map"):
        prefix = "[]" if one.shape == "set" else "map[string]"
        item = _WIDER.get(frozenset({one.item.name, other.item.name}), "value")
        return TYPES[prefix + item]
    return TYPES[_WIDER.get(frozenset({one.name, other.name}), UNKNOWN.name)]


def is_of(field: StoredField, table: str) -> bool:
    """Whether a catalog declares a field of this table."""
    return field.is_declared and field.table == table


def _field(stored: StoredField, other: Field | None) -> Field:
    type = TYPES[stored.type]
    sources = [other.source] if other and other.source else []
    if other and not stored.is_declared:
        type = wider_type(other.type, type)
    if stored.stream and stored.stream not in sources:
        sources.append(stored.stream)
    return Field(
        stored.name,
        type,
        stored.description,
        stored.is_identity,
        source=", ".join(sources),
    )
