"""What is measured, as tables of subjects. The goals know them by their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import segql
from benchmarks import sql_tools
from benchmarks.corpus import Case, sized
from benchmarks.timing import Subject
from segql.syntax.parser import parse

# sqlfluff takes some hundred times as long: it gets one text of so many, and none of the longest.
_SAMPLE_STEP, _SAMPLE_BYTES, _SAMPLE_REPEATS = 40, 4_000, 20
_SIZES = (10, 100, 1000, 10_000)
_SEGQL = (("segql parse", parse), ("segql parse + format", segql.format))


def tables(corpus: Sequence[Case]) -> list[list[Subject]]:
    """The subjects that are measured in turns, table by table."""
    return [_whole(corpus), _sample(corpus), *_scaling()]


def _whole(corpus: Sequence[Case]) -> list[Subject]:
    _expect_no_mistakes(corpus)
    conditions = sum(case.conditions for case in corpus)
    segql_texts, sql_texts = [case.segql for case in corpus], [case.sql for case in corpus]
    return [
        *(Subject(name, work, segql_texts, conditions) for name, work in _SEGQL),
        Subject("sqlglot parse", sql_tools.sqlglot_parse, sql_texts, conditions),
    ]


def _sample(corpus: Sequence[Case]) -> list[Subject]:
    short = [c for c in corpus[::_SAMPLE_STEP] if len(c.segql.encode()) < _SAMPLE_BYTES]
    conditions = sum(case.conditions for case in short)
    segql_texts, sql_texts = [case.segql for case in short], [case.sql for case in short]
    assert all(map(sql_tools.sqlfluff_understands, sql_texts))
    return [
        Subject("segql parse, sample", parse, segql_texts, conditions, _SAMPLE_REPEATS),
        Subject("sqlfluff parse, sample", sql_tools.sqlfluff_parse, sql_texts, conditions),
    ]


def _scaling() -> list[list[Subject]]:
    cases = {size: sized(size) for size in _SIZES}
    _expect_no_mistakes(cases.values())
    return [
        [
            Subject(f"{name}, {size}", work, [case.segql], size, repeats=max(_SIZES) // size)
            for size, case in cases.items()
        ]
        for name, work in _SEGQL
    ]


def _expect_no_mistakes(cases: Iterable[Case]) -> None:
    """A parser that stops early is fast."""
    assert not any(parse(case.segql).diagnostics for case in cases)
