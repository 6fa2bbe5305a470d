"""A plan with everything in it: sixty writes to an account, in chains that include each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from segql.api import Conflict, NotFound, Segment
from segql.deploy.hashing import DEFAULTS
from segql.deploy.plan import Plan
from segql.deploy.planning import make_plan
from segql.syntax.parser import parse
from segql.syntax.walk import includes
from segql.workspace import Environment

from .conftest import segments

URL = "http://127.0.0.1:1"
OURS = Environment("shop", owner_tag="segql")

CREATED, UPDATED, DELETED, KEPT = 25, 20, 15, 5
_TAGS = 'WITH tags = ["segql"]'


def _before() -> Iterator[str]:
    for i in range(KEPT):
        yield f"FILTER kept > {i} {_TAGS} ALIAS kept{i}"
    for i in range(UPDATED):
        inner = f"INCLUDE old{i - 1}" if i else "EXISTS a"
        yield f"FILTER AND ({inner}, x > {i}) {_TAGS} ALIAS old{i}"
    for i in range(DELETED):
        inner = f"INCLUDE gone{i - 1}" if i else "INCLUDE kept0"
        yield f"FILTER AND ({inner}, x > {i}) {_TAGS} ALIAS gone{i}"
    yield "FILTER INCLUDE kept0 ALIAS theirs"


def _after() -> Iterator[str]:
    for i in reversed(range(UPDATED)):  # the files' order is not the one to write in
        inner = f"INCLUDE old{i - 1}, " if i else ""
        yield f"FILTER AND ({inner}INCLUDE new{i}, x > 1{i}) {_TAGS} ALIAS old{i}"
    for i in reversed(range(CREATED)):
        inner = f"INCLUDE new{i - 1}" if i else "INCLUDE kept1"
        yield f"-- Number {i}\nFILTER OR ({inner}, y = {i}) {_TAGS} ALIAS new{i}"
    for i in range(KEPT):
        yield f"FILTER kept > {i} {_TAGS} ALIAS kept{i}"


BEFORE = "\n;\n".join(_before())
AFTER = "\n;\n".join(_after())


def payloads(text: str) -> list[dict[str, Any]]:
    """What an account would be sent for a text, in INCLUDE order."""
    plan = make_plan(segments(text), [], url=URL)
    return [change.send for change in plan.writes]


def plan_for(account: Memory) -> Plan:
    return make_plan(segments(AFTER), account.segments(), url=URL, env=OURS, prune=True)


class Memory:
    """An account in memory that takes no segment whose INCLUDE leads nowhere, at any moment.

    It has the methods of a client. `calls` counts them.
    """

    def __init__(self, text: str = "") -> None:
        self.held: dict[str, Segment] = {}
        self.calls = 0
        self._created = 0
        for payload in payloads(text) if text else ():
            self.create(payload)
        self.calls = 0

    @property
    def content(self) -> dict[str, dict[str, Any]]:
        """All fields of all segments, by slug; ids and times are left out."""
        return contents(self.held.values())

    def segments(self, table: str = "user", valid: object = None) -> list[Segment]:
        self.calls += 1
        return [segment for segment in self.held.values() if segment.table == table]

    def segment(self, id_or_slug: str) -> Segment:
        self.calls += 1
        return self._found(id_or_slug)

    def validate(self, text: str) -> None:
        self.calls += 1

    def create(self, payload: dict[str, Any]) -> Segment:
        self.calls += 1
        if any(segment.slug_name == payload["slug_name"] for segment in self.held.values()):
            raise Conflict("it is there", status=409)
        self._created += 1
        segment = Segment(id=f"id{self._created}", **_fields(payload))
        return self._put(segment)

    def update(self, id_or_slug: str, payload: dict[str, Any]) -> Segment:
        self.calls += 1
        return self._put(replace(self._found(id_or_slug), **_fields(payload)))

    def delete(self, id_or_slug: str) -> None:
        self.calls += 1
        found = self._found(id_or_slug)
        del self.held[found.id]
        self._check()

    def _found(self, id_or_slug: str) -> Segment:
        for segment in self.held.values():
            if id_or_slug in (segment.id, segment.slug_name):
                return segment
        raise NotFound("there is none", status=404)

    def _put(self, segment: Segment) -> Segment:
        self.held[segment.id] = segment
        self._check()
        return segment

    def _check(self) -> None:
        assert dangling(self.held.values()) == []


def contents(held: Any) -> dict[str, dict[str, Any]]:
    return {s.slug_name: {field: getattr(s, field) for field in DEFAULTS} for s in held}


_INCLUDED: dict[str, list[str]] = {}


def dangling(held: Any) -> list[str]:
    """The names that segments include and nobody has."""
    held = list(held)
    there = {segment.slug_name for segment in held}
    return [name for s in held for name in _included(s.segment_ql) if name not in there]


def _included(text: str) -> list[str]:
    if text not in _INCLUDED:
        _INCLUDED[text] = [name.value for s in parse(text).statements for name in includes(s)]
    return _INCLUDED[text]


def _fields(payload: dict[str, Any]) -> dict[str, Any]:
    return {**payload, "tags": tuple(payload["tags"])}
