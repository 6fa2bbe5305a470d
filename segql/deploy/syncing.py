"""Segments of one account as another is to hold them: what a plan takes for segments of files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from segql.api import Segment as RemoteSegment
from segql.deploy.stating import UnstatableError, segment_text, untagged, with_slugs
from segql.syntax.parser import ParsedFile, parse
from segql.workspace import Segment, Workspace


class Left(NamedTuple):
    """A segment that cannot be copied, and why."""

    slug: str  # of one that has none, its id
    reason: str


class Copies(NamedTuple):
    """The segments to be written to another account, and those that cannot be."""

    segments: tuple[Segment, ...]
    left: tuple[Left, ...]


def copies_of(
    remotes: Sequence[RemoteSegment],
    source: str,
    *,
    wanted: Iterable[RemoteSegment] | None = None,
    owner_tag: str | None = None,
) -> Copies:
    """The segments of an account, each with all that can be stated.

    INCLUDE of an id, which has a meaning in its own account alone, names the slug instead. A name
    or a description that the account does not have is not stated: the other account keeps its own.

    Args:
        remotes: all segments of the account.
        source: what the account is called; the paths of the segments begin with it.
        wanted: those to copy; all when None.
        owner_tag: the tag that marks what is managed there; it is not copied.
    """
    ids = {remote.id for remote in (remotes if wanted is None else wanted)}
    files: dict[str, ParsedFile] = {}
    left: list[Left] = []
    for remote in with_slugs(remotes):
        if remote.id not in ids:
            continue
        slug = (remote.slug_name or remote.id).lower()
        try:
            if slug in files:
                raise UnstatableError("another segment of the account has the same slug")
            text = segment_text(untagged(remote, owner_tag), in_full=True)
        except UnstatableError as error:
            left.append(Left(slug, str(error)))
        else:
            files[slug] = parse(text, f"{source}/{slug}")
    return Copies(Workspace(files.values()).segments, tuple(left))
