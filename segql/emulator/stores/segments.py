"""The segments of the account."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import msgspec

from segql.emulator.fields import Fields
from segql.emulator.models import ACCOUNT_ID, AUTHOR_ID, StoredSegment, new_id, timestamp
from segql.emulator.stores.database import Database


class SlugTaken(Exception):
    """Another segment has this slug."""


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
_ALL = f"{_SELECT} ORDER BY created, slug_name"


class SegmentStore:
    """The segments in a database, which is opened here where only its path is given."""

    def __init__(self, database: Database | Path | str | None = None) -> None:
        self._database = database if isinstance(database, Database) else Database(database)
        # Counts the changes, so that what was worked out from all segments can be kept.
        self.generation = 0

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
        """Close the database."""
        self._database.close()

    def find(self, id_or_slug: str) -> StoredSegment | None:
        """Return the segment with this id, or else with this slug in any case, or None."""
        return self._one(_FIND, {"name": id_or_slug, "slug": id_or_slug.lower()})

    def segments(self, table: str | None = None) -> list[StoredSegment]:
        """Return the segments of a table, or of all, the oldest first."""
        return self._rows(_ALL, {}) if table is None else self._rows(_LIST, {"table": table})

    def insert(self, slug_name: str, fields: Fields) -> StoredSegment:
        """Add a segment; what `fields` leaves open gets the API's default.

        Raises:
            SlugTaken: there is a segment with this slug.
        """
        now = timestamp()
        segment = StoredSegment(
            id=new_id(),
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
        with self._database.writing():
            segment = self.find(id_or_slug)
            return self._change(segment, fields) if segment else None

    def upsert(self, slug_name: str, fields: Fields) -> tuple[StoredSegment, bool]:
        """Update the segment with this slug or insert it; True if it was inserted."""
        with self._database.writing():
            segment = self._one(_BY_SLUG, {"slug": slug_name.lower()})
            if segment is None:
                return self.insert(slug_name, fields), True
            return self._change(segment, fields), False

    def delete(self, id_or_slug: str) -> bool:
        """Delete a segment; False if there is none."""
        with self._database.writing() as connection:
            segment = self.find(id_or_slug)
            if segment:
                connection.execute(_DELETE, {"id": segment.id})
                self.generation += 1
            return segment is not None

    def _change(self, segment: StoredSegment, fields: Fields) -> StoredSegment:
        changes = fields.given()
        if fields.slug_name:
            changes["slug_name"] = fields.slug_name.lower()
        changed = msgspec.structs.replace(segment, **changes, updated=timestamp())
        self._write(_UPDATE, changed)
        return changed

    def _write(self, statement: str, segment: StoredSegment) -> None:
        try:
            with self._database.writing() as connection:
                connection.execute(statement, msgspec.structs.asdict(segment))
        except duckdb.ConstraintException:
            raise SlugTaken(segment.slug_name) from None
        self.generation += 1

    def _one(self, query: str, values: dict[str, object]) -> StoredSegment | None:
        rows = self._rows(query, values)
        return rows[0] if rows else None

    def _rows(self, query: str, values: dict[str, object]) -> list[StoredSegment]:
        rows = self._database.rows(query, values)
        return [StoredSegment(**dict(zip(_NAMES, row, strict=True))) for row in rows]
