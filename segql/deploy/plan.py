"""What is to be done so that an account holds what the files say: pure data, as JSON has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Literal, Required, TypedDict

import msgspec

from segql._version import __version__

FORMAT = 1  # of a plan in a file; another number is another meaning

Action = Literal["create", "update", "delete", "unchanged", "blocked"]
ACTIONS: tuple[Action, ...] = ("create", "update", "delete", "unchanged", "blocked")
Value = str | bool | tuple[str, ...] | None


class Account(msgspec.Struct, frozen=True):
    """The account a plan is for. ``id`` is None where no segment of it told."""

    url: str
    id: str | None = None


class FieldChange(msgspec.Struct, frozen=True):
    """A field other than the filter: what the account holds, and what it is to hold."""

    name: str
    before: Value
    after: Value


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be done for one segment.

    A change that is blocked says what differs all the same; ``reason`` says why nothing is done.
    """

    action: Action
    slug: str
    id: str | None = None  # in the account; None where it is not there
    path: str | None = None  # of its file; None where no file has it
    line: int | None = None  # of its statement, from 1
    fields: tuple[FieldChange, ...] = ()
    filter_diff: tuple[str, ...] = ()  # lines of a unified diff of the formatted texts
    reason: str = ""
    includes: tuple[str, ...] = ()  # slugs that it will include; of what goes, those it did
    dependents: tuple[str, ...] = ()  # slugs that include it, or one of those, nearest first
    size_before: int | None = None  # members; None where nobody asked, or nobody knows
    size_after: int | None = None
    send: dict[str, Any] = {}  # the fields to write: all that there are
    before_hash: str | None = None  # `segment_hash` of what the account holds
    after_hash: str | None = None  # the same of what it will hold

    @property
    def wanted(self) -> Literal["create", "update", "delete"]:
        """What a change does, or would do if it was not blocked."""
        if self.id is None:
            return "create"
        return "delete" if self.path is None else "update"

    @property
    def is_write(self) -> bool:
        """Whether it is to be carried out."""
        return self.action in ("create", "update", "delete")


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """All changes, in the order in which they can be made.

    At no moment a segment includes one that is not there: what is included is written first, and
    deleted last. ``files`` and ``remotes`` have a hash for each slug that was looked at: the fields
    that the files decide, and the segments of the account (those that are not there are left out).
    """

    account: Account
    changes: tuple[Change, ...]
    files: dict[str, str]
    remotes: dict[str, str]
    files_hash: str  # of all of `files`
    account_hash: str  # of all of `remotes`
    env: str | None = None  # the name of the environment
    paths: tuple[str, ...] = ()  # as they were named
    prune: bool = False
    unmanaged: tuple[str, ...] = ()  # slugs with the owner's tag that no file has
    format: int = FORMAT
    segql: str = __version__

    @property
    def counts(self) -> Mapping[Action, int]:
        """How many changes there are of each action."""
        counted = Counter(change.action for change in self.changes)
        return {action: counted[action] for action in ACTIONS}

    @property
    def is_empty(self) -> bool:
        """Whether the account holds what the files say."""
        return all(change.action == "unchanged" for change in self.changes)

    @property
    def writes(self) -> tuple[Change, ...]:
        """The changes to be carried out, in their order."""
        return tuple(change for change in self.changes if change.is_write)


class _Sent(TypedDict, total=False):
    """The types of the fields that a change sends."""

    slug_name: Required[str]
    segment_ql: Required[str]
    table: Required[str]
    name: str
    description: str
    kind: str
    is_public: bool
    tags: list[str]


def checked(plan: Plan) -> Plan:
    """A plan that was read: somebody may have edited it. Raises ``ValueError``."""
    if any("\0" in path for path in plan.paths):
        raise ValueError("a path has a NUL character")
    for change in plan.writes:
        if change.action != "create" and not change.id:
            raise ValueError(f"`{change.slug}` has no id")
        if change.action != "delete":
            msgspec.convert(change.send, _Sent)
    return plan
