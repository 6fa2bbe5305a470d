"""Find the ``.segql`` files of a folder, honouring ``.gitignore`` and ``exclude``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from segql.workspace.config import Config, is_pattern, own_config

SUFFIX = ".segql"
_NEVER = frozenset(("node_modules", "__pycache__"))

# Patterns, and the folder they are relative to: its path with a separator behind it.
_Ignores = list[tuple[str, Any]]


class _Area(NamedTuple):
    """A folder with what holds in it."""

    folder: Path
    config: Config
    excludes: _Ignores  # of the configuration
    ignores: _Ignores  # of the .gitignore files


class FoundFile(NamedTuple):
    """A segment file, with the configuration for it."""

    path: str
    is_link: bool
    config: Config


def find_files(folder: Path, config: Config) -> Iterator[FoundFile]:
    """Yield the segment files below a folder, sorted by their paths.

    That is ``config``, or the one of a folder on the way down. Patterns do not hold against a
    folder that was named itself. Hidden folders, and those that cannot be read, are passed over.
    """
    area = _Area(folder, config, _excludes(config), _ignores_above(folder))
    if _is_ignored(str(folder), True, area):
        area = _Area(folder, config, [], [])
    pending = [area]
    while pending:
        area = pending.pop()
        area = area._replace(ignores=area.ignores + _ignores_in(area.folder))
        folders: list[_Area] = []
        for entry, is_folder in _entries(area):
            if is_folder:
                folders.append(_below(area, Path(entry.path)))
            else:
                yield FoundFile(entry.path, entry.is_symlink(), area.config)
        pending.extend(reversed(folders))


def _below(area: _Area, folder: Path) -> _Area:
    config = own_config(folder)
    if config is None:
        return area._replace(folder=folder)
    return area._replace(folder=folder, config=config, excludes=_excludes(config))


def _entries(area: _Area) -> Iterator[tuple[os.DirEntry[str], bool]]:
    """The folders and segment files to look at, each with whether it is a folder."""
    # Paths are texts here: to make a `Path` of each takes longer than to find them.
    for entry in _scanned(area.folder):
        is_folder = entry.is_dir(follow_symlinks=False)
        if is_folder:
            is_wanted = not entry.name.startswith(".") and entry.name not in _NEVER
        else:
            is_wanted = entry.name.endswith(SUFFIX) and _is_file(entry)
        if is_wanted and not _is_ignored(entry.path, is_folder, area):
            yield entry, is_folder


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether it is a file, or a link to one; a link in a circle is none."""
    try:
        return entry.is_file()
    except OSError:
        return False


def _scanned(folder: Path) -> list[os.DirEntry[str]]:
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
    return [(_base(folder), _spec(tuple(lines)))]


def _excludes(config: Config) -> _Ignores:
    return [(_base(config.root), _spec(config.exclude))] if config.exclude else []


def _base(folder: Path) -> str:
    return os.path.join(folder, "")


def _spec(lines: tuple[str, ...]) -> Any:
    from pathspec import GitIgnoreSpec  # many folders have no .gitignore

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:  # one of them has no meaning: git too passes over such lines
        return GitIgnoreSpec.from_lines(filter(is_pattern, lines))


def _is_ignored(path: str, is_folder: bool, area: _Area) -> bool:
    """The configuration decides, then the nearest .gitignore that speaks of a path."""
    for base, spec in (*area.excludes, *reversed(area.ignores)):
        relative = path.removeprefix(base).replace(os.sep, "/")
        decided = spec.check_file(f"{relative}/" if is_folder else relative).include
        if decided is not None:
            return decided
    return False
