"""The account as the operations see it: all that it holds, and the settings it runs with."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from segql.emulator.limits import Limits
from segql.emulator.members import Members
from segql.emulator.merging import Profile, identity_key, identity_values
from segql.emulator.models import ACCOUNT_ID, Account, Connection, Job, timestamp
from segql.emulator.scans import Scans
from segql.emulator.stores.database import Database
from segql.emulator.stores.fields import FieldStore
from segql.emulator.stores.profiles import ProfileStore
from segql.emulator.stores.records import Records
from segql.emulator.stores.segments import SegmentStore


class Settings(NamedTuple):
    """How the emulator behaves where the vendor's documents leave it open, or need much time."""

    has_limits: bool = False  # whether the limits that the vendor publishes are enforced
    scan_lifetime: float = 600.0  # seconds after its last page for which a scan can be gone on with
    job_time: float = 2.0  # seconds that a job takes, waiting and running
    clock: Callable[[], float] = time.monotonic  # what counts the seconds, but for jobs


class State:
    """All of the account; a context manager that closes the database.

    Raises:
        EmulatorError: the database cannot be opened.
    """

    def __init__(
        self, database: Path | str | None = None, settings: Settings | None = None
    ) -> None:
        self.settings = settings or Settings()
        kept, clock = self.settings.scan_lifetime, self.settings.clock
        self._database = Database(database)
        self.segments = SegmentStore(self._database)
        self.fields = FieldStore(self._database)
        self.profiles = ProfileStore(self._database, kept, clock)
        self.connections = Records(self._database, Connection)
        self.jobs = Records(self._database, Job)
        self.scans = Scans(kept, clock)
        self.members = Members(self.segments, self.profiles, self.fields)
        self.limits = Limits(self.settings.has_limits, clock)
        self.account = self._account()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._database.close()

    def add_profiles(
        self,
        table: str,
        stream: str,
        profiles: list[Profile],
        defaults: Profile | None = None,
    ) -> None:
        """Merge profiles into a table, and learn from them what the fields look like."""
        fields = self.fields.identities(table)

        def keys_of(profile: Profile) -> list[str]:
            return [identity_key(*each) for each in identity_values(profile, fields)]

        made = defaults or {}
        self.fields.note(table, stream, ({**made, **profile} for profile in profiles))
        self.profiles.add(table, profiles, keys_of, made)
        self.profiles.prune(self.scans.generations())

    def tables(self) -> set[str]:
        """The tables of which anything is known."""
        return {"user", *self.fields.catalog.tables, *self.profiles.tables()}

    def _account(self) -> Account:
        accounts = Records(self._database, Account)
        now = timestamp()
        made = Account(aid=ACCOUNT_ID, name="Emulated account", created=now, modified=now)
        return accounts.find(ACCOUNT_ID) or accounts.put(ACCOUNT_ID, made)
