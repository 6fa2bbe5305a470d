"""Remember what files said: in the user's cache folder, one file a workspace and way of checking.

An entry holds for the content of a file. That the content is the same is seen from the file's time
and size; where the time is so recent that a later change could have the same, from a digest.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from segql.linter.examined import Examined

_RECENT = 2_000_000_000  # nanoseconds; the coarsest clock of a file system in use
_UNUSED = 30 * 24 * 3600  # seconds after which a cache that nobody read is removed


class Stamp(msgspec.Struct, frozen=True):
    """When a file was changed, and its size."""

    time: int  # nanoseconds
    size: int  # bytes


class Entry(msgspec.Struct, frozen=True):
    """What was found in a file."""

    stamp: Stamp
    digest: bytes
    examined: Examined


class _Content(msgspec.Struct):
    written: int  # nanoseconds; a little before the file was
    entries: dict[str, Entry]


class Cache:
    """The entries of one workspace, by the full paths of the files."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._content = _load(file)
        self._is_changed = False

    def get(self, path: str) -> Entry | None:
        """What is remembered of a file, if it is still as it was. Raises ``OSError``."""
        entry = self._content.entries.get(path)
        if entry is None or entry.stamp != (stamp := stamp_of(path)):
            return None
        if stamp.time < self._content.written - _RECENT:
            return entry
        return entry if digest_of(Path(path).read_bytes()) == entry.digest else None

    def put(self, path: str, entry: Entry) -> None:
        """Remember a file."""
        self._content.entries[path] = entry
        self._is_changed = True

    def save(self) -> None:
        """Write what is new. A cache that cannot be written is no reason to fail."""
        if not self._is_changed:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            temporary = self._file.with_suffix(f".{os.getpid()}")
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                self._content.written = os.fstat(descriptor).st_mtime_ns
                file.write(msgspec.msgpack.encode(self._content))
            os.replace(temporary, self._file)
            _remove_unused(self._file.parent)
        except OSError:
            pass


def cache_file(root: Path, key: str) -> Path:
    """Where the cache of a workspace is."""
    from hashlib import blake2b

    from platformdirs import user_cache_path

    name = blake2b(f"{root}\0{key}".encode("utf-8", "surrogateescape"), digest_size=16)
    return user_cache_path("segql", appauthor=False) / f"{name.hexdigest()}.msgpack"


def stamp_of(path: str) -> Stamp:
    """The stamp of a file. Raises ``OSError``."""
    status = os.stat(path)
    return Stamp(status.st_mtime_ns, status.st_size)


def digest_of(content: bytes) -> bytes:
    """A short digest of a content."""
    from hashlib import blake2b  # with OpenSSL behind it, slow to import

    return blake2b(content, digest_size=16).digest()


def _load(file: Path) -> _Content:
    try:
        return msgspec.msgpack.decode(file.read_bytes(), type=_Content)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _Content(0, {})  # there is none, or another version wrote it


def _remove_unused(folder: Path) -> None:
    caches = [(path, path.stat().st_mtime) for path in folder.glob("*.msgpack")]
    newest = max((time for _, time in caches), default=0)
    for path, time in caches:
        if time < newest - _UNUSED:
            path.unlink(missing_ok=True)
