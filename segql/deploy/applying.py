"""Carry out a plan, so that it can be killed at any moment and gone on with.

Before and after each write the account is asked what it holds, and three answers are possible: what
was there when the plan was made, what the plan wants, or something else. The first is the only one
that is written over; the second is done, whoever did it; at the third all stops, for somebody else
has been there. So it makes no difference whether an answer was lost, or this process was killed: a
write is never sent again before the account has said that it did not arrive.

The API has no conditional writes: between the question and the write remains the time of one
request, in which somebody else's change would be lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, cast

from segql.api import ApiError, Client, NotFound, Rejected, Retry
from segql.api import Segment as RemoteSegment
from segql.api.models import meaning
from segql.api.retries import Tries
from segql.deploy.hashing import DEFAULTS, canonical, segment_hash
from segql.deploy.journal import Journal
from segql.deploy.plan import Change, Plan
from segql.deploy.refusal import is_refusal

State = Literal["before", "after", "other"]
# Where the API has something else at the address of a segment with this slug.
_ADDRESSES = frozenset(("scan", "size", "sizes", "validate"))


class Refused(NamedTuple):
    """A segment that the API would not take, and why."""

    change: Change
    reason: str


class Interference(Exception):
    """The account holds what nobody planned: ``message`` says where, ``help`` what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = "it was left as it is: look at it, then plan again"


class NotToldYet(ApiError):
    """The API took a write, and still tells what was there before."""

    is_transient = True


def refusals(client: Client, plan: Plan) -> list[Refused]:
    """Ask the API about each text that would be written; raises ``ApiError`` if it cannot say."""
    found: list[Refused] = []
    for change in plan.writes:
        if "segment_ql" not in change.send:
            continue
        try:
            client.validate(change.send["segment_ql"])
        except Rejected as error:
            if not is_refusal(error):
                raise
            found.append(Refused(change, error.message))
    return found


def carry_out(asking: Client, writing: Client, journal: Journal, retry: Retry) -> Iterator[Change]:
    """Do what a journal says is left to do, and yield each change when the account holds it.

    Args:
        asking: asks what the account holds; it may repeat its questions.
        writing: writes; it must not repeat anything, for that is done here.
        journal: the plan, and how far it has come.
        retry: how often a write that failed is tried again.

    Raises:
        Interference: somebody else has changed what was to be written.
        ApiError: the API refuses, or cannot be reached.
        OSError: the journal cannot be written.

    Whatever is raised, the journal tells how far it went, and this can be called again with it.
    """
    step = _Step(asking, writing, journal, retry)
    for index, change in enumerate(journal.plan.writes):
        if index in journal.done:
            continue
        step.carry_out(index, change)
        journal.finish(index)
        yield change


class _Step(NamedTuple):
    asking: Client
    writing: Client
    journal: Journal
    retry: Retry

    def carry_out(self, index: int, change: Change) -> None:
        """Write a change, until the account holds it."""
        tries = Tries(self.retry)
        failure: ApiError | None = None
        is_sent = is_last = False
        while True:
            found = self.look(index, change)
            state = _state(change, found)
            if state == "after":
                return
            if state == "other":
                raise Interference(_what_is_wrong(change, found, is_sent=is_sent))
            if failure and is_last:
                raise failure
            if is_sent:
                failure = _not_told(change, found)
            else:
                self.journal.begin(index)
                failure = _send(self.writing, change)
                is_sent = failure is None
            is_last = failure is not None and not tries.again(failure)

    def look(self, index: int, change: Change) -> RemoteSegment | None:
        """See `look`; what cannot be seen of a write that was begun is in doubt."""
        try:
            return look(self.asking, change)
        except ApiError as error:
            error.is_doubtful |= index in self.journal.begun
            raise


def look(client: Client, change: Change) -> RemoteSegment | None:
    """What the account holds in place of a change: by its id, and by the slug if it is new."""
    if change.id is None and change.slug in _ADDRESSES:
        held = client.segments(change.send["table"], valid="all")
        return next((each for each in held if (each.slug_name or "").lower() == change.slug), None)
    try:
        found = client.segment(change.id or change.slug)
    except NotFound:
        return None
    # What is asked for by a slug may be found by an id that reads the same.
    is_asked_for = change.id or (found.slug_name or "").lower() == change.slug
    return found if is_asked_for else None


def _state(change: Change, found: RemoteSegment | None) -> State:
    """Which of the three it is; what is not there has no hash, before a create and after a delete.

    A change that changes nothing is done before it is begun.
    """
    held = segment_hash(found) if found else None
    if held == change.after_hash:
        return "after"
    return "before" if held == change.before_hash else "other"


def _send(client: Client, change: Change) -> ApiError | None:
    """Write once; what went wrong is for the account to judge."""
    try:
        if change.action == "create":
            _require_slug(change, client.create(change.send).slug_name)
        elif change.action == "update":
            client.update(cast("str", change.id), change.send)
        else:
            client.delete(cast("str", change.id))
    except ApiError as error:
        return error
    return None


def _require_slug(change: Change, slug: str | None) -> None:
    """Raise `Interference` where a segment is not found by its slug: it would be created anew."""
    if slug and slug.lower() != change.slug:
        raise Interference(f"`{change.slug}` was created, but the account calls it `{slug}`")


def _not_told(change: Change, found: RemoteSegment | None) -> NotToldYet:
    return NotToldYet(
        f"`{change.slug}` was written, but the API still tells what was there before"
        f"{_where(change, found)}",
        "Wait a while, then go on; if it stays so, the API does not keep what was sent.",
    )


def _what_is_wrong(change: Change, found: RemoteSegment | None, *, is_sent: bool) -> str:
    if found is None:
        return f"`{change.slug}` is no longer in the account"
    if is_sent and change.send:
        where = _where(change, found)
        return f"`{change.slug}` was written, but the account holds something else{where}"
    if change.action == "create":
        return f"`{change.slug}` is in the account by now, with something else in it"
    return f"`{change.slug}` was changed in the account after the plan was made"


def _where(change: Change, found: RemoteSegment | None) -> str:
    fields = ", ".join(_differing(change.send, found)) if found else ""
    return f": {fields}" if fields else ""


def _differing(sent: dict[str, Any], found: RemoteSegment) -> list[str]:
    """The fields that the account holds otherwise than they were sent."""
    return [
        field
        for field, default in DEFAULTS.items()
        if field in sent
        and _meaning(field, sent[field]) != _meaning(field, getattr(found, field) or default)
    ]


def _meaning(field: str, value: Any) -> object:
    return canonical(value) if field == "segment_ql" else meaning(value)
