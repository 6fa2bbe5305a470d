"""How many members the segments of a plan have: before, and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from segql.api import Client, Rejected
from segql.api import Segment as RemoteSegment
from segql.deploy.hashing import statement_in
from segql.deploy.plan import Change, Plan
from segql.syntax.nodes import Statement
from segql.workspace import Segment

if TYPE_CHECKING:
    from segql.catalog import Catalog
    from segql.sizing import Source

_Sizes = Mapping[str, int | None]


def with_local_sizes(
    plan: Plan,
    segments: Sequence[Segment],
    remotes: Sequence[RemoteSegment],
    sources: Sequence[Source],
    catalog: Catalog,
    now: datetime,
) -> Plan:
    """Count the texts of both sides on files of profiles; INCLUDE means what each side has.

    Raises ``OSError``.
    """
    account = _statements(remotes)
    files = {segment.slug: segment.statement for segment in segments if segment.slug}
    writes = {change.slug: files.get(change.slug) for change in plan.writes}
    old = {slug: text for slug in writes if (text := account.get(slug))}
    new = {slug: text for slug, text in writes.items() if text}

    def sizes(asked: Mapping[str, Statement], includes: Mapping[str, Statement]) -> _Sizes:
        return _counted(asked, includes, sources, catalog, now) if asked else {}

    return _sized(plan, sizes(old, account), sizes(new, {**account, **files}))


def with_account_sizes(plan: Plan, client: Client, tell: Callable[[int], None]) -> Plan:
    """Ask the API for the sizes of both sides; INCLUDE means what the account has now.

    Of what the account refuses to count, as it includes something that is still to be created, the
    size stays unknown. ``tell`` is told how many questions are asked one by one, in ten seconds
    each (vendor). Raises ``ApiError``.
    """
    slugs = {change.id: change.slug for change in plan.writes if change.id is not None}
    found = client.sizes([*slugs]) if slugs else []
    old = {slugs[size.id]: size.size for size in found if size.id in slugs}
    texts = {c.slug: str(c.send["segment_ql"]) for c in plan.writes if c.action != "delete"}
    asked = {slug: texts[slug] for c in plan.writes if c.filter_diff and (slug := c.slug) in texts}
    tell(len(asked))
    new = {slug: _size(client, text) for slug, text in asked.items()}
    kept = {slug: old.get(slug) for slug in texts if slug not in asked}
    return _sized(plan, old, kept | new)


def _size(client: Client, text: str) -> int | None:
    try:
        return client.size(text).size
    except Rejected:
        return None


def _sized(plan: Plan, old: _Sizes, new: _Sizes) -> Plan:
    def sized(change: Change) -> Change:
        before, after = old.get(change.slug), new.get(change.slug)
        return replace(change, size_before=before, size_after=after) if change.is_write else change

    return replace(plan, changes=tuple(map(sized, plan.changes)))


def _statements(remotes: Sequence[RemoteSegment]) -> dict[str, Statement]:
    """What INCLUDE can mean in the account: slugs, and ids."""
    found: dict[str, Statement] = {}
    for remote in remotes:
        statement = statement_in(remote.segment_ql or "")
        if statement:
            found[remote.id.lower()] = statement
            found[(remote.slug_name or remote.id).lower()] = statement
    return found


def _counted(
    asked: Mapping[str, Statement],
    includes: Mapping[str, Statement],
    sources: Sequence[Source],
    catalog: Catalog,
    now: datetime,
) -> _Sizes:
    from segql.sizing import Population, Question  # brings the database

    questions = [Question(statement, now) for statement in asked.values()]
    with Population(sources, questions, catalog=catalog, includes=includes) as population:
        counts = zip(asked.items(), population.sizes(), strict=True)
        return {slug: _limited(count, statement) for (slug, statement), count in counts}


def _limited(count: int, statement: Statement) -> int:
    return count if statement.limit is None else min(count, statement.limit)
