"""How what is told of a person becomes one profile.

A profile is known by the values of its identity fields. What comes in with one that is known is
merged into that profile; what has several joins their profiles to the oldest of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

import msgspec

Profile = dict[str, Any]


def merged(older: Mapping[str, Any], newer: Mapping[str, Any]) -> Profile:
    """Put two profiles together, field by field.

    A list gets the items that it does not have yet, a map the newer value of each key, and any
    other field the newer value. A null says nothing, where there is a value.
    """
    told = {name: value for name, value in newer.items() if value is not None or name not in older}
    return {**older, **{name: _joined(older.get(name), value) for name, value in told.items()}}


def _joined(old: Any, new: Any) -> Any:
    if isinstance(old, list) and isinstance(new, list):
        return _with_new_items(cast("list[Any]", old), cast("list[Any]", new))
    if isinstance(old, dict) and isinstance(new, dict):
        told = {key: value for key, value in cast("Profile", new).items() if value is not None}
        return {**cast("Profile", old), **told}
    return new


def _with_new_items(old: list[Any], new: list[Any]) -> list[Any]:
    seen = {_encoded(item) for item in old}
    added: list[Any] = []
    for item in new:
        if (text := _encoded(item)) not in seen:
            seen.add(text)
            added.append(item)
    return old + added


def _encoded(item: object) -> bytes:
    return msgspec.json.encode(item, enc_hook=str)


def identity_key(field: str, value: object) -> str:
    """An identity as one text; the number 12 and the text "12" are the same one."""
    return msgspec.json.encode([field, str(value)]).decode()


def identity_values(profile: Mapping[str, Any], fields: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """The identities of a profile, as field and value; a list has one an item."""
    for field in fields:
        value = profile.get(field)
        for item in cast("list[Any]", value) if isinstance(value, list) else [value]:
            if isinstance(item, str | int | float) and not isinstance(item, bool) and item != "":
                yield field, item


class Merge:
    """What comes of profiles that are added in one step, before anything is written.

    Args:
        owners: whose each identity is (the number of a profile), as far as they are concerned.
        profiles: the profiles of these numbers.
        following: the number of the next new profile.
    """

    def __init__(
        self, owners: dict[str, int], profiles: dict[int, Profile], following: int
    ) -> None:
        self.profiles = profiles
        self.following = following
        self.changed: set[int] = set()
        self.keys: dict[str, int] = {}  # those that are new
        self.winners: dict[int, int] = {}  # of profiles that were joined to another
        self._owners = owners

    def add(self, keys: Iterable[str], profile: Profile, defaults: Mapping[str, Any]) -> None:
        """Merge a profile in; `defaults` are fields that a new one gets."""
        keys = list(keys)
        found = sorted({owner for key in keys if (owner := self._owner(key)) is not None})
        if not found:
            number, self.following = self.following, self.following + 1
            self.profiles[number] = {**defaults, **profile}
        else:
            number = self._join(found)
            self.profiles[number] = merged(self.profiles[number], profile)
        self.changed.add(number)
        for key in keys:
            if key not in self._owners:
                self._owners[key] = self.keys[key] = number

    def final(self, number: int) -> int:
        """The profile that one was joined to, if it was, and to which that one was, and so on."""
        while number in self.winners:
            number = self.winners[number]
        return number

    def _owner(self, key: str) -> int | None:
        number = self._owners.get(key)
        return None if number is None else self.final(number)

    def _join(self, numbers: list[int]) -> int:
        oldest, *others = numbers
        for number in others:
            self.profiles[oldest] = merged(self.profiles[oldest], self.profiles.pop(number))
            self.winners[number] = oldest
            self.changed.discard(number)
        return oldest
