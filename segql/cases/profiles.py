"""How the profile of a case is put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any, cast

from segql.cases.model import Profile

# TOML has no null, and a row has to have a value for each column.
MISSING, NULL = "<missing>", "<null>"


def changed(
    base: Profile, change: Mapping[str, Any], missing: Iterable[str] = (), null: Iterable[str] = ()
) -> Profile:
    """A copy with some fields of other values, some taken away, and some that are null."""
    profile = deepcopy(base)
    for name, value in change.items():
        put(profile, name, value)
    for name in missing:
        take_away(profile, name)
    for name in null:
        put(profile, name, None)
    return profile


def of_row(base: Profile, columns: Iterable[str], cells: Iterable[Any]) -> Profile:
    """The profile of a row of a table."""
    row = dict(zip(columns, cells, strict=True))
    missing = [name for name, cell in row.items() if cell == MISSING]
    null = [name for name, cell in row.items() if cell == NULL]
    values = {name: cell for name, cell in row.items() if cell not in (MISSING, NULL)}
    return changed(base, values, missing, null)


def put(profile: Profile, name: str, value: Any) -> None:
    """Give a field a value: that of ``a.b`` goes into the map ``a``.

    Of two maps the keys are put together, as TOML does it.
    """
    owner, key = _place(profile, name)
    old = owner.get(key)
    if isinstance(old, dict) and isinstance(value, dict):
        for inner, part in cast("dict[str, Any]", value).items():
            cast("dict[str, Any]", old)[inner] = part
    else:
        owner[key] = value


def take_away(profile: Profile, name: str) -> None:
    """Let the profile not have a field, or a map not a key."""
    owner, key = _place(profile, name, makes=False)
    owner.pop(key, None)


def _place(profile: Profile, name: str, makes: bool = True) -> tuple[dict[str, Any], str]:
    """What holds a field, and its key there: as it is looked up, split at the first dot."""
    owner, dot, key = name.partition(".")
    if not dot or not key or name in profile:
        return profile, name
    if makes and not isinstance(profile.get(owner), dict):
        profile[owner] = {}
    found = profile.get(owner)
    return (cast("dict[str, Any]", found), key) if isinstance(found, dict) else (profile, name)
