"""Profiles in the order of a field, and the fields of them that are wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from segql.catalog.dates import parse_date
from segql.catalog.types import FieldType
from segql.emulator.merging import Profile

# What says when somebody was last seen, in either document; the first that a profile has counts.
LAST_SEEN = ("last_active_ts", "last_visit_ts", "lastvisit_ts")

_Key = tuple[int, Any]
Key = Callable[[Profile], _Key | None]
_NOTHING = object()


def key_of_field(name: str, type: FieldType | None) -> Key:
    """What profiles are ordered by: numbers before texts; None where there is no such value."""
    is_date = type is not None and type.value == "date"

    def key(profile: Profile) -> _Key | None:
        value = value_of(profile, name)
        return _date(value) or _plain(value) if is_date else _plain(value)

    return key


def key_of_last_seen(profile: Profile) -> _Key | None:
    """What profiles are ordered by that were seen lately."""
    return next(filter(None, (_date(profile.get(name)) for name in LAST_SEEN)), None)


def ordered(keys: Iterable[tuple[_Key | None, int]], descending: bool) -> list[int]:
    """The second items in the order of the first; those without any come last."""
    with_key: list[tuple[_Key, int]] = []
    without: list[int] = []
    for key, item in keys:
        if key is None:
            without.append(item)
        else:
            with_key.append((key, item))
    with_key.sort(key=lambda pair: pair[0], reverse=descending)
    return [item for _, item in with_key] + without


def picked(profile: Profile, names: list[str]) -> Profile:
    """A profile with these fields only, or with all where none is named."""
    if not names:
        return profile
    found = ((name, value_of(profile, name)) for name in names)
    return {name: value for name, value in found if value is not _NOTHING}


def value_of(profile: Profile, name: str) -> Any:
    """The value of a name as segments have it: the field itself, else a map and a key of it."""
    if name in profile:
        return profile[name]
    owner, _, key = name.partition(".")
    inner = profile.get(owner)
    return cast("Profile", inner).get(key, _NOTHING) if isinstance(inner, dict) else _NOTHING


def _plain(value: object) -> _Key | None:
    if isinstance(value, int | float):
        return (0, value)
    return (1, value) if isinstance(value, str) else None


def _date(value: object) -> _Key | None:
    found = parse_date(str(value)) if isinstance(value, str | int) else None
    return (0, found.timestamp()) if found else None
