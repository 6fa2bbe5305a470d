"""A folder: the files of one configuration, checked together as `segql check` would do it.

The text of an open document is the client's; the other files are read from disk, and again when
they change there.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from segql.catalog import Catalog
from segql.diagnostics import Diagnostic
from segql.formatter import LINE_LENGTH
from segql.linter.examine import examine
from segql.linter.examined import Examined
from segql.linter.judging import judge
from segql.linter.parts import Examiner
from segql.linter.setup import Findings, Wishes, setup
from segql.syntax.parser import parse
from segql.workspace import Config, Outline, Overview, source_of
from segql.workspace.reading import read_bytes
from segql_lsp.documents import Document, path_of, uri_of

Stamp = tuple[object, ...]


class Opened(NamedTuple):
    """What the client has open."""

    uri: str
    version: int | None
    text: str


class Known(NamedTuple):
    """A segment, and the document it stands in."""

    document: Document
    outline: Outline


class Folder:
    """The files of one configuration; None is for a document that is no file.

    ``opened`` is what the client has open, by key: the path, or the uri of what is no file.
    """

    def __init__(
        self, config: Config | None, opened: Mapping[str, Opened], encoding: str, stamp: Stamp
    ) -> None:
        self.config = config
        self.encoding = encoding
        self.stamp = stamp
        self.opened = opened
        self.setup = setup(config or Config(Path()), Wishes(today=today()))
        self._files: dict[str, _File] = {}

    # ---- what there is ------------------------------------------------------------------

    @property
    def catalog(self) -> Catalog:
        """What is known of fields; an empty one where nothing is."""
        return self.setup.options.catalog or Catalog()

    @property
    def line_length(self) -> int:
        """The length of formatted lines, in characters."""
        return (self.config.line_length if self.config else None) or LINE_LENGTH

    @property
    def profiles(self) -> tuple[Path, ...]:
        """The files of profiles that segments are tried on."""
        return self.config.profile_paths if self.config else ()

    @property
    def problems(self) -> Findings:
        """What is wrong with the configuration and the catalogs, each with its text."""
        return self.setup.problems

    @cached_property
    def overview(self) -> Overview:
        """All segments without their trees. A broken text keeps the names it had before."""
        outlines = [(key, file.examined.outlines) for key, file in self._files.items()]
        external = self.config.external if self.config else ()
        lost = (slug for file in self._files.values() for slug in file.lost)
        return Overview(outlines, (*external, *lost))

    @property
    def shape(self) -> object:
        """Equal as long as nothing changes that other documents could be told of."""
        return [
            (placed.file, o.slug, o.name, o.line, [mention.value for mention in o.includes])
            for placed in self.overview.segments
            for o in (placed.outline,)
        ], self.overview.external

    def segments(self, slug: str) -> list[Known]:
        """The segments that INCLUDE of a name means; more than one is a mistake."""
        placed = self.overview.by_slug.get(slug.lower(), ())
        found = ((self._files[p.path or ""].document, p.outline) for p in placed)
        return [Known(document, outline) for document, outline in found if document]

    def document(self, key: str) -> Document | None:
        """A document by its path, or its uri; None where there is none."""
        return self._files[key].document if key in self._files else None

    def documents(self) -> Iterator[Document]:
        """Every document, in the order of paths; one that has gone meanwhile is passed over."""
        for file in self._files.values():
            if document := file.document:
                yield document

    @property
    def broken(self) -> set[str]:
        """The keys of the documents that have errors."""
        return {
            key
            for key, file in self._files.items()
            if any(problem.is_error for problem in file.examined.problems)
        }

    def uri(self, key: str) -> str:
        """The uri of a document, as the client writes it where it has the document open."""
        opened = self.opened.get(key)
        return opened.uri if opened else uri_of(key)

    def uris(self) -> Iterator[str]:
        """The uris of its documents, and of what is wrong with its configuration."""
        yield from map(self.uri, self._files)
        yield from (uri_of(source.path) for source, _ in self.problems if source.path)

    def unread(self) -> list[Callable[[], object]]:
        """What is still to be done until every file is read, step by step."""
        return [file.read for file in self._files.values() if not file.is_read]

    # ---- what is wrong ------------------------------------------------------------------

    def diagnostics(self, document: Document) -> list[Diagnostic]:
        """What is wrong with a document, sorted by place."""
        return self.all_diagnostics([key_of(document.uri)])[document.uri]

    def diagnostics_with(self, document: Document, text: str) -> list[Diagnostic]:
        """What would be wrong with a document if this were its text."""
        key = key_of(document.uri)
        examined = examine(parse(text, document.source.path), self.setup.options)
        outlines: dict[str | None, list[Outline]] = {}
        for placed in self.overview.segments:
            outlines.setdefault(placed.path, []).append(placed.outline)
        outlines[key] = examined.outlines
        overview = Overview(outlines.items(), self.overview.external)
        number = [*outlines].index(key)
        found = judge(
            {number: examined}, overview, self.setup.options, lambda _: self.setup.ignored(key)
        )
        return found.get(number, [])

    def all_diagnostics(self, keys: Iterable[str] | None = None) -> dict[str, list[Diagnostic]]:
        """What is wrong, by the uri of every document; or of those with the keys."""
        numbers = {key: number for number, key in enumerate(self._files)}
        wanted = numbers if keys is None else keys
        examined = {numbers[key]: self._files[key].examined for key in wanted}
        names = [*numbers]
        found = judge(
            examined, self.overview, self.setup.options, lambda n: self.setup.ignored(names[n])
        )
        return {self.uri(key): found.get(numbers[key], []) for key in wanted}

    # ---- what happens -------------------------------------------------------------------

    def has(self, keys: Iterable[str]) -> None:
        """These are its files now; which of them changed on disk is seen."""
        self._files = {key: self._files.get(key) or _File(key, self) for key in keys}
        for key in self._files:
            self.change(key)

    def change(self, key: str) -> None:
        """A document may have another text."""
        self._files[key].look_at_disk()
        self.__dict__.pop("overview", None)

    def __contains__(self, key: str) -> bool:
        return key in self._files


class _File:
    """A file of a folder; what was found out about a text is kept until there is another."""

    def __init__(self, key: str, folder: Folder) -> None:
        self.key = key
        self.lost: frozenset[str] = frozenset()  # the segments that were here before a mistake
        self._folder = folder
        self._stamp: Stamp | None = None  # of what lies on disk
        self._opened: Opened | None = None
        self._document: Document | None = None
        self._examined: Examined | None = None
        self._examiner = Examiner(folder.setup.options)

    @property
    def document(self) -> Document | None:
        """The text; None for a file that cannot be read any more."""
        opened = self._look_at_client()
        if opened is None:  # not kept: there may be many
            content = _content(self.key)
            text = None if content is None else source_of(content, self.key).text
            return (
                None
                if text is None
                else Document(self._folder.uri(self.key), None, text, self._folder)
            )
        if self._document is None:
            self._document = Document(*opened, self._folder)
        return self._document

    @property
    def examined(self) -> Examined:
        """What the text says on its own."""
        opened = self._look_at_client()
        if self._examined is None:
            self._examined = self._examine_opened(opened) if opened else self._examine_on_disk()
        return self._examined

    @property
    def is_read(self) -> bool:
        """Whether it is known what the text says."""
        self._look_at_client()
        return self._examined is not None

    def read(self) -> None:
        """Find out what the text says."""
        _ = self.examined

    def look_at_disk(self) -> None:
        """Forget what was found out about a file that is another one now."""
        stamp = stamp_of(self.key)
        if stamp != self._stamp and self._opened is None:
            self._examined = None
        self._stamp = stamp

    def _look_at_client(self) -> Opened | None:
        opened = self._folder.opened.get(self.key)
        if opened is not self._opened:
            self._opened, self._document, self._examined = opened, None, None
        return opened

    def _examine_on_disk(self) -> Examined:
        self.lost = frozenset()
        self._examiner = Examiner(self._folder.setup.options)
        content = _content(self.key)
        if content is None:
            return Examined([], [], [])
        return examine(read_bytes(content, self.key), self._folder.setup.options)

    def _examine_opened(self, opened: Opened) -> Examined:
        before = self._examiner.slugs | self.lost
        found = self._examiner.examine(opened.text)
        is_broken = any(problem.code.startswith("SYN") for problem in found.problems)
        self.lost = before - self._examiner.slugs if is_broken else frozenset()
        return found


def today() -> str:
    """The date, as in 2026-01-31: what is past depends on it."""
    return time.strftime("%Y-%m-%d")


def key_of(uri: str) -> str:
    """What a document is known by: its path without links, or its uri if it is no file."""
    path = path_of(uri)
    return os.path.realpath(path) if path else uri


def stamp_of(path: str | Path) -> Stamp:
    """What changes when a file does; () for one that is not there."""
    try:
        status = os.stat(path)
    except OSError:
        return ()
    return status.st_mtime_ns, status.st_size, status.st_ino


def _content(path: str) -> bytes | None:
    try:
        return Path(path).read_bytes()
    except OSError:
        return None
