"""What the reference implementation answers, asked of DuckDB."""

from __future__ import annotations

import pytest

from segql.compiler.sql import Mapping

from . import observed
from .observed import Observed
from .profiles import COLUMNS, JSON, Profiles

MATCHES = observed.matches()
CHUNK = 50  # cases in a query
MAPPINGS = {"json": JSON, "columns": COLUMNS}


def answers(mapping: Mapping, asked: Observed) -> list[tuple[list[bool], list[bool]]]:
    """Of each case, for all profiles: whether they match, and whether they match its negation."""
    table = Profiles(mapping, asked.catalog, asked.now, {})
    table.hold(*asked.profiles)
    columns = table.ask(
        table.condition(phrase, includes=case.includes)
        for case in asked.cases
        for phrase in case.phrases
    )
    return list(zip(columns[::2], columns[1::2], strict=True))


@pytest.mark.parametrize("mapping", MAPPINGS.values(), ids=list(MAPPINGS))
@pytest.mark.parametrize("start", range(0, len(MATCHES.cases), CHUNK))
def test_matches(mapping: Mapping, start: int) -> None:
    part = slice(start, start + CHUNK)
    asked = MATCHES._replace(cases=MATCHES.cases[part], profiles=MATCHES.profiles[part])
    found = answers(mapping, asked)
    assert len(found) == CHUNK
    own = [(yes[row], no[row]) for row, (yes, no) in enumerate(found)]
    pairs = zip(asked.cases, own, strict=True)
    assert [(case, pair) for case, pair in pairs if case.differs(*pair)] == []


@pytest.mark.parametrize("mapping", MAPPINGS.values(), ids=list(MAPPINGS))
def test_edges(mapping: Mapping) -> None:
    asked = observed.edges(with_null=mapping.json is not None)
    found = [(yes[0], no[0]) for yes, no in answers(mapping, asked)]
    pairs = zip(asked.cases, found, strict=True)
    assert [(case, pair) for case, pair in pairs if case.differs(*pair)] == []
