"""A segment as the API tells it, and the envelopes it comes in.

Two of the vendor's documents describe the answer, and they differ: the page of the Segment API has
`segment_ql` and `updated` inside `{"data": ...}`, the OpenAPI description has `filter_ql` and
`modified` inside `{"status", "message", "data"}`. Both are read, and so is an answer without an
envelope.
"""

from __future__ import annotations

from typing import cast

import msgspec

from segql.api.errors import MalformedResponse

# The other document's name of a field -> ours.
_OTHER_NAMES = {"filter_ql": "segment_ql", "modified": "updated", "slug": "slug_name"}

# Older releases of msgspec do not make the second one a kind of the first.
_WRONG_SHAPE = (ValueError, msgspec.ValidationError)

_HELP = "Check that the API url is right, and that no proxy answers in the server's place."


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """A segment of an account. None means that the server did not say.

    `created` and `updated` are RFC 3339 timestamps, kept as the server wrote them.
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
    created: str | None = None
    updated: str | None = None
    author_id: str | None = None
    account_id: str | None = None


def decode_segment(raw: bytes, *, where: str = "the API", status: int = 200) -> Segment:
    """Read one segment from the body of an answer.

    Args:
        raw: the body, with or without an envelope.
        where: the request it answers, for the message.
        status: the HTTP status it came with, for the exception.

    Raises:
        MalformedResponse: the body is not JSON, or not a segment.
    """
    try:
        return _segment(_data(decode_json(raw)))
    except _WRONG_SHAPE as error:
        raise malformed(where, status, error) from None


def decode_segments(raw: bytes, *, where: str = "the API", status: int = 200) -> list[Segment]:
    """Read a list of segments from the body of an answer; arguments and errors as above.

    A null list is an empty one: that is how the server's language writes it.
    """
    try:
        data = _data(decode_json(raw))
        items: list[object] = msgspec.convert(data, list[object] | None) or []
        return [_segment(item) for item in items]
    except _WRONG_SHAPE as error:
        raise malformed(where, status, error) from None


def decode_json(raw: bytes) -> object:
    """Read JSON, raising ValueError alone whatever is wrong with it."""
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        reason = "it is not JSON"
    except RecursionError:
        reason = "it is nested too deeply"
    raise ValueError(reason)


def _data(document: object) -> object:
    """Take off the envelope, if there is one."""
    if not isinstance(document, dict):
        return document
    envelope = cast("dict[str, object]", document)
    return envelope.get("data", envelope)


def _segment(data: object) -> Segment:
    fields = msgspec.convert(data, dict[str, object])
    told = {name: value for name, value in fields.items() if value is not None}
    renamed = {_OTHER_NAMES.get(name, name): value for name, value in told.items()}
    # Where an answer has both names of a field, the page's own wins.
    return msgspec.convert(renamed | told, Segment)


def malformed(where: str, status: int, error: Exception) -> MalformedResponse:
    """Tell that the body of the answer to `where` is not what it should be."""
    message = f"{where}: the answer ({status}) cannot be understood: {error}"
    return MalformedResponse(message, _HELP, status=status)
