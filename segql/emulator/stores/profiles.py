"""The profiles of every table, in as many versions as somebody may still ask for.

Every step that changes a profile makes a generation. A reader names the generation that it reads,
and sees all profiles as they were then, whatever is written meanwhile.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

import msgspec
from duckdb import DuckDBPyConnection

from segql.emulator.merging import Merge, Profile
from segql.emulator.stores.database import Database

_AT_ONCE = 5000  # profiles

_LIVING = "born <= $generation AND (died IS NULL OR died > $generation)"
# Every value is a parameter.
_READ = f"""
SELECT version, number, body FROM profiles
WHERE "table" = $table AND {_LIVING} ORDER BY number
"""  # noqa: S608
_BODIES = "SELECT version, body FROM profiles WHERE version IN (SELECT unnest($versions))"
_OWNERS = """
SELECT key, number FROM identities
WHERE "table" = $table AND key IN (SELECT unnest($keys))
"""
_NEWEST = """
SELECT number, body FROM profiles
WHERE "table" = $table AND died IS NULL AND number IN (SELECT unnest($numbers))
"""
_END = """
UPDATE profiles SET died = $generation
WHERE "table" = $table AND died IS NULL AND number IN (SELECT unnest($numbers))
"""
_INSERT = """
INSERT INTO profiles
SELECT $table, unnest($numbers), unnest($versions), $generation, NULL, unnest($bodies)
"""
_OWN = "INSERT INTO identities SELECT $table, unnest($keys), unnest($numbers)"
_MOVE = 'UPDATE identities SET number = $winner WHERE "table" = $table AND number = $loser'
_FORGET = "DELETE FROM profiles WHERE died <= $generation"
_START = """
SELECT coalesce(max(born), 0), coalesce(max(version), 0), coalesce(max(number), 0) FROM profiles
"""
_COUNT = 'SELECT count(*) FROM profiles WHERE "table" = $table AND died IS NULL'
_TABLES = 'SELECT DISTINCT "table" FROM profiles WHERE died IS NULL ORDER BY 1'

_decode = msgspec.json.Decoder(dict[str, Any]).decode


class Stored(NamedTuple):
    """A profile, the number that it always has, and that of this version of it."""

    version: int
    number: int
    profile: Profile


class ProfileStore:
    """Profiles, read by generation.

    Args:
        database: where they are kept.
        kept: seconds for which a generation can be read after the next one was made.
        clock: what counts the seconds.
    """

    def __init__(
        self, database: Database, kept: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._database = database
        self._kept = kept
        self._clock = clock
        self._lock = threading.Lock()
        ((self.generation, self._version, self._number),) = database.rows(_START)
        self.oldest: int = self.generation  # that can be read
        self._ended: deque[tuple[int, float]] = deque()  # generations, and when they were over
        self._forget(self.generation)

    def tables(self) -> list[str]:
        """The tables that have a profile."""
        return [name for (name,) in self._database.rows(_TABLES)]

    def count(self, table: str) -> int:
        """How many profiles a table has."""
        ((count,),) = self._database.rows(_COUNT, {"table": table})
        return count

    def read(self, table: str, generation: int | None = None) -> Iterator[Stored]:
        """The profiles of a table at a generation (the newest when None), in their order."""
        at = self.generation if generation is None else generation
        for version, number, body in self._database.stream(
            _READ, {"table": table, "generation": at}
        ):
            yield Stored(version, number, _decode(body))

    def versions(self, versions: list[int]) -> list[Profile]:
        """The profiles of these versions, in this order; KeyError where one is forgotten."""
        found = dict(self._database.rows(_BODIES, {"versions": versions}))
        return [_decode(found[version]) for version in versions]

    def find(self, table: str, key: str) -> Profile | None:
        """The profile that has an identity."""
        for number in self._owners(table, [key]).values():
            return self._newest(table, [number]).get(number)
        return None

    def add(
        self,
        table: str,
        profiles: Iterable[Profile],
        keys_of: Callable[[Profile], Iterable[str]],
        defaults: Mapping[str, Any] | None = None,
    ) -> None:
        """Merge profiles into the table.

        Args:
            table: which one.
            profiles: as many as there are; they are read a part at a time.
            keys_of: the identities of a profile.
            defaults: fields that a profile gets if it is new.
        """
        rest = iter(profiles)
        while part := list(islice(rest, _AT_ONCE)):
            self._add(table, [([*keys_of(profile)], profile) for profile in part], defaults or {})

    def prune(self, held: Iterable[int] = ()) -> None:
        """Forget the generations that are over for long, but for those that are held."""
        over = self._clock() - self._kept
        with self._lock:
            passed = [generation for generation, ended in self._ended if ended < over]
            if not passed:
                return
            self.oldest = min([passed[-1] + 1, *held])
            while self._ended and self._ended[0][0] < self.oldest:
                self._ended.popleft()
            self._forget(self.oldest)

    def _add(
        self, table: str, told: list[tuple[list[str], Profile]], defaults: Mapping[str, Any]
    ) -> None:
        with self._lock:
            with self._database.writing() as connection:
                owners = self._owners(table, [key for keys, _ in told for key in keys])
                merge = Merge(owners, self._newest(table, [*{*owners.values()}]), self._number + 1)
                for keys, profile in told:
                    merge.add(keys, profile, defaults)
                self._write(connection, table, merge)
            self._ended.append((self.generation, self._clock()))
            self._number = merge.following - 1
            self._version += len(merge.changed)
            self.generation += 1  # last: who reads from now on finds all of it

    def _write(self, connection: DuckDBPyConnection, table: str, merge: Merge) -> None:
        at = {"table": table, "generation": self.generation + 1}
        numbers = sorted(merge.changed)
        bodies = [msgspec.json.encode(merge.profiles[n], enc_hook=str).decode() for n in numbers]
        versions = [self._version + 1 + place for place in range(len(numbers))]
        ended = [*(n for n in numbers if n <= self._number), *merge.winners]
        if ended:
            connection.execute(_END, {**at, "numbers": ended})
        written = {"numbers": numbers, "versions": versions, "bodies": bodies}
        connection.execute(_INSERT, {**at, **written})
        for loser in merge.winners:
            joined = {"loser": loser, "winner": merge.final(loser)}
            connection.execute(_MOVE, {"table": table, **joined})
        if merge.keys:
            keys = {"keys": [*merge.keys], "numbers": [merge.final(n) for n in merge.keys.values()]}
            connection.execute(_OWN, {"table": table, **keys})

    def _owners(self, table: str, keys: list[str]) -> dict[str, int]:
        if not keys:
            return {}
        return dict(self._database.rows(_OWNERS, {"table": table, "keys": keys}))

    def _newest(self, table: str, numbers: list[int]) -> dict[int, Profile]:
        if not numbers:
            return {}
        rows = self._database.rows(_NEWEST, {"table": table, "numbers": numbers})
        return {number: _decode(body) for number, body in rows}

    def _forget(self, generation: int) -> None:
        with self._database.writing() as connection:
            connection.execute(_FORGET, {"generation": generation})
