"""One of many profiles, told from the others by a value that it has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from segql.catalog import Catalog
from segql.profiles.model import Profile


def identities(catalog: Catalog | None, table: str) -> tuple[str, ...]:
    """The fields that tell the profiles of a table apart; () where nobody says which do."""
    fields = catalog.fields(table).values() if catalog else ()
    return tuple(field.name for field in fields if field.is_identity)


def has_value(profile: Profile, wanted: str, fields: tuple[str, ...]) -> bool:
    """Whether a profile has a value in one of some fields, as it is written; () are all fields."""
    return any(wanted in _texts(value) for value in _values(profile, fields))


def _values(profile: Profile, fields: tuple[str, ...]) -> Iterator[object]:
    if not fields:
        yield from profile.values()
    for name in fields:
        yield profile.get(name)


def _texts(value: object) -> tuple[str, ...]:
    """What an id can look like; of an array each item."""
    if isinstance(value, list):
        return tuple(map(str, cast("list[object]", value)))
    return () if value is None or isinstance(value, dict) else (str(value),)
