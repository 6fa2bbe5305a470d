"""The corpus says the same in both languages: ``python -m pytest benchmarks``."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from benchmarks.corpus import LARGEST, SMALLEST, Case, make_corpus, sized
from segql.syntax import nodes as n
from segql.syntax.parser import parse
from segql.syntax.walk import walk

COUNT = 300
CASES = make_corpus(COUNT)
CONDITIONS = (n.Comparison, n.Membership, n.Between, n.Exists)


def count(found: Iterable[object], kinds: tuple[type, ...]) -> int:
    return sum(isinstance(node, kinds) for node in found)


def test_the_same_seed_makes_the_same_corpus() -> None:
    assert make_corpus(20, seed=1) == make_corpus(20, seed=1)
    assert make_corpus(20, seed=1) != make_corpus(20, seed=2)


def test_sizes_are_within_bounds_and_spread() -> None:
    sizes = [len(case.segql.encode()) for case in CASES]
    assert all(SMALLEST <= size <= LARGEST for size in sizes)
    below_the_middle = sum(size < (SMALLEST * LARGEST) ** 0.5 for size in sizes)
    assert 0.4 < below_the_middle / COUNT < 0.6


def test_one_of_four_has_comments_at_the_same_places() -> None:
    marks = [(case.segql.count("-- "), case.sql.count("-- ")) for case in CASES]
    assert all(segql == sql for segql, sql in marks)
    assert 0.2 < sum(segql > 0 for segql, _ in marks) / COUNT < 0.3


@pytest.mark.parametrize("case", [*CASES, sized(1), sized(1000)])
def test_segql_reads_every_condition(case: Case) -> None:
    parsed = parse(case.segql)
    assert parsed.diagnostics == ()
    assert len(parsed.comments) == case.segql.count("-- ")
    assert count(walk(parsed.statements[0]), CONDITIONS) == case.conditions


@pytest.mark.parametrize("case", [*CASES, sized(1), sized(1000)])
def test_sqlglot_reads_every_condition(case: Case) -> None:
    sqlglot = pytest.importorskip("sqlglot")
    tree = sqlglot.parse_one(case.sql)
    assert isinstance(tree, sqlglot.exp.Select)
    assert count(tree.walk(), (sqlglot.exp.Predicate,)) == case.conditions
