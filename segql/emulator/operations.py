"""The six operations of the Segment API: from a request to a reply, without HTTP.

The behaviour is the vendor's page of the Segment API. Where the page is silent: an unknown segment
is 404, a slug that is taken 409, anything else wrong with a request 400.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from segql.emulator.errors import Refused
from segql.emulator.fields import (
    Fields,
    fields_of_json,
    fields_of_text,
    slug_of_name,
    statement_of,
)
from segql.emulator.store import SegmentStore, SlugTaken, StoredSegment
from segql.emulator.validation import is_valid

_TEXT = "text/plain"
_JSON = "application/json"

# The values of `valid`, and whether a segment of that validity is listed.
_VALID: Mapping[str, frozenset[bool]] = {
    "true": frozenset({True}),
    "false": frozenset({False}),
    "all": frozenset({True, False}),
}


class Call(NamedTuple):
    """A request: the id or slug in the path, the query, the media type and the body."""

    segment: str
    query: Mapping[str, str]
    media_type: str
    body: bytes


class Reply(NamedTuple):
    """What is answered: an HTTP status, and what goes into `data`."""

    status: int
    data: object


Operation = Callable[[SegmentStore, Call], Reply]


def validate(store: SegmentStore, call: Call) -> Reply:
    """Say whether the body is one valid statement."""
    if _is_text(call):
        statement_of(_text(call))
    else:
        statement_of(_filter_of(fields_of_json(call.body)))
    return Reply(200, None)


def create(store: SegmentStore, call: Call) -> Reply:
    """Create a segment; a text with an ALIAS that is there already updates that one."""
    return _upsert(store, _text(call)) if _is_text(call) else _insert(store, call.body)


def list_segments(store: SegmentStore, call: Call) -> Reply:
    """List the segments of a table, all of them or only the valid or invalid ones."""
    asked = call.query.get("valid", "all").lower()
    if asked not in _VALID:
        raise Refused(400, f"valid is one of {', '.join(_VALID)}")
    segments = store.segments(call.query.get("table", "user"))
    if asked != "all":
        segments = [each for each in segments if is_valid(each.segment_ql) in _VALID[asked]]
    return Reply(200, segments)


def fetch(store: SegmentStore, call: Call) -> Reply:
    """Return one segment."""
    return Reply(200, _found(store.find(call.segment), call))


def update(store: SegmentStore, call: Call) -> Reply:
    """Change a segment: the fields that JSON gives, or all that a statement says."""
    if _is_text(call):
        fields = fields_of_text(_text(call))
    else:
        fields = fields_of_json(call.body)
        if fields.segment_ql is not None:
            statement_of(fields.segment_ql)
    try:
        return Reply(200, _found(store.update(call.segment, fields), call))
    except SlugTaken as taken:
        raise _conflict(taken) from taken


def delete(store: SegmentStore, call: Call) -> Reply:
    """Delete a segment."""
    if not store.delete(call.segment):
        raise _unknown(call)
    return Reply(204, None)


# Path, method, operation. A path is matched in this order, for `validate` is no segment's slug.
OPERATIONS: Mapping[str, Mapping[str, Operation]] = {
    "/api/segment/validate": {"POST": validate},
    "/api/segment": {"GET": list_segments, "POST": create},
    "/api/segment/{segment}": {"GET": fetch, "PUT": update, "DELETE": delete},
}


def _upsert(store: SegmentStore, text: str) -> Reply:
    fields = fields_of_text(text)
    assert fields.slug_name is not None  # every compiled statement has one
    segment, created = store.upsert(fields.slug_name, fields)
    return Reply(201 if created else 200, segment)


def _insert(store: SegmentStore, body: bytes) -> Reply:
    fields = fields_of_json(body)
    statement = statement_of(_filter_of(fields))
    slug = fields.slug_name or statement.alias or slug_of_name(fields.name or "")
    if not slug:
        raise Refused(400, "the segment needs a name, a slug_name or an ALIAS")
    fields.table = fields.table or statement.table
    try:
        return Reply(201, store.insert(slug, fields))
    except SlugTaken as taken:
        raise _conflict(taken) from taken


def _is_text(call: Call) -> bool:
    if call.media_type not in (_TEXT, _JSON):
        raise Refused(415, f"the Content-Type is one of {_TEXT}, {_JSON}")
    return call.media_type == _TEXT


def _text(call: Call) -> str:
    try:
        return call.body.decode()
    except UnicodeDecodeError as error:
        raise Refused(400, "the body is not UTF-8") from error


def _filter_of(fields: Fields) -> str:
    if fields.segment_ql is None:
        raise Refused(400, "the body needs a segment_ql")
    return fields.segment_ql


def _found(segment: StoredSegment | None, call: Call) -> StoredSegment:
    if segment is None:
        raise _unknown(call)
    return segment


def _unknown(call: Call) -> Refused:
    return Refused(404, f"there is no segment {call.segment!r}")


def _conflict(taken: SlugTaken) -> Refused:
    return Refused(409, f"there is a segment {str(taken)!r} already")
