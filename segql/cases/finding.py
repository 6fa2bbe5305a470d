"""Find files of cases, and the segments that each is about."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from segql.cases.reading import SUFFIX
from segql.workspace import Config, Selection, Workspace, config_for, select

_NEVER = frozenset(("node_modules", "__pycache__"))


class CasesOf(NamedTuple):
    """A workspace, and the files of cases that were asked for in it."""

    config: Config
    workspace: Workspace
    files: tuple[Path, ...]


def find_case_files(paths: Sequence[Path]) -> list[Path]:
    """The files of the paths; a folder is searched for ``*.segql.toml``, none is the current one.

    Hidden folders are passed over.
    """
    found: dict[str, Path] = {}
    for path in paths or [Path()]:
        for file in _below(path) if path.is_dir() else [path]:
            found.setdefault(os.path.realpath(file), file)
    return [*found.values()]


def _below(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _NEVER)
        yield from (Path(root, name) for name in sorted(files) if name.endswith(SUFFIX))


def group_by_workspace(files: Sequence[Path]) -> list[CasesOf]:
    """Read the workspace of each file, once.

    It is what lies below the nearest configuration; without one, below the current folder, or
    beside the file where that lies elsewhere.
    """
    groups: dict[Path, list[Path]] = {}
    for file in files:
        config = config_for(file)
        groups.setdefault(config.root if config.file else _root_without(file), []).append(file)
    return [CasesOf(*_workspace(root), tuple(group)) for root, group in groups.items()]


def _root_without(file: Path) -> Path:
    current, folder = Path.cwd(), Path(os.path.realpath(file)).parent
    return current if folder.is_relative_to(current) else folder


def _workspace(root: Path) -> tuple[Config, Workspace]:
    for selection in select([root]):
        if _is_of(selection, root):
            return selection.config, selection.workspace
    return config_for(root), Workspace([])


def _is_of(selection: Selection, root: Path) -> bool:
    """Folders below can have configurations of their own."""
    return os.path.realpath(selection.config.root) == os.path.realpath(root)
