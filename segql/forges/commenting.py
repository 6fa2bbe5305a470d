"""One comment that is written again, instead of another one each time."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from segql.forges.forge import Comment, Forge, ForgeError

_MARKER = re.compile(r"<!--.*\w.*-->")
_HELP = (
    "Begin with a comment of HTML on a line of its own, such as `<!-- segql plan: prod -->`; "
    "`segql plan --output-format markdown` does."
)


class Written(NamedTuple):
    """What was done, and where the comment is."""

    what: Literal["written", "replaced", "unchanged"]
    address: str


def write_comment(forge: Forge, text: str) -> Written:
    """Write a comment, in place of ours with the same first line if there is one.

    Raises ``ApiError``.
    """
    ours = _ours(forge, _marker(text))
    if ours is None:
        return Written("written", forge.address(forge.create(text)))
    address = forge.address(ours.id)
    if _plain(ours.text) == _plain(text):
        return Written("unchanged", address)
    forge.edit(ours.id, text)
    return Written("replaced", address)


def _marker(text: str) -> str:
    """The first line, by which the comment is found again. Raises `ForgeError`."""
    if not text.strip():
        raise ForgeError("there is nothing to write: the text is empty", _HELP)
    line = _first_line(text)
    if not _MARKER.fullmatch(line):
        raise ForgeError("the first line is no marker to find the comment by again", _HELP)
    return line


def _ours(forge: Forge, marker: str) -> Comment | None:
    """The first comment with a marker that the owner of the token has written.

    Anybody can write a marker, and a token can often edit what others have written. But their
    comment stays theirs: what we wrote into it, they could change afterwards.
    """
    ourselves: str | None = None
    for comment in forge.comments():
        if _first_line(comment.text) == marker:
            ourselves = ourselves or forge.whoami()
            if comment.author == ourselves:
                return comment
    return None


def _first_line(text: str) -> str:
    return text.partition("\n")[0].strip()


def _plain(text: str) -> str:
    """A text without what the services may change in it."""
    return text.replace("\r\n", "\n").strip()
