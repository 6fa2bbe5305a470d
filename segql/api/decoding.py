"""From the body of an answer to what it tells, whichever of the vendor's documents it follows.

Two documents describe the API, and they differ: the page of the Segment API has `segment_ql` and
`updated` inside `{"data": ...}`, the OpenAPI description has `filter_ql` and `modified` inside
`{"status", "message", "data"}`. Both are read, and so is an answer without an envelope.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import msgspec

from segql.api.errors import MalformedResponse
from segql.api.messages import Answer

R = TypeVar("R")
T = TypeVar("T", bound=msgspec.Struct)

# The other document's name of a field -> the name it has here, where it has that one alone.
_OTHER_NAMES = {
    "filter_ql": "segment_ql",
    "slug": "slug_name",
    "modified": "updated",
    "updated": "modified",
}

# Older releases of msgspec do not make the second one a kind of the first.
_WRONG_SHAPE = (ValueError, msgspec.ValidationError)

_HELP = "Check that the API url is right, and that no proxy answers in the server's place."


def decode_one(answer: Answer, kind: type[T]) -> T:
    """Read one thing from an answer, with or without an envelope; raises as `understood`."""
    return understood(answer, lambda document: _convert(unwrap(document), kind))


def decode_many(answer: Answer, kind: type[T]) -> list[T]:
    """Read a list of things; a null list is an empty one, for so the server's language writes it.

    Raises as `understood`.
    """

    def read(document: object) -> list[T]:
        items: list[object] = msgspec.convert(unwrap(document), list[object] | None) or []
        return [_convert(item, kind) for item in items]

    return understood(answer, read)


def understood(answer: Answer, read: Callable[[object], R]) -> R:
    """What `read` makes of the JSON of an answer; it raises ValueError for another shape.

    Raises:
        MalformedResponse: the body is not JSON, or of another shape.
    """
    try:
        return read(decode_json(answer.body))
    except _WRONG_SHAPE as error:
        reason = str(error)
    # Not raised above: there it would be chained to frames that hold the body.
    raise malformed(answer.where, answer.status, reason)


def decode_json(raw: bytes) -> object:
    """Read JSON, raising ValueError alone whatever is wrong with it."""
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        reason = "it is not JSON"
    except RecursionError:
        reason = "it is nested too deeply"
    raise ValueError(reason)


def unwrap(document: object) -> object:
    """Take off the envelope, if there is one."""
    if not isinstance(document, dict):
        return document
    envelope = cast("dict[str, object]", document)
    return envelope.get("data", envelope)


def malformed(where: str, status: int, reason: str) -> MalformedResponse:
    """Tell that the body of the answer to `where` is not what it should be."""
    message = f"{where}: the answer ({status}) cannot be understood: {reason}"
    return MalformedResponse(message, _HELP, status=status)


def _convert(data: object, kind: type[T]) -> T:
    fields = msgspec.convert(data, dict[str, object])
    told = {name: value for name, value in fields.items() if value is not None}
    known = kind.__struct_encode_fields__
    renamed = {
        _OTHER_NAMES[name]: value
        for name, value in told.items()
        if name not in known and name in _OTHER_NAMES
    }
    # Where an answer has both names of a field, the struct's own wins.
    return msgspec.convert(renamed | told, kind)
