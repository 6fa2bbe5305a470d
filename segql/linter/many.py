"""Examine the files of a workspace: what is remembered is not read, the rest on all processors."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from segql.diagnostics import diagnostic
from segql.linter.cache import Cache, Entry, digest_of
from segql.linter.examined import Examined
from segql.linter.options import Options
from segql.workspace import FilePath

_FEW = 200  # files that are read faster than another process is started
_CHUNK = 100  # files


def examine_files(
    paths: Sequence[FilePath], options: Options, cache: Cache | None
) -> list[Examined]:
    """What each file says on its own, in the order of the paths."""
    if cache is None:
        return [entry.examined for entry in _examine_all(paths, _Examiner(options, False))]
    found = cache.known(full for full, _ in paths)
    missing = [path for path in paths if path[0] not in found]
    for (full, _), entry in zip(
        missing, _examine_all(missing, _Examiner(options, True)), strict=True
    ):
        found[full] = entry
        if entry.digest:
            cache.put(full, entry)
    cache.save()
    return [found[full].examined for full, _ in paths]


def _examine_all(paths: Sequence[FilePath], examiner: _Examiner) -> Iterator[Entry]:
    workers = min(_processors(), len(paths) // _FEW)
    return _on_all_processors(paths, examiner, workers) if workers > 1 else map(examiner, paths)


def _processors() -> int:
    """How many this process may use; not every system says it."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _on_all_processors(
    paths: Sequence[FilePath], examiner: _Examiner, workers: int
) -> Iterator[Entry]:
    from concurrent.futures import ProcessPoolExecutor

    chunks = [paths[start : start + _CHUNK] for start in range(0, len(paths), _CHUNK)]
    with ProcessPoolExecutor(workers, initializer=_begin, initargs=(examiner,)) as pool:
        for encoded in pool.map(_work, chunks):
            yield from msgspec.msgpack.decode(encoded, type=list[Entry])


class _Examiner:
    def __init__(self, options: Options, is_remembered: bool) -> None:
        self._options, self._is_remembered = options, is_remembered

    def __call__(self, path: FilePath) -> Entry:
        from segql.linter.examine import examine  # not where everything is remembered
        from segql.workspace import read_bytes

        full, shown = path
        try:
            status, content = os.stat(full), Path(full).read_bytes()
        except OSError as error:
            return _unreadable(error)
        digest = digest_of(content) if self._is_remembered else b""
        examined = examine(read_bytes(content, shown), self._options)
        return Entry(status.st_mtime_ns, status.st_size, digest, examined)


def _unreadable(error: OSError) -> Entry:
    message = f"the file cannot be read: {error.strerror or error}"
    problem = diagnostic("unreadable-file", 0, 0, message, "see whether it may be read")
    return Entry(0, 0, b"", Examined([problem], [], []))


_examiners: list[_Examiner] = []  # of a worker process: one


def _begin(examiner: _Examiner) -> None:
    _examiners.append(examiner)


def _work(paths: Iterable[FilePath]) -> bytes:
    return msgspec.msgpack.encode([*map(_examiners[-1], paths)])
