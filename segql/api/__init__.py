"""The client of the vendor's API.

The exceptions are imported at once, for every caller handles them; the rest, some of which needs
the HTTP library, is imported on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from segql._lazy import lazily
from segql.api.errors import (
    ApiError,
    Conflict,
    ConnectionFailed,
    CredentialsError,
    HttpError,
    MalformedResponse,
    NotFound,
    Rejected,
    ServerError,
    Unauthorized,
)

if TYPE_CHECKING:
    from segql.api.accounts import Account
    from segql.api.client import NO_RETRIES, Client
    from segql.api.connections import Connection, ConnectionRequest
    from segql.api.credentials import Credentials, load_credentials
    from segql.api.datamodels import Datamodel, DatamodelField
    from segql.api.jobs import Job, JobRequest, Work, WorkRequest
    from segql.api.limits import RateLimiter
    from segql.api.messages import Answer, Body, Request
    from segql.api.models import Segment, SegmentSize, decode_segment, decode_segments
    from segql.api.retries import Retry
    from segql.api.scanning import Page, Scan, ScanOptions
    from segql.api.transport import Attempt

__all__ = [
    "NO_RETRIES",
    "Account",
    "Answer",
    "ApiError",
    "Attempt",
    "Body",
    "Client",
    "Conflict",
    "Connection",
    "ConnectionFailed",
    "ConnectionRequest",
    "Credentials",
    "CredentialsError",
    "Datamodel",
    "DatamodelField",
    "HttpError",
    "Job",
    "JobRequest",
    "MalformedResponse",
    "NotFound",
    "Page",
    "RateLimiter",
    "Rejected",
    "Request",
    "Retry",
    "Scan",
    "ScanOptions",
    "Segment",
    "SegmentSize",
    "ServerError",
    "Unauthorized",
    "Work",
    "WorkRequest",
    "decode_segment",
    "decode_segments",
    "load_credentials",
]

_PLACES = {
    "NO_RETRIES": "client.NO_RETRIES",
    "Account": "accounts.Account",
    "Answer": "messages.Answer",
    "Attempt": "transport.Attempt",
    "Body": "messages.Body",
    "Client": "client.Client",
    "Connection": "connections.Connection",
    "ConnectionRequest": "connections.ConnectionRequest",
    "Credentials": "credentials.Credentials",
    "Datamodel": "datamodels.Datamodel",
    "DatamodelField": "datamodels.DatamodelField",
    "Job": "jobs.Job",
    "JobRequest": "jobs.JobRequest",
    "Page": "scanning.Page",
    "RateLimiter": "limits.RateLimiter",
    "Request": "messages.Request",
    "Retry": "retries.Retry",
    "Scan": "scanning.Scan",
    "ScanOptions": "scanning.ScanOptions",
    "Segment": "models.Segment",
    "SegmentSize": "models.SegmentSize",
    "Work": "jobs.Work",
    "WorkRequest": "jobs.WorkRequest",
    "decode_segment": "models.decode_segment",
    "decode_segments": "models.decode_segments",
    "load_credentials": "credentials.load_credentials",
}

__getattr__ = lazily(__name__, _PLACES)
