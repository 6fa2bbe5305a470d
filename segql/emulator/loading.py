"""Profiles from files, before anybody is let in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from segql.catalog import Found
from segql.emulator.errors import EmulatorError
from segql.emulator.merging import Profile
from segql.emulator.state import State
from segql.profiles import BadProfile, read_profiles

_AT_ONCE = 5000  # profiles
_MOST_TOLD = 10  # profiles of a file that cannot be read
_HELP = "Give one JSON object a line, a JSON list, CSV with a header, or Parquet."


class ProfileFile(NamedTuple):
    """A file of profiles, and the table that they are of."""

    path: Path
    table: str = "user"


def load(state: State, files: Iterable[ProfileFile], tell: Callable[[str], object]) -> None:
    """Merge the profiles of files into the account.

    Args:
        state: the account.
        files: of any format of `segql.profiles`, and of any size.
        tell: called with a line for each profile that cannot be read.

    Raises:
        EmulatorError: a file cannot be read, or has no profile.
    """
    for file in files:
        if not _load(state, file, tell):
            raise EmulatorError(f"there is no profile in {file.path}", _HELP)


def _load(state: State, file: ProfileFile, tell: Callable[[str], object]) -> int:
    def find(name: str) -> Found | None:
        return state.fields.catalog.find(name, file.table)

    table = file.table.lower()
    count = 0
    bad: list[BadProfile] = []

    def good(read: Iterable[Profile | BadProfile]) -> Iterable[Profile]:
        for each in read:
            if isinstance(each, BadProfile):
                bad.append(each)
            else:
                yield each

    try:
        with file.path.open("rb") as stream:
            profiles = iter(good(read_profiles(stream, file.path, find=find)))
            while part := [*islice(profiles, _AT_ONCE)]:
                state.add_profiles(table, file.path.name.partition(".")[0], part)
                count += len(part)
    except OSError as error:
        reason = error.strerror or str(error)
        raise EmulatorError(f"cannot read {file.path}: {reason}", "Name another file.") from error
    for each in bad[:_MOST_TOLD]:
        tell(f"{file.path}: {': '.join(filter(None, each))}")
    if len(bad) > _MOST_TOLD:
        tell(f"{file.path}: and {len(bad) - _MOST_TOLD} more that cannot be read")
    return count
