"""Profiles in JSON: an object a line, one that is spread over lines, or a list of them.

A file may be of any size; only the profile that is being read is held.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, cast

import msgspec

from segql.catalog.shapes import entries, items
from segql.profiles.model import BadProfile, Profile, Profiles
from segql.profiles.splitting import LONGEST, split

_HEAD = 64  # bytes
_BOM = b"\xef\xbb\xbf"
_CLOSINGS = (b"}", b"]")
# What stands around the profiles in the answer of the vendor's segment scan.
_ENVELOPE = {"data", "next", "_next", "status", "message", "total", "meta"}
_TOO_LONG = f"it is longer than {LONGEST >> 20} MB"
_NOT_JSON = "it is not JSON"


def read_json(stream: BinaryIO) -> Profiles:
    """Each profile of a file, or what is wrong in its place.

    A file is read line by line. An object that is spread over lines, as ``jq`` prints it, ends
    with a bracket at the beginning of a line. What follows the opening bracket of a list is read
    bracket by bracket. Profiles may be in the envelope of the vendor's segment scan.
    """
    head = stream.readline(_HEAD).removeprefix(_BOM)
    if head.lstrip().startswith(b"["):  # of a list, the first line can be all of it
        yield from _spread(head, stream, 1)
        return
    lines = _numbered(head, stream)
    for number, line in lines:
        text = line.strip()
        if text == b"[":
            yield from _spread(line, stream, number)
            return
        if text == b"{":
            text += b"".join(_rest(lines))
        if len(text) > LONGEST:
            yield BadProfile(f"line {number}", _TOO_LONG)
        elif text:
            yield from _profiles(text, f"line {number}")


def _numbered(head: bytes, stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines; of one that is too long only the beginning, which is too long as well."""
    number = 1
    line = head if head.endswith(b"\n") else head + stream.readline(LONGEST + 1)
    while line:
        yield number, line
        while len(line) > LONGEST and not line.endswith(b"\n"):
            line = stream.readline(LONGEST + 1) or b"\n"
        number += 1
        line = stream.readline(LONGEST + 1)


def _rest(lines: Iterator[tuple[int, bytes]]) -> Iterator[bytes]:
    """The lines of an object behind its first, as far as they are not too many."""
    left = LONGEST
    for _, line in lines:
        if left >= 0:
            yield line
        left -= len(line)
        if line.startswith(_CLOSINGS):
            return


def _spread(head: bytes, stream: BinaryIO, line: int) -> Profiles:
    """The items of a list that begins with ``head``, and whatever follows it."""
    for part in split(head, stream, line):
        place = f"line {part.line}" + (f", item {part.item}" if part.item else "")
        if part.text is None:
            yield BadProfile(place, _TOO_LONG)
        elif not part.text:
            yield BadProfile(place, "the list is not closed")
        elif part.item:
            yield _profile_of(part.text, place)
        else:
            yield from _profiles(part.text, place)


def _profiles(text: bytes, place: str) -> Profiles:
    """The profile of a document, or those of a list or an envelope."""
    document = _decoded(text, place)
    listed = _listed(document)
    if listed is None:
        yield _checked(document, place)
    else:
        for number, item in enumerate(listed, start=1):
            yield _checked(item, f"{place}, item {number}")


def _profile_of(text: bytes, place: str) -> Profile | BadProfile:
    return _checked(_decoded(text, place), place)


def _decoded(text: bytes, place: str) -> object:
    try:
        return msgspec.json.decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return BadProfile(place, _NOT_JSON)
    except RecursionError:
        return BadProfile(place, "it is nested too deeply")


def _checked(document: object, place: str) -> Profile | BadProfile:
    if isinstance(document, dict):
        return cast("Profile", document)
    if isinstance(document, BadProfile):
        return document
    return BadProfile(place, "it is not an object")


def _listed(document: object) -> list[object] | None:
    """The profiles of a list, or of an answer with a list; None for a document that is neither."""
    said = entries(document)
    found = said.get("data") if said and said.keys() <= _ENVELOPE else document
    return items(cast("object", found)) if isinstance(found, list) else None
