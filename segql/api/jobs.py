"""Jobs, which bring data in and out, and work, which the account does in the background."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from segql.api.messages import json_body, path_of
from segql.api.resource import Resource

_JOBS = "/api/job"
_WORK = "/api/work"


class JobRequest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a job is to do. `config` may hold secrets, and is not shown by `repr`."""

    type: str
    connection_id: str
    config: Mapping[str, object] | None = None

    def __repr__(self) -> str:
        return f"JobRequest(type={self.type!r}, connection_id={self.connection_id!r})"


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A job. None means that the server did not say; the times are RFC 3339.

    `status` is pending, running, complete, failed or cancelled; `error` says why it failed.
    `config` may hold secrets, and is not shown by `repr`.
    """

    id: str
    type: str | None = None
    status: str | None = None
    connection_id: str | None = None
    config: Mapping[str, object] | None = None
    error: str | None = None
    created: str | None = None
    modified: str | None = None

    def __repr__(self) -> str:
        return f"Job(id={self.id!r}, type={self.type!r}, status={self.status!r})"


class WorkRequest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which workflow is to run. `config` may hold secrets, and is not shown by `repr`."""

    workflow_id: str
    verbose_logging: bool = False
    config: Mapping[str, object] | None = None

    def __repr__(self) -> str:
        return f"WorkRequest(workflow_id={self.workflow_id!r})"


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """Work that was begun."""

    id: str


class Jobs(Resource):
    """`/api/job` and `/api/work`.

    Neither a job nor work is begun again when the answer was lost, for both would run twice: the
    exception has `is_doubtful` then.
    """

    def jobs(self) -> list[Job]:
        """List the jobs of the account."""
        return self._many(Job, _JOBS)

    def job(self, id: str) -> Job:
        """Fetch one job; NotFound if there is none."""
        return self._one(Job, "GET", path_of(_JOBS, id))

    def create_job(self, wanted: JobRequest) -> Job:
        """Create a job, which begins at once."""
        return self._one(Job, "POST", _JOBS, json_body(wanted))

    def cancel_job(self, id: str) -> None:
        """Cancel a job; NotFound if there is none."""
        self._confirm("DELETE", path_of(_JOBS, id))

    def start_work(self, wanted: WorkRequest) -> Work:
        """Begin a workflow, such as the evaluation of a segment."""
        return self._one(Work, "POST", _WORK, json_body(wanted))
