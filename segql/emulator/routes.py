"""Every operation: its method and path, what it takes, and what it answers.

The names are those of the vendor's OpenAPI document, and for what only the page of the Segment API
has, names of the same kind. The application and its description are both made from this table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from msgspec import Struct

from segql.emulator import models as m
from segql.emulator.calls import JSON, TEXT, Call, Reply
from segql.emulator.fields import SegmentRequest
from segql.emulator.resources import (
    accounts,
    collecting,
    connections,
    entities,
    jobs,
    scanning,
    schemas,
    segments,
    sizing,
)
from segql.emulator.resources.questions import AdHoc
from segql.emulator.state import State

Run = Callable[[State, Call], Reply]


class Operation(NamedTuple):
    """What a method of a path does.

    `data` is the type of what is answered, `beside` that of what stands beside it. `body` has the
    media types that are taken, each with its type. `errors` are the statuses that are not common
    to all operations like it.
    """

    method: str
    path: str
    id: str
    run: Run
    data: Any = None
    status: int = 200
    query: type[Struct] | None = None
    body: Mapping[str, Any] = {}
    is_body_optional: bool = False
    beside: Mapping[str, Any] = {}
    errors: tuple[int, ...] = ()


_SEGMENT = {JSON: SegmentRequest, TEXT: m.Text}
_QUESTION = {JSON: AdHoc, TEXT: m.Text}
_PROFILES = list[m.UserProfile]
_PAGE = {"next": str, "meta": m.Schema}

# A path is matched in this order, for `scan` is no segment's slug.
OPERATIONS = (
    Operation("GET", "/api/account", "listAccounts", accounts.list_accounts, list[m.Account]),
    Operation("GET", "/api/account/{aid}", "getAccount", accounts.fetch, m.Account),
    Operation(
        *("POST", "/api/segment/validate", "validateSegment", segments.validate),
        body=_SEGMENT,
    ),
    Operation(
        *("POST", "/api/segment/size", "sizeSegment", sizing.size, m.SegmentSize),
        body=_QUESTION,
        errors=(429,),
    ),
    Operation(
        *("GET", "/api/segment/sizes", "listSegmentSizes", sizing.sizes, list[m.SegmentSize]),
        query=sizing.SizesQuery,
    ),
    Operation(
        *("GET", "/api/segment/scan", "scanSegments", scanning.scan, _PROFILES),
        query=scanning.ScanQuery,
        body=_QUESTION,
        is_body_optional=True,
        beside=_PAGE,
        errors=(404,),
    ),
    Operation(
        *("POST", "/api/segment/scan", "scanSegment", scanning.scan_filter, _PROFILES),
        query=scanning.FilterQuery,
        body={JSON: scanning.FilterRequest, TEXT: m.Text},
        beside={"total": int, "_next": str},
    ),
    Operation(
        *("GET", "/api/segment", "listSegments", segments.list_segments, list[m.Segment]),
        query=segments.ListQuery,
    ),
    Operation(
        *("POST", "/api/segment", "createSegment", segments.create, m.Segment, 201),
        body=_SEGMENT,
        errors=(409, 422),
    ),
    Operation("GET", "/api/segment/{id}", "getSegment", segments.fetch, m.Segment),
    Operation(
        *("PUT", "/api/segment/{id}", "updateSegment", segments.update, m.Segment),
        body=_SEGMENT,
        errors=(409, 422),
    ),
    Operation("DELETE", "/api/segment/{id}", "deleteSegment", segments.delete, status=204),
    Operation(
        *("GET", "/api/segment/{id}/scan", "scanStoredSegment", scanning.scan, _PROFILES),
        query=scanning.ScanQuery,
        beside=_PAGE,
    ),
    Operation(
        *("GET", "/api/entity/{table}/{field}/{value}", "getEntity", entities.fetch),
        data=m.UserProfile,
        query=entities.EntityQuery,
    ),
    Operation("GET", "/api/schema/{table}", "getSchema", schemas.schema, m.Schema),
    Operation(
        *("GET", "/api/schema/{table}/fieldinfo", "getSchemaValues", schemas.values),
        data=m.SchemaValues,
    ),
    Operation(
        *("GET", "/api/datamodel", "listDatamodels", schemas.list_datamodels),
        data=list[m.Datamodel],
    ),
    Operation(
        *("GET", "/api/datamodel/{name}", "getDatamodel", schemas.fetch_datamodel, m.Datamodel)
    ),
    Operation(
        *("GET", "/api/connection", "listConnections", connections.list_connections),
        data=list[m.Connection],
    ),
    Operation(
        *("POST", "/api/connection", "createConnection", connections.create, m.Connection),
        body={JSON: m.ConnectionRequest},
    ),
    Operation("GET", "/api/connection/{id}", "getConnection", connections.fetch, m.Connection),
    Operation(
        *("PUT", "/api/connection/{id}", "updateConnection", connections.update, m.Connection),
        body={JSON: m.ConnectionRequest},
    ),
    Operation("DELETE", "/api/connection/{id}", "deleteConnection", connections.delete),
    Operation("GET", "/api/job", "listJobs", jobs.list_jobs, list[m.Job]),
    Operation(
        *("POST", "/api/job", "createJob", jobs.create, m.Job),
        body={JSON: m.JobRequest},
    ),
    Operation("GET", "/api/job/{id}", "getJob", jobs.fetch, m.Job),
    Operation("DELETE", "/api/job/{id}", "cancelJob", jobs.cancel),
    Operation(
        *("POST", "/api/work", "createWork", jobs.work, m.Work),
        body={JSON: m.WorkRequest},
    ),
    Operation(
        *("POST", "/api/collect", "collectData", collecting.collect),
        query=collecting.CollectQuery,
        body={JSON: dict[str, Any]},
        errors=(422,),
    ),
)


def by_path() -> dict[str, dict[str, Operation]]:
    """The operations of each path by their methods, in the order of the table."""
    paths: dict[str, dict[str, Operation]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = operation
    return paths
