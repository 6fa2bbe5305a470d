"""The scan: the members of a segment or of a filter, page by page.

A scan is answered once, when it begins: which versions of which profiles it gives, in which order.
Its pages are parts of that answer, whatever is written meanwhile.
"""

from __future__ import annotations

import zlib
from array import array
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from segql.emulator.calls import Call, Reply
from segql.emulator.errors import Refused
from segql.emulator.merging import Profile
from segql.emulator.models import Text
from segql.emulator.ordering import Key, key_of_field, key_of_last_seen, ordered, picked
from segql.emulator.resources.questions import (
    Question,
    question_of_body,
    question_of_id,
    question_of_json,
    question_of_segment,
    question_of_text,
)
from segql.emulator.resources.schemas import schema_of
from segql.emulator.scans import GONE, Scan
from segql.emulator.state import State

_SPLITS = 100
_MEMBERSHIP = frozenset({"true", "t", "1"})  # values of `segments` that are no segment


class ScanQuery(msgspec.Struct, kw_only=True):
    """A scan as the page of the Segment API has it.

    `start` goes on with a scan; `splits` are hundredths of the profiles, that are always the same.
    `segments` is a segment in JSON, or `true` to be told the public segments of each profile.
    """

    id: str = ""
    limit: Annotated[int, Meta(ge=1, le=100)] = 20
    splits: list[Annotated[int, Meta(ge=0, le=99)]] = []
    start: str = ""
    meta: bool = False
    sortfield: str = ""
    sortorder: Literal["asc", "desc"] = "asc"
    recent: bool = False
    segments: str = ""
    fields: list[str] = []


class FilterQuery(msgspec.Struct, kw_only=True):
    """A scan as the OpenAPI document has it; `next` goes on with one."""

    limit: Annotated[int, Meta(ge=1, le=5000)] = 100
    next: str = ""
    generation: Annotated[int, Meta(ge=0)] | UnsetType = UNSET


class FilterRequest(msgspec.Struct, kw_only=True):
    """A filter, or the id or slug of a segment; one of them."""

    filter: Text | UnsetType = UNSET
    id: str | UnsetType = UNSET


def scan(state: State, call: Call) -> Reply:
    """Give a page of the members of a segment, or of one that comes with the request."""
    query = call.asked(ScanQuery)
    if query.start:
        found, start = state.scans.resume(query.start)
        _check_same(found, query.id or call.path.get("id"), state)
    else:
        question = _asked(state, call, query)
        found, start = _begin(state, question, query), 0
    page, following = _page(state, found, start, query.limit)
    told = _with_segments(state, found, page) if _wants_membership(query) else page
    beside: dict[str, object] = {"next": following}
    if query.meta:
        beside["meta"] = schema_of(state, found.table)
    return Reply(200, [picked(each, query.fields) for each in told], beside, _headers(found))


def scan_filter(state: State, call: Call) -> Reply:
    """Give a page of the members of a filter or of a segment, each with its public segments."""
    query = call.asked(FilterQuery)
    question = _question_of(state, call)
    if query.next:
        found, start = state.scans.resume(query.next)
        if found.question != question.name:
            raise Refused(400, "`next` is of another scan than the body asks for")
    else:
        generation = None if query.generation is UNSET else query.generation
        found, start = _begin(state, question, ScanQuery(), generation), 0
    page, following = _page(state, found, start, query.limit)
    beside = {"total": len(found.versions), "_next": following}
    return Reply(200, _with_segments(state, found, page), beside, _headers(found))


def _asked(state: State, call: Call, query: ScanQuery) -> Question:
    name = call.path.get("id") or query.id
    is_ad_hoc = query.segments and not _wants_membership(query)
    if sum(map(bool, (name, is_ad_hoc, call.body))) != 1:
        raise Refused(400, "name one segment: by its id, in `segments`, or in the body")
    if name:
        return question_of_segment(state, name)
    if is_ad_hoc:
        text = query.segments
        is_json = text.lstrip().startswith("{")
        return question_of_json(state, text.encode()) if is_json else question_of_text(text)
    return question_of_body(state, call)


def _question_of(state: State, call: Call) -> Question:
    if call.is_text:
        return question_of_text(call.text)
    told = call.told(FilterRequest)
    match told.filter, told.id:
        case str(text), UnsetType():
            return question_of_text(text)
        case UnsetType(), str(id):
            return question_of_id(state, id)
        case _:
            raise Refused(400, "the body has either a filter or an id")


def _wants_membership(query: ScanQuery) -> bool:
    return query.segments.lower() in _MEMBERSHIP


def _check_same(scan: Scan, name: str | None, state: State) -> None:
    if name and question_of_segment(state, name).name != scan.question:
        raise Refused(400, "`start` is of a scan of another segment")


def _begin(
    state: State, question: Question, query: ScanQuery, generation: int | None = None
) -> Scan:
    at = _readable(state, generation)
    key = _key(state, question, query)
    members = state.members.of(question.statement, question.table, at)
    if query.splits:
        splits = frozenset(query.splits)
        members = (each for each in members if split_of(each.number) in splits)
    if key is None:
        versions = array("q", (each.version for each in members))
    else:
        keyed = ((key(each.profile), each.version) for each in members)
        is_descending = query.recent or query.sortorder == "desc"
        versions = array("q", ordered(keyed, is_descending))
    return state.scans.begin(question.name, question.table, at, versions)


def _readable(state: State, generation: int | None) -> int:
    newest, oldest = state.profiles.generation, state.profiles.oldest
    if generation is None:
        return newest
    if not oldest <= generation <= newest:
        kept = f"{oldest} to {newest}" if oldest < newest else str(newest)
        raise Refused(400, f"generation {generation} is not there; kept is {kept}")
    return generation


def _key(state: State, question: Question, query: ScanQuery) -> Key | None:
    if query.recent:
        return key_of_last_seen
    if not query.sortfield:
        return None
    found = state.fields.catalog.find(query.sortfield, question.table)
    return key_of_field(query.sortfield, found.type if found else None)


def _page(state: State, scan: Scan, start: int, limit: int) -> tuple[list[Profile], str]:
    versions = [*scan.versions[start : start + limit]]
    try:
        return state.profiles.versions(versions), scan.token(start + limit)
    except KeyError as error:  # its time ran out while it was worked out
        raise Refused(400, GONE) from error


def _with_segments(state: State, scan: Scan, profiles: list[Profile]) -> list[Profile]:
    slugs = state.members.memberships(profiles, scan.table)
    return [{**each, "segments": of} for each, of in zip(profiles, slugs, strict=True)]


def _headers(scan: Scan) -> dict[str, str]:
    return {"X-Generation": str(scan.generation)}


def split_of(number: int) -> int:
    """The hundredth of all profiles that one is in: evenly spread, and always the same."""
    return zlib.crc32(str(number).encode()) % _SPLITS
