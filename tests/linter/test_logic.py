"""What the linter takes for excluded or implied is so, whatever a field holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from segql.catalog import FieldType
from segql.linter.facts import Fact, groups
from segql.linter.logic import excludes, extremes, fail_alike, implies
from segql.linter.scope import Scope
from segql.syntax import nodes as n
from segql.syntax.parser import parse
from tests.meaning import answer

from .spelled import ANYTHING, KNOWN, VALUES, day

_NUMBERS = ["0", "1", "2", "5", "5.0", "-1", "1.5", "1772323200", "1772400000", "1772323200000"]
_TEXTS = [
    "", "x", "y", "1", "5", "05", "5.0", "true", "nan", "2026", "1772323200", "2026-03-01",
    "2026-03-10", "2026-03-01T00:00:00Z", "now-7d", "now-30d", "now-1M", "now+1w",
]  # fmt: skip
LITERALS = [*_NUMBERS, *(f'"{text}"' for text in _TEXTS), "true", "false", "NULL"]
SYMBOLS = ["=", "!=", ">", ">=", "<", "<="]
# {} is the field
PHRASES = [
    *(f"{{}} {symbol} {literal}" for symbol in SYMBOLS for literal in LITERALS),
    *(f"{literal} {symbol} {{}}" for symbol in SYMBOLS for literal in ("1", '"5"', '"x"', "true")),
    *(
        f"{{}} IN ({values})"
        for values in ('"x"', '"x", "y"', "1, 2", '"1", 5', "5", '"5"', '"5.0", "x"', '""', "true")
    ),
    '{} INTERSECTS ("x", "2026-03-01")',
    *(
        f"{{}} BETWEEN {low} AND {high}"
        for low, high in (("1", "5"), ("1.5", "2"), ("0", "9"), ("5", "1"), ('"1"', '"5"'))
    ),
    '{} BETWEEN "2026-03-01" AND "2026-03-10"',
    '{} BETWEEN "now-30d" AND "now-7d"',
    "EXISTS {}",
]
MORE = {
    "a": [0.5, 2.0, 1772350000.0, 1772323200000.0, "05", "nan", "1772323200", [1, 5], ["", "x"]],
    "n": [3, -1, 1772350000, 1772323200000],
    "f": [2.0, -1.0, 1772323200.0, 1772350000.0],
    "s": ["5", "05", "z", "2", "nan", "2026-03-10", "2026-03-01T00:00:00Z", "1772323200"],
    "d": [day(2026, 3, 1, 21, 20), day(2026, 2, 13, 12), day(2026, 3, 8, 12), day(2026, 3, 20)],
    "days": [[day(2026, 3, 1), day(2026, 3, 10)], [day(2026, 2, 20), day(2026, 3, 20)]],
    "tags": [["1", "5"], ["", "x"]],
}  # fmt: skip
FIELDS = ["a", *VALUES]


class Known:
    """Facts about one field, and which profiles match each of them."""

    def __init__(self, field: str) -> None:
        values = [*(ANYTHING if field == "a" else VALUES[field]), *MORE.get(field, [])]
        profiles: list[dict[str, Any]] = [{}, {field: None}, *({field: value} for value in values)]
        file = parse(f"FILTER {field}")
        scope = Scope(file, file.statements[0], catalog=KNOWN)
        plain = [parse(f"FILTER {text.format(field)}").statements[0].filter for text in PHRASES]
        self.type: FieldType | None = None
        self.facts: list[tuple[Fact, list[bool | None]]] = []
        for phrase in [*plain, *map(n.Not, plain)]:
            for group in groups((phrase, n.Exists(n.Identifier(field))), scope):
                self.type = group.type
                self.facts.append((group.facts[0], [*map(answer(phrase, KNOWN), profiles)]))

    def pairs(self) -> Iterator[tuple[Fact, Fact, list[tuple[bool | None, bool | None]]]]:
        for one, mine in self.facts:
            for other, its in self.facts:
                yield one, other, list(zip(mine, its, strict=True))


@pytest.fixture(scope="module", params=FIELDS)
def known(request: pytest.FixtureRequest) -> Known:
    return Known(request.param)


def test_no_profile_matches_both_of_what_is_excluded(known: Known) -> None:
    found = [row for row in known.pairs() if excludes(row[0], row[1], known.type)]
    assert len(found) > 800
    for one, other, verdicts in found:
        assert (True, True) not in verdicts, (one.phrase, other.phrase)
        assert excludes(other, one, known.type)


def test_who_matches_a_fact_matches_what_it_implies(known: Known) -> None:
    rows = (row for row in known.pairs() if not (row[0].is_negated or row[1].is_negated))
    found = [row for row in rows if implies(row[0], row[1], known.type)]
    assert len(found) > 800
    for one, other, verdicts in found:
        assert {mine for mine, its in verdicts if its is not True}.isdisjoint({True}), (one, other)
        if fail_alike(one, other):
            assert all((mine is None) == (its is None) for mine, its in verdicts), (one, other)


def test_the_extremes_stand_for_all(known: Known) -> None:
    """Whatever a fact excludes, or is implied by, an extreme does as well."""
    facts = [fact for fact, _ in known.facts if fact.operator in (">", ">=", "<", "<=")]
    plain = [fact for fact in facts if not fact.is_negated]
    few = extremes(facts, is_narrowest=True)
    assert len(few) <= 20
    for fact in plain:
        if any(excludes(fact, other, known.type) for other in plain):
            assert any(excludes(fact, other, known.type) for other in few)
        if any(implies(other, fact, known.type) for other in plain if other is not fact):
            assert any(implies(other, fact, known.type) for other in few)
    many = extremes(facts, is_narrowest=False)
    for fact in plain:
        if any(implies(fact, other, known.type) for other in plain if other is not fact):
            assert any(implies(fact, other, known.type) for other in many)
