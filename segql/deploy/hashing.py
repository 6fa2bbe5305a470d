"""Whether a segment, or many, are still what they were: by meaning, not by when they were saved."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

import msgspec
from msgspec.structs import replace

from segql.api import Segment as RemoteSegment
from segql.api.models import meaning
from segql.compiler import segment_ql
from segql.compiler.payload import DEFAULT_KIND, DEFAULT_TABLE
from segql.formatter import UnsayableError
from segql.syntax.nodes import Alias, From, Statement
from segql.syntax.parser import parse

# The fields of a segment that have a meaning, and what an absent one means.
DEFAULTS: dict[str, Any] = {
    "slug_name": "",
    "name": "",
    "description": "",
    "kind": DEFAULT_KIND,
    "table": DEFAULT_TABLE,
    "is_public": False,
    "tags": (),
    "segment_ql": "",
}
# Those beside the filter that can differ; a slug is what segments are matched by.
FIELDS = tuple(field for field in DEFAULTS if field not in ("slug_name", "segment_ql"))


def segment_hash(remote: RemoteSegment) -> str:
    """The hash of what a segment of the account means, however its text is laid out."""
    return hash_of({field: getattr(remote, field) for field in DEFAULTS})


def hash_of(fields: Mapping[str, Any]) -> str:
    """The hash of a segment's fields: sha256, in hexadecimal digits."""
    said = {field: fields.get(field) or default for field, default in DEFAULTS.items()}
    meant = {field: meaning(value) for field, value in said.items()}
    meant["slug_name"] = said["slug_name"].lower()
    meant["segment_ql"] = canonical(said["segment_ql"])
    return _digest(meant)


def managed_hash(fields: Mapping[str, Any]) -> str:
    """The hash of the fields that a file decides; which ones it decides is a part of it."""
    return _digest(fields)


def combined(hashes: Mapping[str, str]) -> str:
    """One hash of many, each with its slug."""
    return _digest(hashes)


@lru_cache(maxsize=4096)  # a text is asked for several times
def canonical(text: str) -> str:
    """A filter as `filter_text` writes it; what cannot be read stays as it is."""
    statement = statement_in(text)
    return text if statement is None else filter_text(statement) or text


def statement_in(text: str) -> Statement | None:
    """The statement in a text of the account; None where it is not one, or cannot be read."""
    parsed = parse(text)
    is_one = len(parsed.statements) == 1 and not parsed.has_errors
    return parsed.statements[0] if is_one else None


def filter_text(statement: Statement) -> str:
    """The formatted text without what the payload carries beside it; "" where none can say it."""
    clauses = tuple(c for c in statement.clauses if not isinstance(c, From | Alias))
    try:
        return segment_ql(replace(statement, clauses=clauses))
    except UnsayableError:
        return ""


def _digest(value: object) -> str:
    return sha256(msgspec.json.encode(value, order="sorted")).hexdigest()
