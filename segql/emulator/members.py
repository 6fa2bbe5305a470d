"""Who is in a segment: the filters of the account, asked about its profiles."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from segql import Statement, compile_predicate
from segql._everybody import EVERYBODY, EVERYBODY_TEXT
from segql.emulator.merging import Profile
from segql.emulator.models import StoredSegment
from segql.emulator.stores.fields import FieldStore
from segql.emulator.stores.profiles import ProfileStore, Stored
from segql.emulator.stores.segments import SegmentStore
from segql.emulator.validation import Invalid, read_statement
from segql.evaluator import Predicate
from segql.syntax.nodes import Identifier
from segql.syntax.walk import includes, walk

_FRESH = 5.0  # seconds for which a size is not worked out again

Matches = Callable[[Profile], bool | None]


class _Sizes(NamedTuple):
    """The sizes of segments by their ids, what they were worked out from, and when."""

    key: tuple[int, int, int]
    when: float
    found: dict[str, int]


class Members:
    """What the filters and the profiles of an account say together."""

    def __init__(self, segments: SegmentStore, profiles: ProfileStore, fields: FieldStore) -> None:
        self._segments = segments
        self._profiles = profiles
        self._fields = fields
        self._sizes = _Sizes((-1, -1, -1), 0.0, {})
        self._known: tuple[int, dict[str, str]] = (-1, {})  # by the generation of the segments

    def predicate(self, statement: Statement, table: str) -> Predicate:
        """A filter, ready to be asked about profiles of a table, with the present as `now`."""
        return compile_predicate(
            statement,
            types=self._fields.catalog,
            table=table,
            now=datetime.now(UTC),
            includes=self.statement,
        )

    def statement(self, slug: str) -> Statement | None:
        """The filter that INCLUDE names, or None where there is none that can be read."""
        texts = self._texts()
        text = texts.get(slug) or texts.get(slug.lower())
        return _read(text) if text is not None else None

    def of(
        self, statement: Statement, table: str, generation: int | None = None
    ) -> Iterator[Stored]:
        """The members, in the order of the profiles; LIMIT holds."""
        matches = self.predicate(statement, table).matches
        left = statement.limit
        for stored in self._profiles.read(table.lower(), generation):
            if left == 0:
                return
            if matches(stored.profile):
                left = None if left is None else left - 1
                yield stored

    def sizes(self, segments: Iterable[StoredSegment]) -> dict[str, int]:
        """How many members segments have, by their ids, with one look at each profile."""
        wanted = list(segments)
        key = (self._profiles.generation, self._segments.generation, self._fields.generation)
        known = self._sizes
        if known.key != key or time.monotonic() - known.when > _FRESH:
            known = _Sizes(key, time.monotonic(), {})
        missing = [segment for segment in wanted if segment.id not in known.found]
        known = known._replace(found={**known.found, **self._counted(missing)})
        self._sizes = known
        return {segment.id: known.found[segment.id] for segment in wanted}

    def memberships(self, profiles: list[Profile], table: str) -> list[list[str]]:
        """The slugs of the public segments that each profile is in."""
        public = [each for each in self._segments.segments(table) if each.is_public]
        tests = [(each.slug_name, self._matches(each)) for each in public]
        return [[slug for slug, matches in tests if matches(each)] for each in profiles]

    def fields(self, segment: StoredSegment) -> list[str]:
        """The fields of a segment and of all that it includes."""
        names: set[str] = set()
        seen: set[str] = set()
        pending = [_read(segment.segment_ql)]
        while pending:
            statement = pending.pop()
            if statement is None:
                continue
            names |= {node.name for node in walk(statement.filter) if isinstance(node, Identifier)}
            slugs = {name.value.lower() for name in includes(statement)} - seen
            seen |= slugs
            pending += [self.statement(slug) for slug in slugs]
        return sorted(names)

    def _texts(self) -> dict[str, str]:
        """The filters of all segments by their slugs and ids."""
        generation = self._segments.generation
        known, texts = self._known
        if known != generation:
            segments = self._segments.segments()
            by_slug = {segment.slug_name: segment.segment_ql for segment in segments}
            by_id = {segment.id: segment.segment_ql for segment in segments}
            texts = {EVERYBODY: EVERYBODY_TEXT, **by_slug, **by_id}
            self._known = (generation, texts)
        return texts

    def _counted(self, segments: list[StoredSegment]) -> dict[str, int]:
        counts = {segment.id: 0 for segment in segments}
        for table in {segment.table for segment in segments}:
            asked = [(each.id, self._matches(each)) for each in segments if each.table == table]
            for stored in self._profiles.read(table.lower()):
                for id, matches in asked:
                    if matches(stored.profile):
                        counts[id] += 1
        return {each.id: _at_most(_read(each.segment_ql), counts[each.id]) for each in segments}

    def _matches(self, segment: StoredSegment) -> Matches:
        statement = _read(segment.segment_ql)
        return self.predicate(statement, segment.table).matches if statement else _nobody


def _nobody(profile: Profile) -> bool:
    """The answer of a segment that cannot be read, as an old file may have one."""
    return False


def _at_most(statement: Statement | None, count: int) -> int:
    limit = statement.limit if statement else None
    return count if limit is None else min(count, limit)


def _read(text: str) -> Statement | None:
    try:
        return read_statement(text)
    except Invalid:
        return None
