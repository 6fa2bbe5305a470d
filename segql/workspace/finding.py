"""Find files, and the workspace that each belongs to, without reading them."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from segql.workspace.config import Config, find_config
from segql.workspace.discovery import SUFFIX, FoundFile, find_files

if TYPE_CHECKING:
    from segql.syntax.parser import ParsedFile

STDIN = "-"


class FilePath(NamedTuple):
    """A file that was found."""

    full: str
    shown: str  # as people see it: relative to the current folder where it lies below


class Found(NamedTuple):
    """The files that were asked for, and those that belong to the same workspace."""

    config: Config
    asked: tuple[FilePath, ...]
    stdin: ParsedFile | None  # asked for as well
    around: tuple[FilePath, ...]


def find(paths: Sequence[Path], stdin: ParsedFile | None = None) -> list[Found]:
    """Find the files of the paths, and the workspaces they belong to.

    A path is a file or a folder; none means the current folder. ``stdin`` is a text that stands
    for the file of its path. The workspace of a file is what lies below its nearest configuration;
    without one, below the folder that was named, or beside the file.
    """
    paths = paths or ([] if stdin else [Path()])
    folders = [_resolved(path) for path in paths if path.is_dir()]
    current = os.path.join(os.getcwd(), "")
    wanted: dict[Config, dict[str, str]] = {}  # full paths, and as people see them
    for path in paths:
        config = _config_among(folders, path)
        if path.is_dir():
            # The files of a configuration come one after the other.
            for its_config, files in groupby(find_files(_resolved(path), config), _config_of):
                group = wanted.setdefault(its_config, {})
                for file in files:
                    group[_full(file)] = _shown(file.path, current)
        else:
            wanted.setdefault(config, {})[os.path.realpath(path)] = _shown(str(path), current)
    if stdin is not None:
        config = _config_among(folders, _path_of(stdin))
        wanted.setdefault(config, {})[os.path.realpath(_path_of(stdin))] = ""
    return [_found(config, files, folders, stdin) for config, files in wanted.items()]


def config_for(path: Path) -> Config:
    """The configuration that holds for a file or folder, or the defaults."""
    folder = _resolved(path) if path.is_dir() else _resolved(path).parent
    return find_config(folder) or Config(folder)


def files_around(config: Config) -> Iterable[Path]:
    """The files that belong together with those that were asked for: INCLUDE may mean them."""
    if config.file:
        found = find_files(config.root, config)
        return [Path(file.path) for file in found if file.config == config]
    return sorted(path for path in config.root.glob(f"*{SUFFIX}") if path.is_file())


def _config_among(folders: Sequence[Path], path: Path) -> Config:
    """The configuration of a path; without one, the outermost of the folders around it counts."""
    config = config_for(path)
    around = [folder for folder in folders if config.root.is_relative_to(folder)]
    if config.file or not around:
        return config
    return Config(min(around, key=lambda folder: len(folder.parts)))


def _found(
    config: Config, files: dict[str, str], folders: Sequence[Path], stdin: ParsedFile | None
) -> Found:
    on_disk = tuple(FilePath(full, shown) for full, shown in files.items() if shown)
    others = [] if config.root in folders else _others(config, files)
    return Found(config, on_disk, stdin if len(on_disk) < len(files) else None, tuple(others))


def _others(config: Config, asked: Container[str]) -> list[FilePath]:
    """The files around those that were asked for."""
    current = os.path.join(os.getcwd(), "")
    around = (os.path.realpath(path) for path in files_around(config))
    return [FilePath(path, _shown(path, current)) for path in around if path not in asked]


def _path_of(file: ParsedFile) -> Path:
    return Path(file.source.path or "")


def _resolved(path: Path) -> Path:
    """As `Path.resolve`, which raises at a link in a circle: whoever reads it tells that better."""
    return Path(os.path.realpath(path))


_config_of = attrgetter("config")


def _full(file: FoundFile) -> str:
    """The path of a file without links: those of its folders are resolved."""
    return os.path.realpath(file.path) if file.is_link else file.path


def _shown(path: str, current: str) -> str:
    """A path as people see it: relative to the current folder where it lies below."""
    return path.removeprefix(current)
