"""`/api/segment`: validate, create, list, fetch, update, delete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from segql import Statement
from segql.emulator.calls import Call, Reply
from segql.emulator.errors import Refused
from segql.emulator.fields import (
    Fields,
    fields_of_json,
    fields_of_text,
    slug_of_name,
    statement_of,
)
from segql.emulator.models import Segment, StoredSegment
from segql.emulator.state import State
from segql.emulator.stores.segments import SlugTaken
from segql.emulator.validation import is_valid

_Validity = Literal["all", "true", "True", "false", "False"]
# Whether a segment of that validity is listed.
_VALID: Mapping[_Validity, frozenset[bool]] = {
    "all": frozenset({True, False}),
    "true": frozenset({True}),
    "True": frozenset({True}),
    "false": frozenset({False}),
    "False": frozenset({False}),
}


class ListQuery(msgspec.Struct, kw_only=True):
    """Which segments are listed: those of a `table`, and of those the `valid` ones, or not."""

    table: str = "user"
    valid: _Validity = "all"


def validate(state: State, call: Call) -> Reply:
    """Say whether the body is one valid statement."""
    if call.is_text:
        statement_of(call.text)
    else:
        statement_of(_filter_of(fields_of_json(call.body)))
    return Reply(200)


def create(state: State, call: Call) -> Reply:
    """Create a segment; a text with an ALIAS that is there already updates that one."""
    return _upsert(state, call.text) if call.is_text else _insert(state, call.body)


def list_segments(state: State, call: Call) -> Reply:
    """List the segments of a table, all of them or only the valid or invalid ones."""
    query = call.asked(ListQuery)
    segments = state.segments.segments(query.table)
    if query.valid != "all":
        wanted = _VALID[query.valid]
        segments = [each for each in segments if is_valid(each.segment_ql) in wanted]
    return Reply(200, told(state, segments))


def fetch(state: State, call: Call) -> Reply:
    """Return one segment."""
    return Reply(200, _told(state, found(state, call.path["id"])))


def update(state: State, call: Call) -> Reply:
    """Change a segment: the fields that JSON gives, or all that a statement says."""
    fields = fields_of_text(call.text) if call.is_text else fields_of_json(call.body)
    statement = None if fields.segment_ql is None else statement_of(fields.segment_ql)
    state.limits.store_segment(fields.name, statement)
    name = call.path["id"]
    try:
        changed = state.segments.update(name, fields)
    except SlugTaken as taken:
        raise _conflict(taken) from taken
    if changed is None:
        raise unknown(name)
    return Reply(200, _told(state, changed))


def delete(state: State, call: Call) -> Reply:
    """Delete a segment."""
    if not state.segments.delete(call.path["id"]):
        raise unknown(call.path["id"])
    return Reply(204)


def told(state: State, segments: Iterable[StoredSegment]) -> list[Segment]:
    """Segments by the names of both documents, with their sizes."""
    stored = list(segments)
    sizes = state.members.sizes(stored)
    return [
        Segment(
            **msgspec.structs.asdict(segment),
            slug=segment.slug_name,
            filter_ql=segment.segment_ql,
            modified=segment.updated,
            fields=state.members.fields(segment),
            size=sizes[segment.id],
        )
        for segment in stored
    ]


def _told(state: State, segment: StoredSegment) -> Segment:
    return told(state, [segment])[0]


def found(state: State, id_or_slug: str) -> StoredSegment:
    """The segment with an id or slug.

    Raises:
        Refused: there is none (404).
    """
    segment = state.segments.find(id_or_slug)
    if segment is None:
        raise unknown(id_or_slug)
    return segment


def unknown(id_or_slug: str) -> Refused:
    """That there is no such segment."""
    return Refused(404, f"there is no segment {id_or_slug!r}")


def _upsert(state: State, text: str) -> Reply:
    fields = fields_of_text(text)
    assert fields.slug_name is not None  # every compiled statement has one
    _check_limits(state, fields, statement_of(text), fields.slug_name)
    segment, created = state.segments.upsert(fields.slug_name, fields)
    return Reply(201 if created else 200, _told(state, segment))


def _insert(state: State, body: bytes) -> Reply:
    fields = fields_of_json(body)
    statement = statement_of(_filter_of(fields))
    slug = fields.slug_name or statement.alias or slug_of_name(fields.name or "")
    if not slug:
        raise Refused(400, "the segment needs a name, a slug_name or an ALIAS")
    fields.table = fields.table or statement.table
    _check_limits(state, fields, statement, slug)
    try:
        return Reply(201, _told(state, state.segments.insert(slug, fields)))
    except SlugTaken as taken:
        raise _conflict(taken) from taken


def _check_limits(state: State, fields: Fields, statement: Statement, slug: str) -> None:
    state.limits.store_segment(fields.name or slug, statement)
    state.limits.add_segment(lambda: _others(state, slug))


def _others(state: State, slug: str) -> int:
    return sum(each.slug_name != slug.lower() for each in state.segments.segments())


def _filter_of(fields: Fields) -> str:
    if fields.segment_ql is None:
        raise Refused(400, "the body needs a segment_ql")
    return fields.segment_ql


def _conflict(taken: SlugTaken) -> Refused:
    return Refused(409, f"there is a segment {str(taken)!r} already")
