"""Many profiles, asked about many segments at once."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from sqlglot import exp

from segql.catalog import DEFAULT_TABLE, Catalog
from segql.compiler.sql import Mapping as Places
from segql.compiler.sql import SqlError, predicate
from segql.compiler.sql.truth import Sql, choose
from segql.evaluator import compile_predicate
from segql.profiles.parquet import OFFLINE
from segql.sizing.lean import lean
from segql.sizing.loading import Source, Test, lasting, load, load_answered
from segql.sizing.names import names_in
from segql.sizing.overlaps import overlaps
from segql.sizing.rows import ROWS, Column, named, places
from segql.syntax.nodes import Statement

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Question(NamedTuple):
    """A segment, and the present that its date math counts from."""

    statement: Statement
    now: datetime

    @property
    def table(self) -> str:
        """The table whose types its fields have."""
        return self.statement.table or DEFAULT_TABLE


class Population:
    """Profiles in DuckDB, which holds of them what some questions ask; a context manager.

    ``one_by_one`` are the numbers of the questions that SQL cannot say: the evaluator answered them
    while the profiles were read.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        questions: Sequence[Question],
        *,
        catalog: Catalog,
        includes: Mapping[str, Statement],
    ) -> None:
        """Read the profiles. ``includes`` has the segments that INCLUDE can name, by slug."""
        import duckdb

        self._folder = tempfile.TemporaryDirectory(prefix="segql-")
        config = {**OFFLINE, "temp_directory": self._folder.name}
        self._db: DuckDBPyConnection = duckdb.connect(config=config)
        self._db.execute("SET TimeZone = 'UTC'")
        self._db.execute("SET enable_progress_bar = false")
        self._questions = questions
        self._catalog = catalog
        self._includes = {slug.lower(): segment for slug, segment in includes.items()}
        self._conditions: dict[int, Sql] = {}
        self._sources = lasting(sources, Path(self._folder.name))
        self._answer()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget everything."""
        self._db.close()
        self._folder.cleanup()

    # ---- Answers ---------------------------------------------------------------------

    def total(self) -> int:
        """How many profiles there are."""
        return self._counts([exp.true()])[0]

    def sizes(self) -> list[int]:
        """How many profiles each question finds; LIMIT plays no part."""
        return self._counts([self._conditions[n] for n in range(len(self._questions))])

    def overlaps(self) -> list[list[int]]:
        """How many profiles each pair of questions finds; with itself, its size."""
        count = len(self._questions)
        found = [[0] * count for _ in range(count)]
        for number, size in enumerate(self.sizes()):
            found[number][number] = size
        conditions = [self._conditions[number] for number in range(count)]
        for row, column, size in overlaps(self._db, conditions):
            found[row][column] = found[column][row] = size
        return found

    def _counts(self, conditions: Sequence[Sql]) -> list[int]:
        """How many rows are so. What conditions have in common is worked out once in a sum."""
        one, none = exp.convert(1), exp.convert(0)
        sums = [exp.Sum(this=choose(condition, one, none)) for condition in conditions]
        if not sums:
            return []
        query = exp.Select(expressions=sums).from_(ROWS).sql("duckdb")
        row = self._db.execute(query).fetchone() or ()
        return [int(number or 0) for number in row]

    # ---- Reading ---------------------------------------------------------------------

    def _answer(self) -> None:
        """Read the profiles, and say each question in SQL; again, where it cannot be said."""
        questions, folder = self._questions, Path(self._folder.name)
        asked = ((q.table, name) for q in questions for name in self._names(q))
        names = named(asked, self._catalog)
        columns = load(self._db, self._sources, names, folder)
        unsaid: list[int] = []
        while True:
            more = self._say(columns, unsaid)
            if not more:
                break
            unsaid += more
            tests = [self._test(questions[number]) for number in unsaid]
            columns = load_answered(self._db, self._sources, names, tests, folder)
        self.one_by_one = tuple(unsaid)

    def _names(self, question: Question) -> set[str]:
        return names_in(question.statement, self._includes)

    def _test(self, question: Question) -> Test:
        statement, now = question
        return compile_predicate(
            statement, types=self._catalog, now=now, includes=self._includes
        ).matches

    def _say(self, columns: Sequence[Column], answered: Sequence[int]) -> list[int]:
        """Make the conditions; return the numbers of those that SQL cannot say."""
        odd = {(column.name.table, column.name.name) for column in columns if column.is_odd}
        tables = {q.table: places(columns, q.table) for q in self._questions}
        unsaid: list[int] = []
        for number, question in enumerate(self._questions):
            if number in answered:
                answer = exp.column(f"a{answered.index(number)}")
                self._conditions[number] = exp.EQ(this=answer, expression=exp.true())
                continue
            if odd and any((question.table, name) in odd for name in self._names(question)):
                unsaid.append(number)
                continue
            mapping, catalog = tables[question.table]
            try:
                self._conditions[number] = self._condition(question, mapping, catalog)
            except SqlError:
                unsaid.append(number)
        return unsaid

    def _condition(self, question: Question, mapping: Places, catalog: Catalog) -> Sql:
        statement, now = question
        condition = predicate(
            statement, mapping, "duckdb", catalog=catalog, includes=self._includes, now=now
        )
        return lean(condition)
