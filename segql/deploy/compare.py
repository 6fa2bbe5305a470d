"""Whether the account already holds what a file says: by meaning, not by text."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from segql.api import Segment as RemoteSegment
from segql.api.models import meaning
from segql.compiler import Payload, portable
from segql.compiler.emission import without_payload
from segql.compiler.payload import stated
from segql.deploy.hashing import DEFAULTS, FIELDS, statement_in
from segql.syntax.nodes import Alias, From, Statement
from segql.syntax.parser import parse


def managed_fields(statement: Statement, payload: Payload) -> dict[str, Any]:
    """The fields that a file decides: what it states, and always the table and the filter.

    What it is silent about (a name or tags given in the web form, say) is left to the account.
    """
    silent = {"name", "kind", "is_public", "tags"} - set(stated(statement))
    if not payload["description"]:
        silent.add("description")
    return {field: value for field, value in payload.items() if field not in silent}


def merged_fields(statement: Statement, payload: Payload, remote: RemoteSegment) -> dict[str, Any]:
    """All fields for an update: the file's own, and the account's where the file is silent.

    Sending every field makes no difference between a server that replaces and one that merges.
    """
    managed = managed_fields(statement, payload)
    theirs = {field: getattr(remote, field) for field in FIELDS if field not in managed}
    return managed | {field: value for field, value in theirs.items() if value is not None}


def changed_fields(statement: Statement, payload: Payload, remote: RemoteSegment) -> list[str]:
    """Names of the fields in which the account differs from the file; empty when nothing does."""
    managed = managed_fields(statement, payload)
    changed = [
        field
        for field in FIELDS
        if field in managed
        and meaning(managed[field]) != meaning(getattr(remote, field) or DEFAULTS[field])
    ]
    if not _means_the_same(payload["segment_ql"], remote.segment_ql or ""):
        changed.append("segment_ql")
    return changed


def _means_the_same(ours: str, theirs: str) -> bool:
    if ours == theirs:
        return True
    found = statement_in(theirs)
    return found is not None and _bare(parse(ours).statements[0]) == _bare(found)


def _bare(statement: Statement) -> Statement:
    """Without what the payload carries beside the text: the account may keep it or not."""
    own = (clause for clause in statement.clauses if not isinstance(clause, From | Alias))
    clauses = tuple(kept for clause in own if (kept := without_payload(clause)))
    return portable(replace(statement, clauses=clauses))
