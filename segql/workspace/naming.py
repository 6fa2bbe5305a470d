"""What a segment is called: by the account, and by people."""

from __future__ import annotations

from segql.syntax.nodes import Statement, With


def slug_of(statement: Statement) -> str | None:
    """ALIAS, else WITH ``slug_name``, in lower case."""
    slug = statement.alias or _option(statement, "slug_name")
    return slug.lower() if slug else None


def stated_name(statement: Statement) -> str | None:
    """WITH ``name``; None where it has none."""
    return _option(statement, "name")


def _option(statement: Statement, wanted: str) -> str | None:
    """The text of a field of WITH; of two the last."""
    clause = statement.clause(With)
    options = {o.key.value.lower(): o.value for o in clause.options} if clause else {}
    value = options.get(wanted)
    return value if isinstance(value, str) else None
