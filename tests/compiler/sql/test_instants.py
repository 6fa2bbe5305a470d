"""Dates are compared to the second: a fraction in a column makes no difference."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from segql.catalog import Catalog
from segql.compiler.sql import Mapping

from .profiles import COLUMNS, JSON, Profiles, statement

CATALOG = Catalog.from_types({"seen": "date", "left": "date"})
TWELVE = '"2026-03-15T12:00:00Z"'
ANSWERS = {
    f"seen = {TWELVE}": True,
    f"seen != {TWELVE}": False,
    f"seen > {TWELVE}": False,
    f"seen >= {TWELVE}": True,
    f"seen < {TWELVE}": False,
    f"seen <= {TWELVE}": True,
    f"{TWELVE} < seen": False,
    f"{TWELVE} >= seen": True,
    'seen > "2026-03-15T11:59:59Z"': True,
    'seen < "2026-03-15T12:00:01Z"': True,
    'seen BETWEEN "2026-03-15T12:00:00Z" AND "now+1d"': False,
    'seen BETWEEN "2026-03-15T11:59:59Z" AND "now+1d"': True,
    "seen = left": True,
    "seen < left": False,
    "seen = 1773576000": True,
    "seen = 1773576000000": True,
}


@pytest.mark.parametrize("mapping", [JSON, COLUMNS], ids=["json", "columns"])
@pytest.mark.parametrize(("text", "answer"), ANSWERS.items(), ids=list(ANSWERS))
def test_to_the_second(mapping: Mapping, text: str, answer: bool) -> None:
    profiles = Profiles(mapping, CATALOG, datetime(2026, 3, 15, 12, tzinfo=UTC), {})
    profiles.hold({"seen": "2026-03-15T12:00:00.25Z", "left": "2026-03-15T12:00:00.75Z"})
    assert profiles.answers(statement(f"FILTER {text}").filter) == [answer, not answer]
