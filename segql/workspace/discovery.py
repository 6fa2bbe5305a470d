"""Find the ``.segql`` files of a folder, honouring ``.gitignore`` and ``exclude``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SUFFIX = ".segql"
_NEVER = frozenset(("node_modules", "__pycache__"))

# A pattern file and the folder its patterns are relative to.
_Ignores = list[tuple[Path, Any]]


def find_files(folder: Path, root: Path, exclude: tuple[str, ...] = ()) -> Iterator[Path]:
    """Yield the segment files below a folder, sorted; hidden folders are passed over.

    ``exclude`` holds patterns relative to ``root``. Patterns do not hold against a folder that was
    named itself. A folder that cannot be read is passed over.
    """
    ignores = _ignores_above(folder)
    if exclude:
        ignores.append((root, _spec(exclude)))
    is_named_against = folder != root and _is_ignored(folder, True, ignores)
    yield from _walk(folder, [] if is_named_against else ignores)


def _walk(folder: Path, ignores: _Ignores) -> Iterator[Path]:
    pending = [(folder, ignores)]
    while pending:
        folder, ignores = pending.pop()
        ignores = ignores + _ignores_in(folder)
        folders: list[tuple[Path, _Ignores]] = []
        for entry in _entries(folder):
            path = Path(entry.path)
            is_folder = entry.is_dir(follow_symlinks=False)
            if is_folder and (entry.name.startswith(".") or entry.name in _NEVER):
                continue
            if not is_folder and not entry.name.endswith(SUFFIX):
                continue
            if _is_ignored(path, is_folder, ignores):
                continue
            if is_folder:
                folders.append((path, ignores))
            elif entry.is_file():
                yield path
        pending.extend(reversed(folders))


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        return sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return []


def _ignores_above(folder: Path) -> _Ignores:
    """The .gitignore files of the folders above, up to the one that holds ``.git``."""
    found: _Ignores = []
    if (folder / ".git").exists():
        return found
    for parent in folder.parents:
        found = _ignores_in(parent) + found
        if (parent / ".git").exists():
            return found
    return []


def _ignores_in(folder: Path) -> _Ignores:
    try:
        lines = (folder / ".gitignore").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [(folder, _spec(tuple(lines)))]


def _spec(lines: tuple[str, ...]) -> Any:
    from pathspec import GitIgnoreSpec  # many folders have no .gitignore

    return GitIgnoreSpec.from_lines(lines)


def _is_ignored(path: Path, is_folder: bool, ignores: _Ignores) -> bool:
    """The nearest file that speaks of a path decides."""
    for base, spec in reversed(ignores):
        relative = path.relative_to(base).as_posix() + ("/" if is_folder else "")
        decided = spec.check_file(relative).include
        if decided is not None:
            return decided
    return False
