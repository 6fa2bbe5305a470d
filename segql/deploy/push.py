"""Create or update segments in an account, so that it holds what the files say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from segql.api import ApiError, Client, Rejected
from segql.api import Segment as RemoteSegment
from segql.compiler import Payload, compile_statement
from segql.deploy.compare import changed_fields, merged_fields
from segql.workspace import Segment, in_include_order

Action = Literal["create", "update", "unchanged"]


class Step(NamedTuple):
    """What is to be done for one segment."""

    action: Action
    segment: Segment
    payload: Payload
    remote: RemoteSegment | None
    changed: list[str]  # the fields that differ, of an update

    @property
    def slug(self) -> str:
        """The segment's slug, in lower case."""
        return self.payload["slug_name"]


class Outcome(NamedTuple):
    """A step that was done, and the id of its segment in the account."""

    step: Step
    id: str


class PushError(Exception):
    """A push that ended early. ``left`` are the steps that were not done, the failed one first."""

    def __init__(self, cause: ApiError, left: list[Step]) -> None:
        super().__init__(cause.message)
        self.cause = cause
        self.left = left


def push(client: Client, segments: Iterable[Segment]) -> Iterator[Outcome]:
    """Write what differs, in INCLUDE order; yield each segment as it is done.

    Everything that will be written is validated at the API before the first write, so that a
    refusal leaves the account as it was. Raises `PushError` at the first failure.
    """
    steps = plan_steps(client, segments)
    _validate(client, steps)
    for index, step in enumerate(steps):
        try:
            yield Outcome(step, _write(client, step))
        except ApiError as error:
            raise PushError(error, _to_write(steps[index:])) from None


def plan_steps(client: Client, segments: Iterable[Segment]) -> list[Step]:
    """Compare files and account: one list call a table. Raises `PushError`."""
    ordered = in_include_order(segments)
    payloads = [compile_statement(segment.statement) for segment in ordered]
    try:
        remotes = _remotes(client, {payload["table"] for payload in payloads})
    except ApiError as error:
        raise PushError(error, []) from None
    return [
        _step(s, p, remotes.get(p["slug_name"])) for s, p in zip(ordered, payloads, strict=True)
    ]


def _remotes(client: Client, tables: set[str]) -> dict[str, RemoteSegment]:
    found = (remote for table in sorted(tables) for remote in client.segments(table, valid="all"))
    return {remote.slug_name.lower(): remote for remote in found if remote.slug_name}


def _step(segment: Segment, payload: Payload, remote: RemoteSegment | None) -> Step:
    if remote is None:
        return Step("create", segment, payload, None, [])
    changed = changed_fields(segment.statement, payload, remote)
    return Step("update" if changed else "unchanged", segment, payload, remote, changed)


def _validate(client: Client, steps: list[Step]) -> None:
    to_write = _to_write(steps)
    for step in to_write:
        try:
            client.validate(step.payload["segment_ql"])
        except ApiError as error:
            raise PushError(_named(step, error), to_write) from None


def _write(client: Client, step: Step) -> str:
    if step.remote is None:
        return client.create(step.payload).id
    if step.action == "update":
        fields = merged_fields(step.segment.statement, step.payload, step.remote)
        client.update(step.remote.id, fields)
    return step.remote.id


def _to_write(steps: list[Step]) -> list[Step]:
    return [step for step in steps if step.action != "unchanged"]


def _named(step: Step, error: ApiError) -> ApiError:
    if isinstance(error, Rejected):
        return Rejected(f"{step.slug}: {error.message}", error.help, status=error.status)
    return error
