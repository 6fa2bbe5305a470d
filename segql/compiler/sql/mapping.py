"""Where the fields of a profile are in a table."""

from __future__ import annotations

from typing import Any

import msgspec


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where the value of a field is: a column, or something in a column.

    ``map`` is a key of a MAP column, ``struct`` the fields that lead to it in a STRUCT column,
    ``json`` the keys that lead to it in a JSON column. In JSON what is missing and what is null
    differ; anywhere else SQL's NULL is what is missing, unless ``null`` names a bool column that
    is true where it stands for null instead.
    """

    column: str
    map: str | None = None
    struct: tuple[str, ...] = ()
    json: tuple[str, ...] | None = None
    null: str | None = None


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A table of profiles, one a row.

    Without ``fields`` each field is the column of its name, and ``field.key`` a key of its MAP;
    with ``json`` all of the profile is an object in that column. ``fields`` has what is elsewhere:
    a `Place`, or only the name of a column. ``id`` are the columns that are asked for; none: all.
    Names of columns are taken exactly, also by dialects that fold them otherwise.
    """

    table: str = "profiles"  # also "schema.table" and "catalog.schema.table"
    id: tuple[str, ...] = ()
    json: str | None = None
    fields: dict[str, Place | str] = {}

    def place(self, name: str) -> Place | None:
        """The place that is stated for a name, or for the map before its first dot."""
        exact = self._stated(name)
        if exact is not None:
            return exact
        owner, dot, key = name.partition(".")
        whole = self._stated(owner) if dot else None
        return whole and _inside(whole, key)

    def _stated(self, name: str) -> Place | None:
        said = self.fields.get(name)
        return Place(said) if isinstance(said, str) else said


def _inside(place: Place, key: str) -> Place | None:
    """The value at a key of a map; None where no place can say it."""
    if place.json is not None:
        return msgspec.structs.replace(place, json=(*place.json, key))
    changes: dict[str, Any] = {"map": key}
    return None if place.map is not None else msgspec.structs.replace(place, **changes)
