"""The resources of the API as it sends and takes them.

A class here is at once what is encoded and decoded, what the stores keep, and what the description
at `/openapi.json` is made from. A field that is `UNSET` is left out. Timestamps are RFC 3339 in UTC
with milliseconds; an id is 32 hexadecimal digits.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from segql.catalog.words import KINDS

ACCOUNT_ID = "e" * 32
AUTHOR_ID = "emulator"

Timestamp = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]
SegmentKind = Annotated[str, Meta(extra_json_schema={"enum": [*KINDS]})]
# None is as good as `segment`.
AskedKind = Annotated[str, Meta(extra_json_schema={"enum": [*KINDS, ""]})]
FieldType = Literal["string", "int", "float", "bool", "date", "array", "object"]
Text = Annotated[str, Meta(extra_json_schema={"format": "segmentql"})]  # of one statement
JobStatus = Literal["pending", "running", "complete", "failed", "cancelled"]
Config = dict[str, Any]
# What the OpenAPI document promises of some fields of a profile. The emulator gives back what it
# was given, so that it is the events and the files that keep this promise.
UserProfile = Annotated[
    dict[str, Any],
    Meta(
        title="UserProfile",
        extra_json_schema={
            "properties": {
                "_uid": {"type": "string"},
                "email": {"type": "string", "format": "email"},
                "first_name": {"type": "string"},
                "last_name": {"type": "string"},
                "segments": {"type": "array", "items": {"type": "string"}},
                "scores": {"type": "object", "additionalProperties": {"type": "number"}},
                "created": {"type": "string", "format": "date-time"},
                "last_active_ts": {"type": "string", "format": "date-time"},
            }
        },
    ),
]


def new_id() -> str:
    """Make up an id."""
    return secrets.token_hex(16)


def timestamp(instant: datetime | None = None) -> str:
    """Write an instant (the present when None) as the API does."""
    text = (instant or datetime.now(UTC)).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


class Account(Struct, frozen=True, kw_only=True):
    """The account that the emulator has; its key is never told."""

    aid: str
    name: str
    created: Timestamp
    modified: Timestamp


class StoredSegment(Struct, frozen=True, kw_only=True):
    """A segment as it is kept; `slug_name` is unique and in lower case."""

    id: str
    account_id: str
    author_id: str
    slug_name: str
    name: str
    description: str
    kind: SegmentKind
    table: str
    is_public: bool
    tags: list[str]
    segment_ql: str
    created: Timestamp
    updated: Timestamp


class Segment(StoredSegment, frozen=True, kw_only=True):
    """A segment as it is told, by the names of both documents."""

    slug: str  # the same as `slug_name`
    filter_ql: str  # the same as `segment_ql`
    modified: Timestamp  # the same as `updated`
    fields: list[str]  # of this segment and of those it includes
    size: int  # members at present


class SegmentSize(Struct, frozen=True, kw_only=True):
    """How many members a segment has at present."""

    id: str
    name: str
    slug_name: str
    size: int


class DatamodelField(Struct, frozen=True, kw_only=True, rename={"as_": "as"}):
    """A field that a stream fills; `is_by`: profiles are put together by it."""

    name: str
    as_: str
    type: FieldType
    is_by: bool


class Datamodel(Struct, frozen=True, kw_only=True):
    """A stream, and the fields that were seen in it."""

    id: str
    name: str
    fields: list[DatamodelField]
    created: Timestamp
    modified: Timestamp


class Column(Struct, frozen=True, kw_only=True, rename={"as_": "as"}):
    """A field of a table, with its type in the language's own terms."""

    as_: str
    type: str
    shortdesc: str
    longdesc: str
    is_by: bool
    froms: list[str]  # the streams that fill it


class Schema(Struct, frozen=True, kw_only=True):
    """The fields of a table."""

    name: str
    columns: list[Column]


class FieldValues(Struct, frozen=True, kw_only=True):
    """The values of a field: the most frequent, how many differ, how many profiles have any."""

    field: str
    terms_counts: dict[str, int]
    approx_cardinality: int
    ents_present: int
    high_card: bool  # there are so many that the rare ones were not counted


class SchemaValues(Struct, frozen=True, kw_only=True):
    """The values of the fields of a table."""

    fields: list[FieldValues]


class ConnectionRequest(Struct, kw_only=True):
    """What a caller says about a connection."""

    name: str
    type: str
    auth_id: str | UnsetType = UNSET
    config: Config | UnsetType = UNSET


class Connection(Struct, frozen=True, kw_only=True):
    """A source or a destination of data."""

    id: str
    name: str
    type: str
    auth_id: str | UnsetType = UNSET
    config: Config | UnsetType = UNSET
    created: Timestamp
    modified: Timestamp


class JobRequest(Struct, kw_only=True):
    """What a caller says about a job."""

    type: str
    connection_id: str
    config: Config | UnsetType = UNSET


class Job(Struct, frozen=True, kw_only=True):
    """An import, an export or a workflow; `error` says why one failed."""

    id: str
    type: str
    status: JobStatus
    connection_id: str | UnsetType = UNSET
    config: Config | UnsetType = UNSET
    error: str | UnsetType = UNSET
    created: Timestamp
    modified: Timestamp


class WorkRequest(Struct, kw_only=True):
    """Which workflow is to run, and how."""

    workflow_id: str
    verbose_logging: bool = False
    config: Config | UnsetType = UNSET


class Work(Struct, frozen=True, kw_only=True):
    """The job that a workflow runs as."""

    id: str
