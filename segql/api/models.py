"""What the API tells of segments. None means that the server did not say."""

from __future__ import annotations

import msgspec

from segql.api.decoding import decode_many, decode_one
from segql.api.messages import Answer


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """A segment of an account.

    `created` and `updated` are RFC 3339 timestamps, kept as the server wrote them. `size` is a
    number of members; `fields` are those that the segment and what it includes ask for.
    """

    id: str
    slug_name: str | None = None
    name: str | None = None
    description: str | None = None
    kind: str | None = None
    segment_ql: str | None = None
    is_public: bool | None = None
    tags: tuple[str, ...] | None = None
    table: str | None = None
    fields: tuple[str, ...] | None = None
    size: int | None = None
    created: str | None = None
    updated: str | None = None
    author_id: str | None = None
    account_id: str | None = None


class SegmentSize(msgspec.Struct, frozen=True, kw_only=True):
    """How many members a segment has; of one that is not stored, `size` alone may be known."""

    size: int
    id: str | None = None
    slug_name: str | None = None
    name: str | None = None


def meaning(value: object) -> object:
    """What a field other than the filter means: two values that say the same are equal.

    A server may write them in its own way. The form of line breaks and blanks at the ends of a
    text say nothing, and neither does the order of tags, or that one is there twice.
    """
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, list | tuple):
        return tuple(sorted({*map(str, value)}))  # pyright: ignore[reportUnknownArgumentType]
    return value


def decode_segment(raw: bytes, *, where: str = "the API", status: int = 200) -> Segment:
    """Read one segment from the body of an answer.

    Args:
        raw: the body, with or without an envelope.
        where: the request it answers, for the message.
        status: the HTTP status it came with, for the exception.

    Raises:
        MalformedResponse: the body is not JSON, or not a segment.
    """
    return decode_one(Answer(where, status, "", {}, raw), Segment)


def decode_segments(raw: bytes, *, where: str = "the API", status: int = 200) -> list[Segment]:
    """Read a list of segments from the body of an answer; arguments and errors as above."""
    return decode_many(Answer(where, status, "", {}, raw), Segment)
