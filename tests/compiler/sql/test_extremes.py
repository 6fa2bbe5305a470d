"""No profile makes a query fail: numbers too large to be whole, or a date."""

from __future__ import annotations

import pytest

from segql.compiler.sql import Mapping
from segql.evaluator import compile_predicate
from segql.syntax.nodes import Not

from . import strategies as some
from .profiles import COLUMNS, JSON, Profiles, statement

NUMBERS = [1e300, -1e300, 1e30, 1e19, -1e19, 9.3e18, 253402300800, -62135596801, 1e12, 1e15, 0.1]
FILTERS = [
    "n > 5",
    "n BETWEEN 1 AND 1e30",
    "i BETWEEN 1 AND 1e300",
    'n BETWEEN "-1e30" AND s',
    "toint(n) > 1e18",
    "toint(n) < 0",
    "toint(s) > 1e15",
    "EXISTS tolower(n)",
    'contains(n, "x")',
    'hasprefix(n, "-")',
    "todate(n) > 0",
    "EXISTS todate(n)",
    'd > "2026-01-01"',
    'd BETWEEN "2026-01-01" AND "now+1d"',
    "d != n",
    "d < n",
    "n = s",
    'n IN ("1e19", 1e30)',
]


@pytest.mark.parametrize("mapping", [JSON, COLUMNS], ids=["json", "columns"])
def test_of_any_size(mapping: Mapping) -> None:
    """In JSON a date may be such a number as well, in a column it cannot."""
    other = "d" if mapping.json else "n"
    profiles = [{"n": number, other: number, "s": "1e30", "i": 5} for number in NUMBERS]
    table = Profiles(mapping, some.CATALOG, some.NOW, {})
    table.hold(*profiles)
    phrases = [p for text in FILTERS for one in [statement(text).filter] for p in (one, Not(one))]
    for phrase, answers in zip(phrases, table.ask(map(table.condition, phrases)), strict=True):
        asked = compile_predicate(phrase, types=some.CATALOG, now=some.NOW).matches
        assert answers == [asked(profile) is True for profile in profiles], phrase
