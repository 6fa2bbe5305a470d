"""From files of profiles to rows: by DuckDB where it can read them, one by one where it cannot."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

import msgspec

from segql.catalog import FieldType, parse_type
from segql.profiles import Format, Profile
from segql.sizing.json_rows import NotRows, load_json
from segql.sizing.parquet_rows import load_parquet
from segql.sizing.rows import Column, Name

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Test: TypeAlias = Callable[[Profile], bool | None]
_LOADERS: dict[str | None, Callable[..., list[Column]]] = {
    "json": load_json,
    "parquet": load_parquet,
}


class Source(NamedTuple):
    """A file of profiles: what it holds, and its profiles, which are read anew at each call.

    ``path`` is None for a pipe, which is read once; ``format`` is None for what only ``read`` can
    make sense of.
    """

    path: Path | None
    format: Format | None
    read: Callable[[], Iterable[Profile]]


def lasting(sources: Sequence[Source], folder: Path) -> list[Source]:
    """The same, where a pipe is a file in a folder."""
    return [
        source if source.path else _kept(source, folder / f"pipe{number}.ndjson")
        for number, source in enumerate(sources)
    ]


def _kept(source: Source, path: Path) -> Source:
    encoder = _encoder()
    with path.open("wb") as file:
        for profile in source.read():
            file.write(encoder.encode(profile) + b"\n")

    def read() -> Iterator[Profile]:
        decoder = msgspec.json.Decoder(dict[str, Any])
        with path.open("rb") as file:
            yield from map(decoder.decode, file)

    return Source(path, "json", read)


def load(
    db: DuckDBPyConnection, sources: Sequence[Source], names: Sequence[Name], folder: Path
) -> list[Column]:
    """Make the rows, with a column for each name."""
    columns = _where_they_lie(db, sources, names)
    return load_answered(db, sources, names, (), folder) if columns is None else columns


def load_answered(
    db: DuckDBPyConnection,
    sources: Sequence[Source],
    names: Sequence[Name],
    tests: Sequence[Test],
    folder: Path,
) -> list[Column]:
    """The same, and what some tests say to each profile, in the columns ``a0``, ``a1``, ..."""
    dates: dict[str, str] = {}  # names of values that JSON has not, and their types
    with _copied(sources, tests, folder / "copy.ndjson", dates) as copy:
        typed = [name._replace(type=_type(name, dates)) for name in names]
        return load_json(db, [copy], typed, below=("p",), answers=("a",), count=len(tests))


def _where_they_lie(
    db: DuckDBPyConnection, sources: Sequence[Source], names: Sequence[Name]
) -> list[Column] | None:
    """None where DuckDB cannot read the files as we do."""
    formats = {source.format for source in sources}
    load = _LOADERS.get(formats.pop()) if len(formats) == 1 else None
    paths = [source.path for source in sources if source.path]
    try:
        return load(db, paths, names) if load else None
    except NotRows:
        return None


@contextmanager
def _copied(
    sources: Sequence[Source], tests: Sequence[Test], path: Path, dates: dict[str, str]
) -> Generator[Path]:
    """All profiles in one file, with the answers beside each."""
    encoder = _encoder()
    with path.open("wb") as file:
        for source in sources:
            for profile in source.read():
                answers = [test(profile) is True for test in tests]
                file.write(encoder.encode({"p": profile, "a": answers}) + b"\n")
                if source.format == "parquet":
                    dates.update(_dated(profile))
    yield path
    path.unlink()


def _dated(profile: Profile, owner: str = "") -> Iterator[tuple[str, str]]:
    for name, value in profile.items():
        if isinstance(value, datetime):
            yield owner + name, "date"
        elif isinstance(value, list) and value and isinstance(value[0], datetime):
            yield owner + name, "[]date"
        elif isinstance(value, dict) and not owner:
            yield from _dated(cast("Profile", value), f"{name}.")


def _type(name: Name, dates: dict[str, str]) -> FieldType:
    """A date stays one, whatever the catalog says."""
    return parse_type(dates.get(name.name, "")) or name.type


def _encoder() -> msgspec.json.Encoder:
    return msgspec.json.Encoder(enc_hook=str)  # Parquet has values that JSON has not
