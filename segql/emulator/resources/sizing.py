"""`/api/segment/size` and `/api/segment/sizes`: how many members there are."""

from __future__ import annotations

import hashlib

import msgspec

from segql.emulator.calls import Call, Reply
from segql.emulator.models import SegmentSize
from segql.emulator.resources.questions import Question, question_of_body
from segql.emulator.state import State


class SizesQuery(msgspec.Struct, kw_only=True):
    """Which segments are counted, by id or slug; all of the account where none is named."""

    ids: list[str] = []


def size(state: State, call: Call) -> Reply:
    """Count the members of a filter that need not be stored."""
    question = question_of_body(state, call)
    state.limits.ask_for_size()
    members = state.members.of(question.statement, question.table)
    return Reply(200, _told(question, sum(1 for _ in members)))


def sizes(state: State, call: Call) -> Reply:
    """Count the members of segments; one that is not there is left out."""
    names = call.asked(SizesQuery).ids
    found = [state.segments.find(name) for name in names] if names else state.segments.segments()
    segments = [*{each.id: each for each in found if each}.values()]
    counts = state.members.sizes(segments)
    return Reply(
        200,
        [
            SegmentSize(id=each.id, name=each.name, slug_name=each.slug_name, size=counts[each.id])
            for each in segments
        ],
    )


def _told(question: Question, count: int) -> SegmentSize:
    if question.segment:
        segment = question.segment
        return SegmentSize(
            id=segment.id, name=segment.name, slug_name=segment.slug_name, size=count
        )
    # What is not stored has no id; one made from its text is at least always the same.
    id = hashlib.blake2b(question.text.encode(), digest_size=16).hexdigest()
    alias = question.statement.alias or ""
    return SegmentSize(id=id, name=alias, slug_name=alias.lower(), size=count)
