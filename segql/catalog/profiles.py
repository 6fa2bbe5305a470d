"""Profiles as they lie in files: one JSON object a line, or a JSON list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, cast

import msgspec

from segql.catalog.shapes import entries, items

_OPENINGS = (b"{", b"[")
_CLOSINGS = (b"}", b"]")
_BOM = b"\xef\xbb\xbf"
# What stands around the profiles in the answer of the vendor's segment scan.
_ENVELOPE = {"data", "next", "_next", "status", "message", "total", "meta"}


class BadProfile(NamedTuple):
    """What could not be read: where, as "line 3", and why."""

    place: str
    reason: str


def read_profiles(stream: BinaryIO) -> Iterator[dict[str, object] | BadProfile]:
    """Each profile of a file, or what is wrong in its place.

    A file is read line by line. An object that is spread over lines, as ``jq`` prints it, ends
    with a bracket at the beginning of a line; a list that begins the file is read as a whole.
    Profiles may be in the envelope of the vendor's segment scan.
    """
    for number, line in enumerate(stream, start=1):
        text = line.removeprefix(_BOM).strip() if number == 1 else line.strip()
        if text in _OPENINGS:
            text += b"".join(_rest(stream))
        elif number == 1 and text.startswith(b"["):
            text += stream.read()
        if text:
            yield from _profiles(text, f"line {number}")


def _rest(stream: BinaryIO) -> Iterator[bytes]:
    for line in stream:
        yield line
        if line.startswith(_CLOSINGS):
            return


def _profiles(text: bytes, place: str) -> Iterator[dict[str, object] | BadProfile]:
    try:
        document: object = msgspec.json.decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        yield BadProfile(place, "it is not JSON")
        return
    except RecursionError:
        yield BadProfile(place, "it is nested too deeply")
        return
    listed = _listed(document)
    for number, item in enumerate([document] if listed is None else listed, start=1):
        if isinstance(item, dict):
            yield dict(entries(cast("object", item)))
        else:
            where = place if listed is None else f"{place}, item {number}"
            yield BadProfile(where, "it is not an object")


def _listed(document: object) -> list[object] | None:
    """The profiles of a list, or of an answer with a list; None for a document that is neither."""
    said = entries(document)
    found = said.get("data") if said and said.keys() <= _ENVELOPE else document
    return items(cast("object", found)) if isinstance(found, list) else None
