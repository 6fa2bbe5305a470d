"""Remember what files said: in the user's cache folder, one file a workspace and way of checking.

An entry holds for the content of a file. That the content is the same is seen from the file's time
and size; where the time is so recent that a later change could have the same, from a digest.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from segql.linter.examined import Examined

_RECENT = 2_000_000_000  # nanoseconds; the coarsest clock of a file system in use
_UNUSED = 30 * 24 * 3600  # seconds after which a cache that nobody read is removed


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """What was found in a file."""

    time: int  # of its last change, in nanoseconds
    size: int  # in bytes
    digest: bytes
    examined: Examined


class _Content(msgspec.Struct):
    key: str  # what the entries were found with
    written: int  # nanoseconds; a little before the file was
    entries: dict[str, Entry]


class Cache:
    """The entries of one workspace, by the full paths of the files."""

    def __init__(self, root: Path, key: str) -> None:
        """Read what is remembered of a workspace that was checked in a way; equal keys: so."""
        key = f"{root}\n{key}"
        self._file = _file(key)
        self._content = _load(self._file, key)
        self._is_changed = False

    def known(self, paths: Iterable[str]) -> dict[str, Entry]:
        """What is remembered of those files that are still as they were."""
        found: dict[str, Entry] = {}
        recent = self._content.written - _RECENT
        entries, stat = self._content.entries, os.stat
        for path in paths:
            entry = entries.get(path)
            if entry is None:
                continue
            try:
                status = stat(path)
                is_same = entry.time == status.st_mtime_ns and entry.size == status.st_size
                if is_same and entry.time >= recent:
                    is_same = digest_of(Path(path).read_bytes()) == entry.digest
            except OSError:  # said when it is read
                continue
            if is_same:
                found[path] = entry
        return found

    def put(self, path: str, entry: Entry) -> None:
        """Remember a file; not one whose name is no text, which no format can hold."""
        try:
            path.encode()
        except UnicodeEncodeError:
            return
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


def digest_of(content: bytes) -> bytes:
    """A short digest of a content."""
    from hashlib import blake2b  # with OpenSSL behind it, slow to import

    return blake2b(content, digest_size=16).digest()


def _file(key: str) -> Path:
    """Where a cache is: two in the same place do not take each other's entries."""
    from zlib import crc32

    from platformdirs import user_cache_path

    name = crc32(key.encode("utf-8", "surrogateescape"))
    return user_cache_path("segql", appauthor=False) / f"{name:08x}.msgpack"


def _load(file: Path, key: str) -> _Content:
    key = key.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    try:
        found = msgspec.msgpack.decode(file.read_bytes(), type=_Content)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        found = None  # there is none, or another version wrote it
    return found if found and found.key == key else _Content(key, 0, {})


def _remove_unused(folder: Path) -> None:
    caches = [(path, path.stat().st_mtime) for path in folder.glob("*.msgpack")]
    newest = max((time for _, time in caches), default=0)
    for path, time in caches:
        if time < newest - _UNUSED:
            path.unlink(missing_ok=True)
