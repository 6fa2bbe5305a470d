"""Plan what is to be done so that an account holds what the files say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace

from segql._everybody import EVERYBODY
from segql.api import Client, NotFound, Rejected
from segql.api import Segment as RemoteSegment
from segql.compiler.payload import DEFAULT_TABLE, stated
from segql.deploy.differences import Wish, creation, deletion, update, wish_of
from segql.deploy.hashing import combined, segment_hash
from segql.deploy.including import Including
from segql.deploy.plan import Account, Change, Plan
from segql.deploy.refusal import is_refusal
from segql.deploy.stating import with_slugs
from segql.diagnostics.reports.paths import encodable
from segql.workspace import Environment, Segment, in_include_order

# Those that the vendor's page names: a slug is unique in all of them.
TABLES = (DEFAULT_TABLE, "content")
# What a segment keeps for its life.
_FIXED = ("kind", "table")


def list_remotes(
    client: Client, segments: Sequence[Segment], env: Environment | None = None
) -> list[RemoteSegment]:
    """The segments of the account, by one call for each table. Raises ``ApiError``.

    Args:
        client: the account.
        segments: those of the files; the tables that they name have to be there.
        env: what the account is to us. With it, other tables are only looked at where they may
            matter: for a slug or an id that is not in the first ones, and for the owner's tag.
    """
    named = {DEFAULT_TABLE, *map(_table, segments)}
    found = [remote for table in sorted(named) for remote in client.segments(table, valid="all")]
    if env and not env.owner_tag and _has_all(found, segments):
        return _each_once(found)
    for table in sorted({*TABLES} - named):
        try:
            found += client.segments(table, valid="all")
        except (NotFound, Rejected) as error:
            is_answer = isinstance(error, NotFound) or is_refusal(error)
            if not is_answer:  # else the account has no such table
                raise
    return _each_once(found)


def make_plan(
    segments: Iterable[Segment],
    remotes: Sequence[RemoteSegment],
    *,
    url: str,
    env: Environment = Environment(),  # noqa: B008  (immutable)
    known: Collection[str] = (),
    paths: Sequence[str] = (),
    prune: bool = False,
) -> Plan:
    """Compare files and account; nothing is asked or written.

    Args:
        segments: those of the files, all of which compile.
        remotes: all segments of the account.
        url: the address of the account's API.
        env: what the account is to us; by default nothing is protected or marked as ours.
        known: slugs that other files have: no segment of these is deleted.
        paths: the files as they were named; they are only kept.
        prune: whether to delete what has the owner's tag and is in no file.
    """
    wishes = [wish_of(segment) for segment in in_include_order(segments)]
    account = {slug: remote for remote in remotes if (slug := (remote.slug_name or "").lower())}
    included = Including(remotes, {wish.slug: wish.segment for wish in wishes})
    named = {remote.id: remote for remote in with_slugs(remotes)}
    writes = _writes(wishes, account, named, included, env)
    unmanaged = _unmanaged(account, {*known, *(wish.slug for wish in wishes)}, env)
    deletes = _deletes(unmanaged, writes, account, included, env) if prune else []
    changes = [*writes, *deletes]
    looked_at = {s for c in changes for s in (c.slug, *c.includes)}
    looked_at.update(s for c in deletes for s in included.by(c.slug))
    files = {wish.slug: wish.hash for wish in wishes}
    theirs = {s: _mark(account[s]) for s in sorted(looked_at) if s in account}
    return Plan(
        account=Account(url, next((r.account_id for r in remotes if r.account_id), None)),
        changes=tuple(changes),
        files=files,
        remotes=theirs,
        files_hash=combined(files),
        account_hash=combined(theirs),
        env=env.name,
        paths=tuple(map(encodable, paths)),
        prune=prune,
        unmanaged=tuple(unmanaged),
    )


def _each_once(remotes: Iterable[RemoteSegment]) -> list[RemoteSegment]:
    """Without those that came again: a server may tell all segments whichever table is asked."""
    return [*{remote.id: remote for remote in remotes}.values()]


def _has_all(remotes: Iterable[RemoteSegment], segments: Iterable[Segment]) -> bool:
    """Whether these are all that the files name: their segments, and what they include."""
    there = {name.lower() for r in remotes for name in (r.id, r.slug_name or "")} | {EVERYBODY}
    wanted = (n for s in segments for n in (s.slug or "", *(name.value for name in s.includes)))
    return all(name.lower() in there for name in wanted)


def _table(segment: Segment) -> str:
    return segment.statement.table or str(stated(segment.statement).get("table", DEFAULT_TABLE))


def _mark(remote: RemoteSegment) -> str:
    return f"{remote.id} {segment_hash(remote)}"


# ---- Creating and updating --------------------------------------------------------------


def _writes(
    wishes: Iterable[Wish],
    account: Mapping[str, RemoteSegment],
    named: Mapping[str, RemoteSegment],
    included: Including,
    env: Environment,
) -> list[Change]:
    """The changes of the files' segments, what is included first."""
    there = {*account, EVERYBODY}
    changes: list[Change] = []
    for wish in wishes:
        change = _write(wish, account.get(wish.slug), named, env)
        includes, dependents = included.in_files(wish.slug), included.behind(wish.slug)
        change = replace(change, includes=includes, dependents=dependents)
        change = _blocked(change, _why_not_write(change, there, included, env))
        if change.action == "create":
            there.add(wish.slug)
        changes.append(change)
    return changes


def _write(
    wish: Wish,
    remote: RemoteSegment | None,
    named: Mapping[str, RemoteSegment],
    env: Environment,
) -> Change:
    owner_tag = None if env.protects(wish.slug) else env.owner_tag  # not even a mark is made on it
    if remote is None:
        return creation(wish, owner_tag)
    return update(wish, remote, named[remote.id], owner_tag)


def _why_not_write(
    change: Change, there: Collection[str], included: Including, env: Environment
) -> str:
    """Why a segment cannot be written; "" if it can."""
    if change.action == "unchanged":
        return ""
    if change.id is not None and env.protects(change.slug):
        return "it is protected"
    fixed = next((field for field in change.fields if field.name in _FIXED), None)
    if change.id is not None and fixed:
        return f"the account has it with another {fixed.name}: delete it there to make it anew"
    back = included.way_back(change.slug)
    if back is not None:
        return f"it includes itself, by way of `{back}`"
    absent = next((slug for slug in change.includes if slug not in there), None)
    if absent is None:
        return ""
    if included.is_in_files(absent):
        return f"it includes `{absent}`, which is not created"
    return f"it includes `{absent}`, which is in neither the files nor the account"


def _blocked(change: Change, reason: str) -> Change:
    return replace(change, action="blocked", reason=reason, send={}) if reason else change


# ---- Deleting ---------------------------------------------------------------------------


def _unmanaged(
    account: Mapping[str, RemoteSegment], in_files: Collection[str], env: Environment
) -> list[str]:
    """The segments with the owner's tag that no file has."""
    if env.owner_tag is None:
        return []
    ours = (slug for slug, remote in account.items() if env.owner_tag in (remote.tags or ()))
    return [slug for slug in ours if slug not in in_files]


def _deletes(
    candidates: Sequence[str],
    writes: Iterable[Change],
    account: Mapping[str, RemoteSegment],
    included: Including,
    env: Environment,
) -> list[Change]:
    """The changes that delete segments: what includes others first."""
    left = included.after(writes)
    changes: list[Change] = []
    for slug in included.outermost_first(candidates):
        includers = sorted(other for other, targets in left.items() if slug in targets - {other})
        includes = included.in_account(slug)
        change = replace(deletion(account[slug]), includes=includes, dependents=tuple(includers))
        if env.protects(slug):
            reason = "it is protected"
        else:
            reason = f"it is included by {_listed(includers)}" if includers else ""
        if not reason:
            left.pop(slug, None)
        changes.append(_blocked(change, reason))
    return changes


def _listed(slugs: Sequence[str]) -> str:
    return ", ".join(f"`{slug}`" for slug in slugs)
