"""An account as a dictionary, which plans can be applied to, and segments to plan with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from segql.api import Segment as RemoteSegment
from segql.deploy.hashing import segment_hash
from segql.deploy.including import Including
from segql.deploy.plan import Change, Plan
from segql.deploy.planning import make_plan
from segql.workspace import Environment
from segql.workspace.environments import read_environments

from .conftest import segments

URL = "https://api.example.com"

Account = Mapping[str, RemoteSegment]


def remote(slug: str, text: str = "FILTER a", **fields: Any) -> RemoteSegment:
    """A segment of the account, whose id tells its slug."""
    return RemoteSegment(id=f"id-of-{slug}", slug_name=slug, segment_ql=text, **fields)


def environment(**settings: Any) -> Environment:
    """The environment `prod`."""
    named = {key.replace("_", "-"): value for key, value in settings.items()}
    return read_environments({"prod": named})[0]


def planned(text: str, *remotes: RemoteSegment, **options: Any) -> Plan:
    """The plan for the segments of a text."""
    return make_plan(segments(text), remotes, url=URL, **options)


def applied(plan: Plan, account: Account) -> Iterator[dict[str, RemoteSegment]]:
    """The account after each change, and before the first."""
    now = dict(account)
    yield dict(now)
    for change in plan.writes:
        _apply(change, now)
        yield dict(now)


def _apply(change: Change, account: dict[str, RemoteSegment]) -> None:
    if change.action == "delete":
        assert account.pop(change.slug).id == change.id
        return
    fields = {**change.send, "tags": tuple(change.send.get("tags", ()))}
    if change.action == "create":
        assert change.slug not in account
        account[change.slug] = RemoteSegment(id=f"id-of-{change.slug}", **fields)
    else:
        before = account[change.slug]
        assert (before.id, segment_hash(before)) == (change.id, change.before_hash)
        account[change.slug] = replace(before, **fields)
    assert segment_hash(account[change.slug]) == change.after_hash


def dangling(account: Account) -> set[tuple[str, str]]:
    """Who includes what is not there."""
    included = Including(account.values(), {})
    return {
        (slug, target)
        for slug in account
        for target in included.in_account(slug)
        if target not in account and target != "all_users"
    }
