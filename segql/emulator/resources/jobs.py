"""`/api/job` and `/api/work`: what is done in the background, or would be.

Nothing is imported or exported. A job waits for a quarter of its time, runs for the rest, and is
complete then, unless it was cancelled or its connection was deleted meanwhile.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import msgspec
from msgspec import UNSET, UnsetType

from segql.emulator.calls import Call, Reply
from segql.emulator.errors import Refused
from segql.emulator.models import (
    Config,
    Job,
    JobRequest,
    Work,
    WorkRequest,
    new_id,
    timestamp,
)
from segql.emulator.state import State

_WAITING = 0.25  # of a job's time
_UNDER_WAY = frozenset({"pending", "running"})


def list_jobs(state: State, call: Call) -> Reply:
    """List the jobs."""
    return Reply(200, [_now(state, job) for job in state.jobs.all()])


def create(state: State, call: Call) -> Reply:
    """Start a job."""
    told = call.told(JobRequest)
    if state.connections.find(told.connection_id) is None:
        raise Refused(400, f"there is no connection {told.connection_id!r}")
    return Reply(200, _started(state, told.type, told.config, told.connection_id))


def fetch(state: State, call: Call) -> Reply:
    """Return one job, as it is at present."""
    return Reply(200, _found(state, call))


def cancel(state: State, call: Call) -> Reply:
    """Cancel a job; one that is over stays as it is."""
    job = _found(state, call)
    if job.status in _UNDER_WAY:
        now = timestamp()
        state.jobs.put(job.id, msgspec.structs.replace(job, status="cancelled", modified=now))
    return Reply(200)


def work(state: State, call: Call) -> Reply:
    """Start a workflow, which is a job of the type `work`."""
    told = call.told(WorkRequest)
    config = {} if told.config is UNSET else told.config
    details = {"workflow_id": told.workflow_id, "verbose_logging": told.verbose_logging}
    return Reply(200, Work(id=_started(state, "work", {**config, **details}).id))


def fail_those_of(state: State, connection: str) -> None:
    """Let the jobs fail that are under way and need a connection which is no more."""
    for job in map(partial(_now, state), state.jobs.all()):
        if job.connection_id == connection and job.status in _UNDER_WAY:
            reason, now = "its connection was deleted", timestamp()
            failed = msgspec.structs.replace(job, status="failed", error=reason, modified=now)
            state.jobs.put(job.id, failed)


def _started(
    state: State, type: str, config: Config | UnsetType, connection: str | UnsetType = UNSET
) -> Job:
    now = timestamp()
    made = Job(
        id=new_id(),
        type=type,
        status="pending",
        connection_id=connection,
        config=config,
        created=now,
        modified=now,
    )
    return state.jobs.put(made.id, made)


def _found(state: State, call: Call) -> Job:
    job = state.jobs.find(call.path["id"])
    if job is None:
        raise Refused(404, f"there is no job {call.path['id']!r}")
    return _now(state, job)


def _now(state: State, job: Job) -> Job:
    """A job as it has become by now, which is kept."""
    if job.status not in _UNDER_WAY:
        return job
    became = _became(state, job)
    return job if became is job else state.jobs.put(job.id, became)


def _became(state: State, job: Job) -> Job:
    begun = datetime.fromisoformat(job.created)
    running = begun + timedelta(seconds=state.settings.job_time * _WAITING)
    complete = begun + timedelta(seconds=state.settings.job_time)
    now = datetime.now(begun.tzinfo)
    if now >= complete:
        return msgspec.structs.replace(job, status="complete", modified=timestamp(complete))
    if now >= running:
        return msgspec.structs.replace(job, status="running", modified=timestamp(running))
    return job
