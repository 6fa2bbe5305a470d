"""Create a segment once, although answers get lost.

The vendor has no idempotency keys: whether a lost request arrived can only be seen by looking. So a
POST is never sent again blindly. The slug is looked up first:

- not there: the POST did not arrive, and is sent again;
- there, with all that we sent: it arrived, and that is the segment (so it is if another client
  created the very same in between: what was asked for is so);
- there, with something else: Conflict; it is the caller's to update it or not.

A request that is still on its way while we look may arrive after all. The slug is unique in an
account, so that the second one is refused then; it is looked up once more, and found to be ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from segql.api.decoding import decode_one
from segql.api.errors import ApiError, Conflict, NotFound
from segql.api.messages import Answer, Request, json_body, path_of
from segql.api.models import Segment, meaning
from segql.api.retries import Tries

if TYPE_CHECKING:
    from segql.api.transport import Transport

SEGMENTS = "/api/segment"

Payload = Mapping[str, object]

# A name of a field in a payload -> in a `Segment`.
_SAME = {"filter_ql": "segment_ql", "slug": "slug_name"}
_CONFLICT = 409


def create_once(transport: Transport, payload: Payload) -> Segment:
    """Create a segment from its fields; raises as `Client.create` says."""
    request = Request("POST", SEGMENTS, body=json_body(payload))
    slug = slug_of(payload)
    if not slug:  # the server makes one up, and nothing can be looked up
        return decode_one(transport.send(request), Segment)
    tries = Tries(transport.retry)
    doubtful = False
    while True:
        outcome = transport.attempt(request)
        if isinstance(outcome, Answer):
            return decode_one(outcome, Segment)
        doubtful = outcome.is_doubtful = doubtful or outcome.is_doubtful
        is_last = not tries.again(outcome)
        found = _find(transport, slug, tries) if doubtful and transport.retry.retries else None
        if isinstance(found, Segment):
            return _ours(found, payload, transport.where(request))
        if is_last or found:
            raise outcome


def slug_of(payload: Payload) -> str:
    """The slug that a payload gives itself, or its ALIAS does; "" where the server makes it up."""
    fields = _fields(payload)
    return str(fields.get("slug_name") or alias_of(str(fields.get("segment_ql") or "")))


def alias_of(text: str) -> str:
    """The slug in a statement of SegmentQL; "" if it has none."""
    from segql.syntax import parse

    statements = parse(text).statements
    return (statements[0].alias or "") if len(statements) == 1 else ""


def holds(segment: Segment, payload: Payload) -> bool:
    """Whether a segment says all that the payload says, as far as the server tells."""
    fields = _fields(payload)
    named = (name for name in fields if name in Segment.__struct_fields__)
    return all(_is_same(name, fields[name], getattr(segment, name)) for name in named)


def _find(transport: Transport, slug: str, tries: Tries) -> Segment | ApiError | None:
    """The segment with this slug, None if there is none, or why that cannot be told."""
    try:
        request = Request("GET", path_of(SEGMENTS, slug))
        return decode_one(transport.send(request, tries.fresh()), Segment)
    except NotFound:
        return None
    except ApiError as error:
        return error


def _ours(found: Segment, payload: Payload, where: str) -> Segment:
    if holds(found, payload):
        return found
    raise Conflict(
        f"{where}: the answer was lost, and `{found.slug_name}` is another segment ({found.id})",
        "Update that one, or take another slug.",
        status=_CONFLICT,
    )


def _fields(payload: Payload) -> dict[str, object]:
    return {_SAME.get(name, name): value for name, value in payload.items() if value is not None}


def _is_same(name: str, ours: object, theirs: object) -> bool:
    if name == "segment_ql":
        return _means_the_same(str(ours), str(theirs or ""))
    if theirs is None:  # the server does not tell
        return True
    if name == "slug_name":
        return str(ours).lower() == str(theirs).lower()
    return meaning(ours) == meaning(theirs)


def _means_the_same(ours: str, theirs: str) -> bool:
    """Whether two texts are the same filter: the server may write it in its own way."""
    from segql.syntax import parse

    if ours == theirs:
        return True
    one, other = parse(ours), parse(theirs)
    if one.has_errors or other.has_errors:
        return False
    members = [[(each.filter, each.limit) for each in text.statements] for text in (one, other)]
    return members[0] == members[1]
