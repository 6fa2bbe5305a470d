"""All segments that are looked at together: files, and who includes whom."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from segql.compiler.payload import stated
from segql.diagnostics import diagnostic
from segql.source import SourceFile
from segql.syntax.nodes import Name, Statement
from segql.syntax.parser import ParsedFile, parse
from segql.syntax.walk import includes
from segql.workspace.config import Config, find_config
from segql.workspace.discovery import SUFFIX, find_files

STDIN = "-"
# An id that the vendor assigned (vendor: 32 hexadecimal digits; older ones are shorter).
_ID = re.compile(r"[0-9a-f]{16,64}")


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

    def is_elsewhere(self, name: str) -> bool:
        """Whether a name can only be known by the account: an id, or declared ``external``."""
        return name.lower() in self.external or _ID.fullmatch(name.lower()) is not None


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


def slug_of(statement: Statement) -> str | None:
    """ALIAS, else WITH ``slug_name``, in lower case."""
    slug = statement.alias or stated(statement).get("slug_name")
    return slug.lower() if isinstance(slug, str) else None


def select(paths: Sequence[Path], stdin: ParsedFile | None = None) -> list[Selection]:
    """Read the files of the paths, and the workspaces they belong to.

    A path is a file or a folder; none means the current folder. ``stdin`` is a text that stands
    for the file of its path. The workspace of a file is what lies below its nearest configuration;
    without one, below the folder that was named, or beside the file. Raises ``OSError`` for a path
    that is not there, `ConfigError` for a bad configuration.
    """
    paths = paths or ([] if stdin else [Path()])
    folders = [_resolved(path) for path in paths if path.is_dir()]
    wanted: dict[Config, dict[Path, ParsedFile | None]] = {}
    for path in paths:
        config = _config_among(folders, path)
        found = find_files(_resolved(path), config) if path.is_dir() else [(path, config)]
        for file, its_config in found:
            wanted.setdefault(its_config, {})[_shown(file)] = None
    if stdin is not None:
        wanted.setdefault(_config_among(folders, _path_of(stdin)), {})[_path_of(stdin)] = stdin
    return [_selection(config, files) for config, files in wanted.items()]


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
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_text(path, f"byte {error.start + 1} is not UTF-8")
    if "\0" in text:
        return _not_text(path, "it holds NUL bytes")
    return parse(text, path)


def _selection(config: Config, files: Mapping[Path, ParsedFile | None]) -> Selection:
    asked = {_resolved(path): file or read_file(path) for path, file in files.items()}
    around = (_resolved(path) for path in files_around(config))
    others = (_read_if_possible(_shown(path)) for path in around if path not in asked)
    workspace = Workspace([*asked.values(), *filter(None, others)], config.external)
    return Selection(workspace, tuple(asked.values()), config)


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
        return [path for path, own in find_files(config.root, config) if own == config]
    return sorted(path for path in config.root.glob(f"*{SUFFIX}") if path.is_file())


def _resolved(path: Path) -> Path:
    """As `Path.resolve`, which raises at a link in a circle: whoever reads it tells that better."""
    return Path(os.path.realpath(path))


def _shown(path: Path) -> Path:
    """A path as people see it: relative to the current folder where it lies below."""
    current = Path.cwd()
    return path.relative_to(current) if path.is_relative_to(current) else path


def _not_text(path: str, why: str) -> ParsedFile:
    problem = diagnostic("not-text", 0, 0, f"this is not a text file: {why}", "save it as UTF-8")
    return ParsedFile(SourceFile("", path), (), (), (problem,))
