"""The names of fields that segments ask for."""

from __future__ import annotations

from collections.abc import Mapping

from segql.syntax.nodes import Identifier, Statement
from segql.syntax.walk import includes, walk


def names_in(statement: Statement, included: Mapping[str, Statement]) -> set[str]:
    """The names in a segment and in all that it includes; ``included`` has those by slug."""
    found: set[str] = set()
    pending, seen = [statement], set[str]()
    while pending:
        segment = pending.pop()
        found.update(node.name for node in walk(segment.filter) if isinstance(node, Identifier))
        for name in includes(segment):
            slug = name.value.lower()
            if slug not in seen and slug in included:
                seen.add(slug)
                pending.append(included[slug])
    return found
