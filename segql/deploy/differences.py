"""What differs between a file and the account for one segment, and what is to be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import unified_diff
from typing import Any, NamedTuple, cast

from msgspec.structs import replace

from segql.api import Segment as RemoteSegment
from segql.compiler import Payload, compile_statement
from segql.deploy.compare import changed_fields, managed_fields, merged_fields
from segql.deploy.hashing import DEFAULTS, FIELDS, canonical, hash_of, managed_hash, segment_hash
from segql.deploy.plan import Change, FieldChange, Value
from segql.diagnostics.reports.paths import encodable
from segql.workspace import Segment

_FILTER = "segment_ql"


class Wish(NamedTuple):
    """A segment of a file, compiled: what the account is to hold."""

    segment: Segment
    payload: Payload

    @property
    def slug(self) -> str:
        """In lower case, as the account has it."""
        return self.payload["slug_name"]

    @property
    def hash(self) -> str:
        """Another one where the file decides something else."""
        return managed_hash(managed_fields(self.segment.statement, self.payload))


def wish_of(segment: Segment) -> Wish:
    """Compile a segment. Raises ``CompileError``."""
    return Wish(segment, compile_statement(segment.statement))


def creation(wish: Wish, owner_tag: str | None) -> Change:
    """The change that creates a segment."""
    send = {**wish.payload, "tags": _tagged(wish.payload["tags"], owner_tag)}
    return _placed(wish, _change({}, send, FIELDS, is_new=True))


def update(
    wish: Wish, remote: RemoteSegment, named: RemoteSegment, owner_tag: str | None
) -> Change:
    """The change that brings a segment of the account to what the file says, which may be none.

    ``named`` is the same segment, where INCLUDE of an id names a slug.
    """
    changed = _changed(wish, remote, owner_tag)
    if changed and named is not remote:
        changed = _changed(wish, named, owner_tag)
    before = _fields_of(remote)
    if not changed:
        same = segment_hash(remote)
        change = Change(action="unchanged", slug=wish.slug, before_hash=same, after_hash=same)
        return _placed(wish, change, remote)
    send = merged_fields(wish.segment.statement, wish.payload, remote)
    if "tags" in send or owner_tag:
        send["tags"] = _tagged(send.get("tags", ()), owner_tag)
    return _placed(wish, _change(before, send, changed), remote)


def deletion(remote: RemoteSegment) -> Change:
    """The change that deletes a segment of the account."""
    before = _fields_of(remote)
    return Change(
        action="delete",
        slug=(remote.slug_name or "").lower(),
        id=remote.id,
        fields=tuple(
            FieldChange(field, value, None)
            for field in FIELDS
            if (value := _value(before.get(field))) and value != DEFAULTS[field]
        ),
        filter_diff=_filter_diff(before.get(_FILTER), None),
        before_hash=segment_hash(remote),
    )


# ---- Fields -----------------------------------------------------------------------------


def _changed(wish: Wish, remote: RemoteSegment, owner_tag: str | None) -> Sequence[str]:
    """The fields that differ. Where the owner's tag stands among the others is nobody's concern."""
    if owner_tag is None:
        return changed_fields(wish.segment.statement, wish.payload, remote)
    others = [tag for tag in wish.payload["tags"] if tag != owner_tag]
    payload: Payload = {**wish.payload, "tags": others}
    theirs = replace(remote, tags=tuple(tag for tag in remote.tags or () if tag != owner_tag))
    changed = changed_fields(wish.segment.statement, payload, theirs)
    is_tagged = owner_tag in (remote.tags or ())
    return changed if is_tagged or "tags" in changed else [*changed, "tags"]


def _tagged(tags: Sequence[str], owner_tag: str | None) -> list[str]:
    return [*tags] if owner_tag is None or owner_tag in tags else [*tags, owner_tag]


def _change(
    before: Mapping[str, Any], send: dict[str, Any], names: Sequence[str], *, is_new: bool = False
) -> Change:
    """The change from some fields to others; a new segment tells what is not the default."""
    after = {**before, **send}
    return Change(
        action="create" if is_new else "update",
        slug=send["slug_name"],
        fields=tuple(
            FieldChange(name, _value(before.get(name)), value)
            for name in FIELDS
            if name in names
            if (value := _value(after.get(name))) != DEFAULTS[name] or not is_new
        ),
        filter_diff=_filter_diff(before.get(_FILTER), after[_FILTER])
        if is_new or _FILTER in names
        else (),
        send=send,
        before_hash=None if is_new else hash_of(before),
        after_hash=hash_of(after),
    )


def _placed(wish: Wish, change: Change, remote: RemoteSegment | None = None) -> Change:
    source = wish.segment.file.source
    line, _ = source.position(wish.segment.statement.start)
    path = encodable(source.path or "")
    return replace(change, id=remote.id if remote else None, path=path, line=line)


def _fields_of(remote: RemoteSegment) -> dict[str, Any]:
    return {field: getattr(remote, field) for field in DEFAULTS}


def _value(value: Any) -> Value:
    return tuple(cast("list[str]", value)) if isinstance(value, list) else value


# ---- Filters ----------------------------------------------------------------------------


def _filter_diff(before: str | None, after: str | None) -> tuple[str, ...]:
    """A unified diff of the formatted texts, without the two lines that would name files."""
    old, new = (canonical(text).split("\n") if text else [] for text in (before, after))
    return tuple(unified_diff(old, new, lineterm=""))[2:]
