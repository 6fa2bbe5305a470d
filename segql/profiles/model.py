"""What comes out of a file of profiles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

Profile: TypeAlias = dict[str, Any]


class BadProfile(NamedTuple):
    """What could not be read: where, as "line 3" ("" for the file as a whole), and why."""

    place: str
    reason: str


Profiles: TypeAlias = Iterator[Profile | BadProfile]
