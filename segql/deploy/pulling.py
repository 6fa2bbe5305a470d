"""Bring files to what an account holds: a file for each segment, or a change in the one it is in.

Nothing is asked or written here.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from json import dumps
from typing import Literal, NamedTuple

from segql.api import Segment as RemoteSegment
from segql.compiler import CompileError, compile_statement
from segql.deploy.compare import changed_fields
from segql.deploy.files import FileNames, stem
from segql.deploy.hashing import DEFAULTS
from segql.deploy.restating import Restatement, restated, restatement
from segql.deploy.stating import UnstatableError, segment_text, untagged, with_slugs
from segql.formatter import LINE_LENGTH
from segql.workspace import Segment
from segql.workspace.graph import by_slug

Action = Literal["create", "update", "unchanged", "aside", "skip"]
Folders = Literal["none", "kind", "tag"]
SUFFIX = ".segql"
ASIDE = ".segql.txt"  # what no file of segments can hold is kept in such a file, for people
ASIDE_HEAD = "# This segment is in no file: "  # so it begins


class Layout(NamedTuple):
    """Where and how new files are written."""

    folder: str = ""
    folders: Folders = "none"  # below it, one for each kind, or for the first tag
    line_length: int = LINE_LENGTH  # in characters
    owner_tag: str | None = None  # of the environment: no concern of the files
    taken: tuple[str, ...] = ()  # paths of files that are not to be written over


class Outcome(NamedTuple):
    """What becomes of one segment of the account."""

    action: Action
    slug: str  # of one that has none, its id
    path: str
    changed: tuple[str, ...] = ()  # the fields that differ, of an update
    reason: str = ""  # why it is aside or was skipped


class Pull(NamedTuple):
    """All that becomes of the segments, and the texts to write, by path."""

    outcomes: tuple[Outcome, ...]
    texts: Mapping[str, str]


def pull(
    remotes: Sequence[RemoteSegment],
    segments: Iterable[Segment],
    layout: Layout,
    wanted: Iterable[RemoteSegment] | None = None,
) -> Pull:
    """What is to be written so that files say what the account holds.

    Args:
        remotes: all segments of the account.
        segments: those of the files; what the account does not have is left as it is.
        layout: where new files go.
        wanted: those of the account to pull; all when None.
    """
    ids = {remote.id for remote in (remotes if wanted is None else wanted)}
    named = [untagged(r, layout.owner_tag) for r in with_slugs(remotes) if r.id in ids]
    pulling = _Pulling(layout, by_slug(segments))
    outcomes = [pulling.segment(remote) for remote in sorted(named, key=_order)]
    return pulling.finished(outcomes)


def _order(remote: RemoteSegment) -> tuple[str, str]:
    return (remote.slug_name or "").lower(), remote.id


class _Pulling:
    """The files as far as they are made."""

    def __init__(self, layout: Layout, ours: Mapping[str, Sequence[Segment]]) -> None:
        self.layout = layout
        self.ours = ours
        self.names = FileNames(layout.taken)
        self.texts: dict[str, str] = {}
        self.changes: dict[str, list[Restatement]] = defaultdict(list)
        self.seen: set[str] = set()

    def segment(self, remote: RemoteSegment) -> Outcome:
        """Make the file of a segment, or remember what changes in the one it is in."""
        slug = (remote.slug_name or "").lower()
        try:
            if slug in self.seen:
                raise UnstatableError("another segment of the account has the same slug")
            if slug:
                self.seen.add(slug)
            if slug in self.ours:
                return self.known(self.ours[slug], remote)
            text = segment_text(remote, self.layout.line_length)
        except UnstatableError as error:
            return self.aside(remote, str(error))
        path = self.names.new(self.prefix(remote), slug, SUFFIX)
        self.texts[path] = text
        return Outcome("create", slug, path)

    def known(self, ours: Sequence[Segment], remote: RemoteSegment) -> Outcome:
        """A segment that a file has already."""
        first = ours[0]
        slug, path = first.slug or "", first.file.source.path or ""
        if len(ours) > 1:
            others = " and ".join(dict.fromkeys(s.file.source.path or "" for s in ours))
            return Outcome("skip", slug, path, (), f"it is more than once in {others}")
        try:
            payload = compile_statement(first.statement)
        except CompileError as error:
            return Outcome("skip", slug, path, (), error.diagnostics[0].message)
        changed = changed_fields(first.statement, payload, remote)
        if not changed:
            return Outcome("unchanged", slug, path)
        if first.file.has_errors:
            return Outcome("skip", slug, path, (), f"there are mistakes in {path}")
        change = restatement(first, remote, changed, self.layout.line_length)
        self.changes[path].append(change)
        return Outcome("update", slug, path, tuple(changed))

    def aside(self, remote: RemoteSegment, reason: str) -> Outcome:
        """Keep what no file of segments can hold."""
        name = (remote.slug_name or remote.id).lower()
        path = self.names.new(self.prefix(remote), name, ASIDE)
        self.texts[path] = _aside_text(remote, reason)
        return Outcome("aside", name, path, (), reason)

    def prefix(self, remote: RemoteSegment) -> str:
        """The folder of a new file."""
        folder = _folder(remote, self.layout.folders)
        return os.path.join(self.layout.folder, *folder, "")

    def finished(self, outcomes: Sequence[Outcome]) -> Pull:
        """All texts; where a file cannot be changed as wanted, it is left as it is."""
        reasons: dict[str, str] = {}
        for path, changes in self.changes.items():
            try:
                self.texts[path] = restated(changes[0].segment.file, changes)
            except UnstatableError as error:
                reasons[path] = str(error)
        return Pull(tuple(_told(outcomes, reasons)), self.texts)


def _told(outcomes: Iterable[Outcome], reasons: Mapping[str, str]) -> Iterator[Outcome]:
    for outcome in outcomes:
        reason = reasons.get(outcome.path) if outcome.action == "update" else None
        yield outcome._replace(action="skip", reason=reason) if reason else outcome


def _folder(remote: RemoteSegment, folders: Folders) -> tuple[str, ...]:
    if folders == "kind":
        return (stem(remote.kind or DEFAULTS["kind"]),)
    return (stem(remote.tags[0]),) if folders == "tag" and remote.tags else ()


def _aside_text(remote: RemoteSegment, reason: str) -> str:
    """The text as the account has it, below what cannot be said in it."""
    fields = {name: getattr(remote, name) for name in ("id", *DEFAULTS) if name != "segment_ql"}
    said = {name: value for name, value in fields.items() if value}
    first = f"{ASIDE_HEAD}{' '.join(reason.split())}"
    return f"{first}\n# {dumps(said)}\n{remote.segment_ql or ''}\n"
