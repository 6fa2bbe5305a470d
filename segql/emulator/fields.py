"""What a request says about a segment, from either form of body."""

from __future__ import annotations

import re

import msgspec

from segql import Statement
from segql.catalog.words import KINDS
from segql.compiler.payload import DEFAULT_KIND
from segql.emulator.calls import decoded
from segql.emulator.errors import Refused
from segql.emulator.models import AskedKind, Text
from segql.emulator.validation import Invalid, read_payload, read_statement

# A slug is a part of a path.
_SLUG = re.compile(r"(?!\.{1,2}\Z)[^/\x00-\x1f\x7f]+")


class Fields(msgspec.Struct, kw_only=True):
    """The fields that a caller may set; None where the request does not say, or says null."""

    name: str | None = None
    slug_name: str | None = None
    description: str | None = None
    kind: AskedKind | None = None
    table: str | None = None
    is_public: bool | None = None
    tags: list[str] | None = None
    segment_ql: Text | None = None

    def given(self) -> dict[str, object]:
        """The fields that the request does set."""
        fields = msgspec.structs.asdict(self)
        return {name: value for name, value in fields.items() if value is not None}


class SegmentRequest(Fields, kw_only=True):
    """The fields in JSON, by the names of both documents."""

    # What the vendor's OpenAPI document calls segment_ql.
    filter_ql: Text | None = None


def fields_of_json(body: bytes) -> Fields:
    """Read a JSON body; an empty slug is as good as none.

    Raises:
        Refused: not UTF-8, not JSON, a field of another type, a slug that no path can hold (400).
    """
    told = decoded(body, SegmentRequest, "a segment")
    given = told.given()
    filter_ql = given.pop("filter_ql", None)
    fields = msgspec.convert({"segment_ql": filter_ql} | given, Fields)
    fields.slug_name = fields.slug_name or None
    if fields.kind == "":
        fields.kind = DEFAULT_KIND
    _check_kind(fields)
    if fields.slug_name and not _SLUG.fullmatch(fields.slug_name):
        raise Refused(400, "slug_name has a slash or a control character, or only dots")
    return fields


def fields_of_text(text: str) -> Fields:
    """Read a statement: all that its clauses say, the slug and the WITH options among them.

    Raises:
        Refused: it is not one valid statement with an ALIAS, or of no kind that there is (400).
    """
    try:
        fields = msgspec.convert(read_payload(text), Fields)
    except Invalid as error:
        raise Refused(400, str(error)) from error
    _check_kind(fields)
    return fields


def _check_kind(fields: Fields) -> None:
    if fields.kind is not None and fields.kind not in KINDS:
        raise Refused(400, f"there is no kind {fields.kind!r}; there are {', '.join(KINDS)}")


def statement_of(text: str) -> Statement:
    """Read a statement.

    Raises:
        Refused: it is not one valid statement (400).
    """
    try:
        return read_statement(text)
    except Invalid as error:
        raise Refused(400, str(error)) from error


def slug_of_name(name: str) -> str:
    """Make a slug from a name: `Most Active!` becomes `most_active`. It may be empty."""
    return re.sub(r"\W+", "_", name.lower()).strip("_")
