"""Segments: to list, read, check, count, write and delete them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from segql.api.creating import SEGMENTS, alias_of, create_once, holds, slug_of
from segql.api.decoding import decode_one
from segql.api.errors import Conflict, NotFound
from segql.api.messages import Request, json_body, path_of, text_body
from segql.api.models import Segment, SegmentSize
from segql.api.resource import Resource

VALIDATE = "/api/segment/validate"
SIZE = "/api/segment/size"
SIZES = "/api/segment/sizes"

_MOST_IDS = 100  # in one query: an address has its limits


class Segments(Resource):
    """`/api/segment`, `/api/segment/validate`, `/api/segment/size` and `/api/segment/sizes`.

    A payload is a mapping with the fields of the page of the Segment API: `segment_ql`, `name`,
    `slug_name`, `description`, `kind`, `table`, `is_public`, `tags`. A segment of the table
    "content" is what the vendor calls a content collection.
    """

    def segments(
        self, table: str | None = None, valid: bool | Literal["all"] | None = None
    ) -> list[Segment]:
        """List the segments of the account.

        Args:
            table: "user", "content" and so on; the server takes "user" when None.
            valid: only the valid ones, only the invalid ones, or all.
        """
        return self._many(Segment, SEGMENTS, {"table": table, "valid": valid})

    def segment(self, id_or_slug: str) -> Segment:
        """Fetch one segment; NotFound if there is none."""
        return self._one(Segment, "GET", path_of(SEGMENTS, id_or_slug))

    def validate(self, text: str) -> None:
        """Ask whether one statement of SegmentQL is valid; Rejected, with the reason, if not."""
        self._confirm("POST", VALIDATE, text_body(text), is_repeatable=True)

    def validate_json(self, payload: Mapping[str, object]) -> None:
        """Ask whether the `segment_ql` of a payload is valid; Rejected, with the reason, if not."""
        self._confirm("POST", VALIDATE, json_body(payload), is_repeatable=True)

    def create(self, payload: Mapping[str, object]) -> Segment:
        """Create a segment from its fields.

        If an answer is lost and the client retries, it looks whether the segment arrived before
        it sends it again. A payload without a slug is sent once.

        Raises:
            Conflict: there is another segment with this slug.
        """
        return create_once(self._transport, payload)

    def create_text(self, text: str) -> Segment:
        """Create the segment that a statement's ALIAS names, or update it if it is there."""
        request = Request(
            "POST", SEGMENTS, body=text_body(text), is_repeatable=bool(alias_of(text))
        )
        return decode_one(self._transport.send(request), Segment)

    def upsert(self, payload: Mapping[str, object]) -> Segment:
        """Create a segment from its fields, or change the one that has its slug to them."""
        try:
            return self.create(payload)
        except Conflict:
            slug = slug_of(payload)
            if not slug:
                raise
        return self.update(slug, payload)

    def update(self, id_or_slug: str, payload: Mapping[str, object]) -> Segment:
        """Change the given fields of a segment; NotFound if there is none."""
        try:
            return self._one(Segment, "PUT", path_of(SEGMENTS, id_or_slug), json_body(payload))
        except NotFound as gone:
            # An earlier try whose answer was lost may have given it another slug.
            if not (gone.is_doubtful and payload.get("slug_name")):
                raise
            renamed = self.segment(slug_of(payload))
            if not holds(renamed, payload):
                raise
            return renamed

    def delete(self, id_or_slug: str) -> None:
        """Delete a segment; NotFound if there is none."""
        self._confirm("DELETE", path_of(SEGMENTS, id_or_slug))

    def size(self, text: str) -> SegmentSize:
        """Count the members of a statement that is not stored.

        The vendor allows one such call in ten seconds: callers, in all threads, wait for their
        turn. Of segments that are stored, `sizes` counts many at once without waiting.
        """
        answer = self._send("POST", SIZE, text_body(text), is_repeatable=True)
        return decode_one(answer, SegmentSize)

    def sizes(self, ids: Sequence[str] | None = None) -> list[SegmentSize]:
        """Count the members of segments that are stored.

        Args:
            ids: those to count; all of the account when None.
        """
        if ids is None:
            return self._many(SegmentSize, SIZES)
        return [size for few in _batches(ids) for size in self._many(SegmentSize, SIZES, few)]


def _batches(ids: Sequence[str]) -> Iterator[Mapping[str, object]]:
    for first in range(0, len(ids), _MOST_IDS):
        yield {"ids": ids[first : first + _MOST_IDS]}
