"""The database: opened, shared by threads, closed."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from segql.emulator.errors import EmulatorError
from segql.profiles.parquet import OFFLINE

# Name of a table -> its columns. A file that has none of them is given them; one in which a table
# of another shape has a name of ours is not our file.
_TABLES = {
    "segments": """
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
    """,
    # A change makes another version; `born` and `died` are the generations between which it holds.
    "profiles": """
        "table"   VARCHAR NOT NULL,
        "number"  BIGINT NOT NULL,
        "version" BIGINT NOT NULL,
        "born"    BIGINT NOT NULL,
        "died"    BIGINT,
        "body"    VARCHAR NOT NULL
    """,
    "identities": """
        "table"  VARCHAR NOT NULL,
        "key"    VARCHAR NOT NULL,
        "number" BIGINT NOT NULL
    """,
    "fields": """
        "table"       VARCHAR NOT NULL,
        "stream"      VARCHAR NOT NULL,
        "name"        VARCHAR NOT NULL,
        "type"        VARCHAR NOT NULL,
        "is_identity" BOOLEAN NOT NULL,
        "description" VARCHAR NOT NULL,
        "is_declared" BOOLEAN NOT NULL,
        "created"     VARCHAR NOT NULL,
        "modified"    VARCHAR NOT NULL
    """,
    "records": """
        "collection" VARCHAR NOT NULL,
        "id"         VARCHAR NOT NULL,
        "body"       VARCHAR NOT NULL,
        "created"    VARCHAR NOT NULL
    """,
}

_AT_ONCE = 2000  # rows

Row = tuple[Any, ...]


class Database:
    """A database in memory, or in a file that outlives the process; a context manager.

    Safe to use from several threads: what writes does so under one lock, and a reader sees the
    state of one moment without waiting for anybody.

    Raises:
        EmulatorError: the file cannot be opened, is locked by another process, or is not ours.
    """

    def __init__(self, path: Path | str | None = None) -> None:
        # DuckDB gives names such as ":memory:" and "md:x" a meaning; an absolute path has none.
        target = str(Path(path).absolute()) if path is not None else ":memory:"
        try:
            self._connection = duckdb.connect(target, config=OFFLINE)
            for name, columns in _TABLES.items():
                self._connection.execute(f"CREATE TABLE IF NOT EXISTS {name} ({columns})")
                self._connection.execute(f"SELECT {_names(columns)} FROM {name} LIMIT 0")  # noqa: S608
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

    @contextmanager
    def writing(self) -> Generator[duckdb.DuckDBPyConnection]:
        """One step that is done as a whole or not at all; the others wait. It may be nested."""
        with self._lock:
            if self._is_writing:
                yield self._connection
                return
            self._is_writing = True
            self._connection.begin()
            try:
                yield self._connection
                self._connection.commit()
            except BaseException:
                self._connection.rollback()
                raise
            finally:
                self._is_writing = False

    _is_writing = False

    def rows(self, query: str, values: dict[str, object] | None = None) -> list[Row]:
        """The rows of a query, with what the step that is under way has written."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def stream(self, query: str, values: dict[str, object]) -> Iterator[Row]:
        """The rows of a query one after the other, as they are when the first is asked for."""
        with self._lock:
            cursor = self._connection.cursor()
        try:
            cursor.execute(query, values)
            while rows := cursor.fetchmany(_AT_ONCE):
                yield from rows
        finally:
            cursor.close()


def _names(columns: str) -> str:
    return ", ".join(line.split()[0] for line in columns.strip().splitlines())
