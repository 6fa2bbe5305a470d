"""All segments that are looked at together: files, and who includes whom."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from segql.diagnostics import diagnostic
from segql.source import SourceFile
from segql.syntax.nodes import Name, Statement
from segql.syntax.parser import ParsedFile, parse
from segql.syntax.walk import includes
from segql.workspace.config import Config, find_config
from segql.workspace.discovery import SUFFIX, FoundFile, find_files
from segql.workspace.naming import slug_of
from segql.workspace.outline import Overview, outlines_of

STDIN = "-"


class Segment(NamedTuple):
    """A statement in its file. ``slug`` is in lower case, as the server stores it."""

    slug: str | None
    statement: Statement
    file: ParsedFile
    includes: tuple[Name, ...]  # the segments it refers to, with their places


class Workspace:
    """Files that are checked together. ``external`` names segments that only the account has."""

    def __init__(self, files: Iterable[ParsedFile], external: Iterable[str] = ()) -> None:
        self.files = tuple(files)
        self.external = frozenset(slug.lower() for slug in external)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """Every statement, in the order of files and texts."""
        return tuple(
            Segment(slug_of(statement), statement, file, tuple(includes(statement)))
            for file in self.files
            for statement in file.statements
        )

    @cached_property
    def by_slug(self) -> Mapping[str, Sequence[Segment]]:
        """The segments of each slug; more than one is a mistake."""
        found: dict[str, list[Segment]] = {}
        for segment in self.segments:
            if segment.slug is not None:
                found.setdefault(segment.slug, []).append(segment)
        return found

    def find(self, name: str) -> Segment | None:
        """The segment that INCLUDE of a name means, if it is here."""
        return next(iter(self.by_slug.get(name.lower(), ())), None)

    @cached_property
    def overview(self) -> Overview:
        """The segments without their trees."""
        files = ((file.source.path, outlines_of(file)) for file in self.files)
        return Overview(files, self.external)


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


class Selection(NamedTuple):
    """The files that were asked for, inside the workspace they belong to."""

    workspace: Workspace
    files: tuple[ParsedFile, ...]
    config: Config

    @property
    def segments(self) -> list[Segment]:
        """The segments of the files that were asked for."""
        asked = {id(file) for file in self.files}
        return [segment for segment in self.workspace.segments if id(segment.file) in asked]


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
            for file in find_files(_resolved(path), config):
                wanted.setdefault(file.config, {})[_full(file)] = _shown(file.path, current)
        else:
            wanted.setdefault(config, {})[os.path.realpath(path)] = _shown(str(path), current)
    if stdin is not None:
        config = _config_among(folders, _path_of(stdin))
        wanted.setdefault(config, {})[os.path.realpath(_path_of(stdin))] = ""
    return [_found(config, files, folders, stdin) for config, files in wanted.items()]


def select(paths: Sequence[Path], stdin: ParsedFile | None = None) -> list[Selection]:
    """Read the files of the paths, and the workspaces they belong to: see `find`.

    Raises ``OSError`` for a file that cannot be read, `ConfigError` for a bad configuration.
    """
    return [_selection(found) for found in find(paths, stdin)]


def _config_among(folders: Sequence[Path], path: Path) -> Config:
    """The configuration of a path; without one, the outermost of the folders around it counts."""
    config = config_for(path)
    around = [folder for folder in folders if config.root.is_relative_to(folder)]
    if config.file or not around:
        return config
    return Config(min(around, key=lambda folder: len(folder.parts)))


def config_for(path: Path) -> Config:
    """The configuration that holds for a file or folder, or the defaults."""
    folder = _resolved(path) if path.is_dir() else _resolved(path).parent
    return find_config(folder) or Config(folder)


def read_file(path: Path) -> ParsedFile:
    """Read a file; what is not UTF-8 text becomes a diagnostic. Raises ``OSError``."""
    content = path.read_bytes()
    return read_bytes(content, str(path))


def read_bytes(content: bytes, path: str) -> ParsedFile:
    """Decode and parse; an optional byte order mark is passed over."""
    try:
        return parse(_decoded(content), path)
    except ValueError as error:
        message = f"this is not a text file: {error}"
        problem = diagnostic("not-text", 0, 0, message, "save it as UTF-8")
        return ParsedFile(SourceFile("", path), (), (), (problem,))


def source_of(content: bytes, path: str) -> SourceFile:
    """The text that `read_bytes` reads; "" where it is none."""
    try:
        return SourceFile(_decoded(content), path)
    except ValueError:
        return SourceFile("", path)


def _decoded(content: bytes) -> str:
    """The text of a file. Raises ``ValueError``, with the reason, where it is none."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start + 1} is not UTF-8") from None
    if "\0" in text:
        raise ValueError("it holds NUL bytes")
    return text


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


def _selection(found: Found) -> Selection:
    found.config.require()
    asked = [read_file(Path(path.shown)) for path in found.asked]
    asked += [found.stdin] if found.stdin else []
    others = [file for path in found.around if (file := _read_if_possible(Path(path.shown)))]
    workspace = Workspace([*asked, *others], found.config.external)
    return Selection(workspace, tuple(asked), found.config)


def _read_if_possible(path: Path) -> ParsedFile | None:
    """A file that nobody asked for is no reason to stop."""
    try:
        return read_file(path)
    except OSError:
        return None


def _path_of(file: ParsedFile) -> Path:
    return Path(file.source.path or "")


def files_around(config: Config) -> Iterable[Path]:
    """The files that belong together with those that were asked for: INCLUDE may mean them."""
    if config.file:
        found = find_files(config.root, config)
        return [Path(file.path) for file in found if file.config == config]
    return sorted(path for path in config.root.glob(f"*{SUFFIX}") if path.is_file())


def _resolved(path: Path) -> Path:
    """As `Path.resolve`, which raises at a link in a circle: whoever reads it tells that better."""
    return Path(os.path.realpath(path))


def _full(file: FoundFile) -> str:
    """The path of a file without links: those of its folders are resolved."""
    return os.path.realpath(file.path) if file.is_link else file.path


def _shown(path: str, current: str) -> str:
    """A path as people see it: relative to the current folder where it lies below."""
    return path.removeprefix(current)
