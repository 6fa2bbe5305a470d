"""Whose members are asked for: a stored segment, or a filter that comes with the request."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from segql import ApiTreeError, Statement, from_api_tree
from segql._everybody import EVERYBODY, EVERYBODY_TEXT
from segql.emulator.calls import Call, decoded
from segql.emulator.errors import Refused
from segql.emulator.fields import statement_of
from segql.emulator.models import StoredSegment, Text
from segql.emulator.resources.segments import found
from segql.emulator.state import State


class Question(NamedTuple):
    """A filter, its table, its text, and the segment it is stored as, if it is."""

    statement: Statement
    table: str
    text: str
    segment: StoredSegment | None = None

    @property
    def name(self) -> str:
        """What tells it from other questions, also when the segment has been changed."""
        return self.segment.id if self.segment else f"{self.table}: {self.text}"


class AdHoc(msgspec.Struct, kw_only=True):
    """A segment that need not be stored: its text by one of these names, its tree, or its id."""

    segment_ql: Text | None = None
    filter_ql: Text | None = None
    filter: Text | None = None
    table: str | None = None
    id: str | None = None


def question_of_segment(state: State, id_or_slug: str) -> Question:
    """Ask for a stored segment, or for one that every account has.

    Raises:
        Refused: there is none (404).
    """
    slug = id_or_slug.lower()
    if slug == EVERYBODY and state.segments.find(slug) is None:
        return question_of_text(EVERYBODY_TEXT)
    segment = found(state, id_or_slug)
    statement = statement_of(segment.segment_ql)
    return Question(statement, segment.table, segment.segment_ql, segment)


def question_of_id(state: State, id_or_slug: str) -> Question:
    """Ask for a stored segment that a body names; only what a path names can be not found.

    Raises:
        Refused: there is none (400).
    """
    try:
        return question_of_segment(state, id_or_slug)
    except Refused as refused:
        raise Refused(400, refused.message) from refused


def question_of_text(text: str, table: str | None = None) -> Question:
    """Ask with a statement, whose FROM says the table where nothing else does.

    Raises:
        Refused: it is not one valid statement (400).
    """
    statement = statement_of(text)
    return Question(statement, table or statement.table or "user", text)


def question_of_body(state: State, call: Call) -> Question:
    """Ask with the body: a statement, or the JSON of one.

    Raises:
        Refused: it is neither (400, 415), or it names a segment that is not there (400).
    """
    return question_of_text(call.text) if call.is_text else question_of_json(state, call.body)


def question_of_json(state: State, body: bytes) -> Question:
    """Ask with JSON: the text of a segment, its tree as the API has it, or the id of one.

    Raises:
        Refused: it is none of these, or names a segment that is not there (400).
    """
    told = decoded(body, AdHoc, "a segment")
    text = told.segment_ql or told.filter_ql or told.filter
    if text:
        return question_of_text(text, told.table)
    if told.id:
        return question_of_id(state, told.id)
    return _question_of_tree(body)


def _question_of_tree(body: bytes) -> Question:
    try:
        statement = Statement(from_api_tree(msgspec.json.decode(body)))
    except ApiTreeError as error:
        message = f"the body needs a segment_ql, a filter, an id or a tree: {error}"
        raise Refused(400, message) from error
    return Question(statement, "user", body.decode())
