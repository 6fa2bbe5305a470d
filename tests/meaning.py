"""Who matches a filter: what tests ask to prove that one text means the same as another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from segql.catalog import Catalog
from segql.evaluator import compile_predicate
from segql.syntax import nodes as n

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)
# One that has three answers, and one that always has one of two; nobody knows any other.
SEGMENTS: Mapping[str, n.Statement] = {
    "vip": n.Statement(n.Between(n.Identifier("n"), n.Number("0"), n.Number("5"))),
    "staff": n.Statement(n.Or((n.Exists(n.Identifier("s")), n.Identifier("t")))),
}

Profile = Mapping[str, Any]
Answer = Callable[[Profile], bool | None]


def answer(
    phrase: n.Phrase,
    catalog: Catalog | None = None,
    segments: Mapping[str, n.Statement] = SEGMENTS,
) -> Answer:
    """What tells of profiles whether they match; None: it cannot be evaluated."""
    return compile_predicate(phrase, types=catalog, now=NOW, includes=segments).matches


def differences(
    before: n.Phrase, after: n.Phrase, profiles: Iterable[Profile], catalog: Catalog | None = None
) -> list[tuple[Profile, bool | None, bool | None]]:
    """The profiles of which two filters say something else, with both answers."""
    mine, its = answer(before, catalog), answer(after, catalog)
    found = [(profile, mine(profile), its(profile)) for profile in profiles]
    return [row for row in found if row[1] is not row[2]]
