"""One way to read every file of profiles, whatever it holds."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple, TypeAlias, cast

from segql.profiles.model import BadProfile, Profiles

if TYPE_CHECKING:
    from io import BufferedReader

    from segql.catalog.model import Found

    Find: TypeAlias = Callable[[str], Found | None]

Format: TypeAlias = Literal["json", "csv", "parquet"]
FORMATS: tuple[Format, ...] = ("json", "csv", "parquet")

_SUFFIXES: dict[str, Format] = {
    **dict.fromkeys((".json", ".ndjson", ".jsonl"), "json"),
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    **dict.fromkeys((".parquet", ".pq"), "parquet"),
}
_GZIP, _PARQUET = b"\x1f\x8b", b"PAR1"
_DAMAGED = "it is compressed, and damaged or cut off"


def read_profiles(
    stream: BinaryIO,
    path: Path | None = None,
    *,
    format: Format | None = None,
    find: Find | None = None,
) -> Profiles:
    """Each profile of a file or a pipe, or what is wrong in its place.

    A file may be of any size, and compressed by gzip; ``stream`` is buffered (it has ``peek``).
    Without a ``format`` it is what the name of the ``path`` says, else what the first bytes look
    like. ``find`` tells the field of a name; only CSV needs it, which has no types. Raises
    ``OSError``, and ``ModuleNotFoundError`` for Parquet where duckdb is not installed.
    """
    try:
        if _head(stream).startswith(_GZIP):
            import gzip

            stream = cast("BinaryIO", gzip.GzipFile(fileobj=stream))
            path, file = _uncompressed(path), None
        else:
            file = path if path and path.is_file() else None
        kind = format or _named(path) or _sniffed(_head(stream))
        yield from _READERS[kind](_Input(stream, file, find or _unknown))
    except (EOFError, zlib.error):
        yield BadProfile("", _DAMAGED)
    except OSError as error:
        if error.errno is not None:
            raise
        yield BadProfile("", _DAMAGED)  # gzip has no number for it


def format_of(path: Path) -> Format | None:
    """What a file holds, as `read_profiles` would find; None where it is compressed.

    Raises ``OSError``.
    """
    with path.open("rb") as stream:
        head = _head(stream)
    return None if head.startswith(_GZIP) else _named(path) or _sniffed(head)


class _Input(NamedTuple):
    """A stream, the file that holds the same (None for a pipe), and the fields by name."""

    stream: BinaryIO
    file: Path | None
    find: Find


def _unknown(name: str) -> None:
    """The field of a name of which nothing is known."""


def _json(input: _Input) -> Profiles:
    from segql.profiles.json import read_json

    return read_json(input.stream)


def _csv(input: _Input) -> Profiles:
    from segql.profiles.csv import read_csv

    return read_csv(input.stream, input.find)


def _parquet(input: _Input) -> Profiles:
    from segql.profiles.parquet import read_parquet

    if input.file is not None:
        yield from read_parquet(input.file)
        return
    with _spooled(input.stream) as copy:
        yield from read_parquet(copy)


_READERS: dict[Format, Callable[[_Input], Profiles]] = {
    "json": _json,
    "csv": _csv,
    "parquet": _parquet,
}


def _head(stream: BinaryIO) -> bytes:
    """The first bytes, which are read again."""
    return cast("BufferedReader", stream).peek(64)[:64]


def _uncompressed(path: Path | None) -> Path | None:
    return path.with_suffix("") if path and path.suffix.lower() == ".gz" else path


def _named(path: Path | None) -> Format | None:
    return _SUFFIXES.get(path.suffix.lower()) if path else None


def _sniffed(head: bytes) -> Format:
    if head.startswith(_PARQUET):
        return "parquet"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return "json" if not text or text.startswith((b"{", b"[")) else "csv"


@contextmanager
def _spooled(stream: BinaryIO) -> Generator[Path]:
    """A file with what a pipe holds, as long as it is needed: Parquet is read from its end."""
    import shutil
    import tempfile

    with tempfile.NamedTemporaryFile(suffix=".parquet") as copy:
        shutil.copyfileobj(stream, copy)
        copy.flush()
        yield Path(copy.name)
