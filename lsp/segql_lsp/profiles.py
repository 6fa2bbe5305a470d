"""The files of profiles that the configuration names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from segql.catalog import Catalog
from segql.profiles import BadProfile, Profile, read_profiles
from segql.profiles.choosing import has_value, identities

_LINE = re.compile(r"line (\d{1,12})", re.IGNORECASE)
_WITH_HEADER = frozenset((".csv", ".tsv"))


class ProfileError(Exception):
    """Profiles that cannot be used: the text says why, ``help`` what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


def require_files(paths: Sequence[Path]) -> None:
    """Raise `ProfileError` for a path that is no file: a pipe would have to be waited for."""
    for path in paths:
        if not path.is_file():
            message = f"there is no file {path}"
            raise ProfileError(message, "name the files of `profiles` in the configuration anew")


def profiles(path: Path, catalog: Catalog) -> Iterator[Profile]:
    """The profiles of a file that can be read. Raises ``OSError``."""
    return (item for item in _items(path, catalog) if not isinstance(item, BadProfile))


def chosen(paths: Sequence[Path], catalog: Catalog, table: str, wanted: str) -> Profile:
    """The first profile that a value identifies, or that stands where ``line 12`` says.

    The value is looked for in the fields that the catalog says identify, or else in any; lines are
    those of the first file. Raises `ProfileError` and ``OSError``.
    """
    require_files(paths)
    wanted = wanted.strip()
    if place := _LINE.fullmatch(wanted):
        return _at_line(paths[0], catalog, int(place[1]))
    fields = identities(catalog, table)
    count = 0
    for path in paths:
        for profile in profiles(path, catalog):
            if has_value(profile, wanted, fields):
                return profile
            count += 1
    where = f"in {', '.join(f'`{name}`' for name in fields)}" if fields else "in any field"
    message = f"none of {count:,} profile{'' if count == 1 else 's'} has this value {where}"
    raise ProfileError(message, "write another value, or a place such as `line 12`")


def _at_line(path: Path, catalog: Catalog, line: int) -> Profile:
    """The profile that a line of a file holds, if each holds one."""
    place = line - (2 if _WITH_HEADER.intersection(path.suffixes) else 1)
    found = next(islice(_items(path, catalog), place, None), None) if place >= 0 else None
    if found is None:
        raise ProfileError(f"there is no profile on line {line} of {path}", "write another line")
    if isinstance(found, BadProfile):
        raise ProfileError(f"line {line} of {path} cannot be read: {found.reason}", "mend it")
    return found


def _items(path: Path, catalog: Catalog) -> Iterator[Profile | BadProfile]:
    with path.open("rb") as stream:
        yield from read_profiles(stream, path, find=catalog.find)
