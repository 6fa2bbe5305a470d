"""What other files need to know of a file: its segments and whom they include.

A fraction of the tree, small enough to be kept between two runs for every file of a workspace.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from segql._everybody import EVERYBODY
from segql.workspace.graph import by_slug, include_graph

if TYPE_CHECKING:
    from segql.syntax.parser import ParsedFile

# An id that the vendor assigned (vendor: 32 hexadecimal digits; older ones are shorter).
_ID = re.compile(r"[0-9a-f]{16,64}")
# A text without these words, which no quotes can part, includes nothing.
_INCLUDING = ("include", "in_segment")


class Mention(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A segment that is included, and where."""

    value: str
    start: int
    end: int
    is_string: bool = False  # in quotation marks


class Outline(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A segment. ``slug`` is in lower case; ``start`` to ``end`` is its alias, else the text."""

    slug: str | None
    name: str | None  # as WITH states it
    line: int  # of the statement, from 1
    start: int
    end: int
    includes: tuple[Mention, ...] = ()


def outlines_of(file: ParsedFile) -> list[Outline]:
    """The segments of a file, in the order of the text."""
    # Where outlines are remembered, no tree is needed.
    from segql.syntax.nodes import Alias
    from segql.syntax.walk import includes
    from segql.workspace.naming import slug_of, stated_name

    text = file.source.text
    lower = text.lower()
    may_include = any(word in lower for word in _INCLUDING)
    found: list[Outline] = []
    for statement in file.statements:
        alias = statement.clause(Alias)
        place = alias.name if alias else statement
        mentions = tuple(
            Mention(n.value, n.start, n.end, text.startswith('"', n.start))
            for n in (includes(statement) if may_include else ())
        )
        line, _ = file.source.position(statement.start)
        slug, name = slug_of(statement), stated_name(statement)
        found.append(Outline(slug, name, line, place.start, place.end, mentions))
    return found


class Placed(NamedTuple):
    """A segment with the file it stands in."""

    file: int  # its number among the files of the workspace
    path: str | None
    outline: Outline

    @property
    def place(self) -> tuple[str, int]:
        """What segments are put in order by: the path, then the offset."""
        return self.path or "", self.outline.start

    @property
    def where(self) -> str:
        """The place in words, as messages have it."""
        line = self.outline.line
        return f"at {self.path}:{line}" if self.path else f"on line {line}"

    @property
    def slug(self) -> str | None:
        """In lower case, as the server stores it."""
        return self.outline.slug

    @property
    def includes(self) -> tuple[Mention, ...]:
        """The segments it refers to."""
        return self.outline.includes


class Overview:
    """All segments of a workspace. ``external`` are those that only the account has."""

    def __init__(
        self,
        files: Iterable[tuple[str | None, Iterable[Outline]]],
        external: Iterable[str] = (),
    ) -> None:
        self.segments = tuple(
            Placed(number, path, outline)
            for number, (path, outlines) in enumerate(files)
            for outline in outlines
        )
        self.external = frozenset((EVERYBODY, *(slug.lower() for slug in external)))

    @cached_property
    def by_slug(self) -> Mapping[str, Sequence[Placed]]:
        """The segments of each slug; more than one is a mistake."""
        return by_slug(self.segments)

    @cached_property
    def graph(self) -> dict[str, list[str]]:
        """Each slug with the slugs of the workspace that it includes."""
        return include_graph(self.by_slug)

    def is_known(self, name: str) -> bool:
        """Whether INCLUDE of a name means a segment that is here, or may be in the account."""
        name = name.lower()
        return name in self.by_slug or name in self.external or is_id(name)


def is_id(name: str) -> bool:
    """Whether a name can only be known by the account: an id that the vendor assigned."""
    return _ID.fullmatch(name.lower()) is not None
