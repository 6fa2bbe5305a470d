"""What a segment is called: by the account, and by people."""

from __future__ import annotations

from segql.syntax.nodes import Statement


def slug_of(statement: Statement) -> str | None:
    """ALIAS, else WITH ``slug_name``, in lower case."""
    slug = statement.alias or _option(statement, "slug_name")
    return slug.lower() if slug else None


def stated_name(statement: Statement) -> str | None:
    """WITH ``name``; None where it has none."""
    return _option(statement, "name")


def _option(statement: Statement, wanted: str) -> str | None:
    """The text of a field of WITH; of two the last."""
    found = [value for key, value in statement.options.items() if key.lower() == wanted]
    return found[-1] if found and isinstance(found[-1], str) else None
