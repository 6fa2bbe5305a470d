"""All segments that are looked at together: files, and who includes whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from segql.syntax.nodes import Name, Statement
from segql.syntax.parser import ParsedFile
from segql.syntax.walk import includes
from segql.workspace.config import Config
from segql.workspace.finding import Found, find
from segql.workspace.graph import by_slug
from segql.workspace.naming import slug_of
from segql.workspace.outline import Overview, outlines_of
from segql.workspace.reading import read_file


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
        return by_slug(self.segments)

    def find(self, name: str) -> Segment | None:
        """The segment that INCLUDE of a name means, if it is here."""
        return next(iter(self.by_slug.get(name.lower(), ())), None)

    @cached_property
    def overview(self) -> Overview:
        """The segments without their trees."""
        files = ((file.source.path, outlines_of(file)) for file in self.files)
        return Overview(files, self.external)


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


def select(paths: Sequence[Path], stdin: ParsedFile | None = None) -> list[Selection]:
    """Read the files of the paths, and the workspaces they belong to: see `find`.

    Raises ``OSError`` for a file that cannot be read, `ConfigError` for a bad configuration.
    """
    return [_selection(found) for found in find(paths, stdin)]


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
