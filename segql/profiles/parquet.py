"""Profiles in Parquet: a row is a profile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from segql.profiles.model import BadProfile, Profile, Profiles

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ROWS = 512  # at once
# DuckDB fetches extensions from the internet; it must not.
OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_CONFIG = {**OFFLINE, "threads": 1}  # several would hold as many groups of rows
_ZONED = "TIMESTAMP WITH TIME ZONE"


def read_parquet(path: Path) -> Profiles:
    """Each row of a file as a profile: its MAP, STRUCT and LIST as dict and list, dates in UTC.

    NULL is a field that the profile does not have. Raises ``ModuleNotFoundError`` where duckdb is
    not installed.
    """
    import duckdb  # large, and few have such files

    try:
        with duckdb.connect(config=_CONFIG) as db:
            yield from _rows(db, str(path))
    except duckdb.Error as error:
        yield BadProfile("", f"it cannot be read as Parquet: {str(error).splitlines()[0]}")


def _rows(db: DuckDBPyConnection, path: str) -> Iterator[Profile]:
    db.execute("SET timezone = 'UTC'")
    db.execute("SET enable_progress_bar = false")  # it would be printed among the profiles
    found = db.execute("DESCRIBE SELECT * FROM read_parquet(?)", [path]).fetchall()
    names = [name for name, *_ in found]
    columns = ", ".join(_column(name, type) for name, type, *_ in found)
    query = f"SELECT {columns} FROM read_parquet(?)"  # noqa: S608  (the names are quoted)
    result = db.execute(query, [path])
    while rows := result.fetchmany(_ROWS):
        for row in rows:
            values = (
                (name, _plain(v)) for name, v in zip(names, row, strict=True) if v is not None
            )
            yield dict(values)


def _column(name: str, type: str) -> str:
    """A column; a time with a zone comes as one without, which is in UTC."""
    quoted = '"' + name.replace('"', '""') + '"'
    return f"{quoted}::{type.replace(_ZONED, 'TIMESTAMP')}" if _ZONED in type else quoted


def _plain(value: Any) -> Any:
    """A value as JSON has it, or a date."""
    change = _PLAIN.get(value.__class__)
    return change(value) if change else value


def _decimal(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _bytes(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.hex()


def _entries(value: dict[Any, Any]) -> dict[str, Any]:
    return {str(key): _plain(item) for key, item in value.items() if item is not None}


_PLAIN: dict[type, Callable[[Any], Any]] = {
    datetime: lambda value: value.replace(tzinfo=UTC),
    date: lambda value: datetime.combine(value, time(tzinfo=UTC)),
    time: lambda value: value.isoformat(),
    timedelta: lambda value: cast("timedelta", value).total_seconds(),
    Decimal: _decimal,
    UUID: str,
    bytes: _bytes,
    list: lambda value: [_plain(item) for item in value],
    tuple: lambda value: [_plain(item) for item in value],
    dict: _entries,
}
