"""The segments of the one account that the emulator has, in DuckDB."""

from __future__ import annotations

import secrets
import threading
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import msgspec

from segql.emulator.errors import EmulatorError
from segql.emulator.fields import Fields

ACCOUNT_ID = "e" * 32
AUTHOR_ID = "emulator"


class StoredSegment(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the table, and the JSON object of the API: they have the same names.

    `id` is 32 random hexadecimal digits; `slug_name` is unique and in lower case; `created` and
    `updated` are RFC 3339 in UTC with milliseconds.
    """

    id: str
    account_id: str
    author_id: str
    slug_name: str
    name: str
    description: str
    kind: str
    table: str
    is_public: bool
    tags: list[str]
    segment_ql: str
    created: str
    updated: str


class SlugTaken(Exception):
    """Another segment has this slug."""


_CREATE = """
CREATE TABLE IF NOT EXISTS segments (
    "id"          VARCHAR PRIMARY KEY,
    "account_id"  VARCHAR NOT NULL,
    "author_id"   VARCHAR NOT NULL,
    "slug_name"   VARCHAR NOT NULL UNIQUE,
    "name"        VARCHAR NOT NULL,
    "description" VARCHAR NOT NULL,
    "kind"        VARCHAR NOT NULL,
    "table"       VARCHAR NOT NULL,
    "is_public"   BOOLEAN NOT NULL,
    "tags"        VARCHAR[] NOT NULL,
    "segment_ql"  VARCHAR NOT NULL,
    "created"     VARCHAR NOT NULL,
    "updated"     VARCHAR NOT NULL
)
"""
_NAMES = StoredSegment.__struct_fields__
_COLUMNS = ", ".join(f'"{name}"' for name in _NAMES)
_VALUES = ", ".join(f"${name}" for name in _NAMES)
_CHANGES = ", ".join(f'"{name}" = ${name}' for name in _NAMES if name != "id")

# The column names are ours; every value is a parameter.
_SELECT = f"SELECT {_COLUMNS} FROM segments"  # noqa: S608
_INSERT = f"INSERT INTO segments ({_COLUMNS}) VALUES ({_VALUES})"  # noqa: S608
_UPDATE = f"UPDATE segments SET {_CHANGES} WHERE id = $id"  # noqa: S608
_DELETE = "DELETE FROM segments WHERE id = $id"
# An id is looked for before a slug, for a slug may be spelled like the id of another segment.
_FIND = f"{_SELECT} WHERE id = $name OR slug_name = $slug ORDER BY id = $name DESC LIMIT 1"
_BY_SLUG = f"{_SELECT} WHERE slug_name = $slug"
_LIST = f'{_SELECT} WHERE "table" = $table ORDER BY created, slug_name'

# DuckDB fetches an extension from the internet for a file of another database; it must not.
_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


class SegmentStore:
    """Segments in memory, or in a file that outlives the process; a context manager.

    Safe to use from several threads: one lock guards the one connection, and every public method
    is one step under it.

    Raises:
        EmulatorError: the file cannot be opened, is locked by another process, or is not ours.
    """

    def __init__(self, path: Path | str | None = None) -> None:
        # DuckDB gives names such as ":memory:" and "md:x" a meaning; an absolute path has none.
        target = str(Path(path).absolute()) if path is not None else ":memory:"
        try:
            self._connection = duckdb.connect(target, config=_OFFLINE)
            self._connection.execute(_CREATE)
            self._connection.execute(f"{_SELECT} LIMIT 0")
        except duckdb.Error as error:
            raise EmulatorError(
                f"cannot open the database {target}: {str(error).splitlines()[0]}",
                "Name a new file, or one that an emulator made and that no other process has open.",
            ) from error
        self._lock = threading.RLock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write everything to the file, and close it."""
        with self._lock:
            self._connection.close()

    def find(self, id_or_slug: str) -> StoredSegment | None:
        """Return the segment with this id, or else with this slug in any case, or None."""
        return self._one(_FIND, {"name": id_or_slug, "slug": id_or_slug.lower()})

    def segments(self, table: str) -> list[StoredSegment]:
        """Return the segments of a table, the oldest first."""
        return self._rows(_LIST, {"table": table})

    def insert(self, slug_name: str, fields: Fields) -> StoredSegment:
        """Add a segment; what `fields` leaves open gets the API's default.

        Raises:
            SlugTaken: there is a segment with this slug.
        """
        now = _now()
        segment = StoredSegment(
            id=secrets.token_hex(16),
            account_id=ACCOUNT_ID,
            author_id=AUTHOR_ID,
            slug_name=slug_name.lower(),
            name=fields.name or slug_name,
            description=fields.description or "",
            kind=fields.kind or "segment",
            table=fields.table or "user",
            is_public=fields.is_public or False,
            tags=fields.tags or [],
            segment_ql=fields.segment_ql or "",
            created=now,
            updated=now,
        )
        self._write(_INSERT, segment)
        return segment

    def update(self, id_or_slug: str, fields: Fields) -> StoredSegment | None:
        """Change the fields that are given; return None if there is no such segment.

        Raises:
            SlugTaken: another segment has the new slug.
        """
        with self._lock:
            segment = self.find(id_or_slug)
            return self._change(segment, fields) if segment else None

    def upsert(self, slug_name: str, fields: Fields) -> tuple[StoredSegment, bool]:
        """Update the segment with this slug or insert it; True if it was inserted."""
        with self._lock:
            segment = self._one(_BY_SLUG, {"slug": slug_name.lower()})
            if segment is None:
                return self.insert(slug_name, fields), True
            return self._change(segment, fields), False

    def delete(self, id_or_slug: str) -> bool:
        """Delete a segment; False if there is none."""
        with self._lock:
            segment = self.find(id_or_slug)
            if segment:
                self._connection.execute(_DELETE, {"id": segment.id})
            return segment is not None

    def _change(self, segment: StoredSegment, fields: Fields) -> StoredSegment:
        changes = fields.given()
        if fields.slug_name:
            changes["slug_name"] = fields.slug_name.lower()
        changed = msgspec.structs.replace(segment, **changes, updated=_now())
        self._write(_UPDATE, changed)
        return changed

    def _write(self, statement: str, segment: StoredSegment) -> None:
        with self._lock:
            try:
                self._connection.execute(statement, msgspec.structs.asdict(segment))
            except duckdb.ConstraintException:
                raise SlugTaken(segment.slug_name) from None

    def _one(self, query: str, values: dict[str, str]) -> StoredSegment | None:
        rows = self._rows(query, values)
        return rows[0] if rows else None

    def _rows(self, query: str, values: dict[str, str]) -> list[StoredSegment]:
        with self._lock:
            rows = self._connection.execute(query, values).fetchall()
        return [StoredSegment(**dict(zip(_NAMES, row, strict=True))) for row in rows]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
