"""A run of the cases of some files, from reading to results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from segql.cases.coverage import Coverage, coverage
from segql.cases.finding import CasesOf
from segql.cases.generating import Generator
from segql.cases.model import Case, CaseFile, Problem, Profile, Property
from segql.cases.mutating import Mutated, mutate
from segql.cases.reading import read_cases
from segql.cases.running import Ran, Result, Suite
from segql.catalog.model import Catalog
from segql.evaluator import Trace


class Session:
    """The files of one workspace. ``pattern`` chooses among the cases ("" is all)."""

    def __init__(self, found: CasesOf, catalog: Catalog | None = None, pattern: str = "") -> None:
        self.suite = Suite(found.workspace, catalog, datetime.now(UTC))
        self.files = [read_cases(path) for path in found.files]
        self.pattern = pattern.lower()

    def problems(self) -> list[tuple[str, Problem]]:
        """What cannot be understood, with the path of its file."""
        return [
            (file.path, problem)
            for file in self.files
            for problem in sorted((*file.problems, *self.suite.problems(file)))
        ]

    def cases(self) -> list[Ran]:
        """Run the cases that were chosen."""
        return [
            self.suite.run(case, file.path)
            for file in self.files
            for case in file.cases
            if self._is_chosen(file.path, case.segment, case.name)
        ]

    def properties(self) -> list[Result]:
        """Check the properties that were chosen."""
        return [
            self.suite.check(found, self._profiles(file, found), file.path)
            for file in self.files
            for found in file.properties
            if self._is_chosen(file.path, " ".join(found.segments), found.name)
        ]

    def mutated(self, ran: Sequence[Ran]) -> list[Mutated]:
        """What mistakes in the segments the cases find; those that fail are left out."""
        cases: dict[str, list[Case]] = {}
        for one in ran:
            if not one.result.message:
                cases.setdefault(one.case.segment.lower(), []).append(one.case)
        named = ((self.suite.segment(slug), own) for slug, own in cases.items())
        return [mutate(self.suite, segment, own) for segment, own in named if segment]

    def _profiles(self, file: CaseFile, found: Property) -> Iterator[Profile]:
        """Those of the file, and made ones at the edges of both segments."""
        yield from file.profiles
        yield from (case.profile for case in file.cases)
        for slug in found.segments:
            segment = self.suite.segment(slug)
            if segment:
                now = found.now or self.suite.now
                yield from Generator(self.suite, segment.statement, now).profiles()

    def coverage(self, ran: Sequence[Ran], is_whole: bool) -> list[Coverage]:
        """What cases try of their segments; ``is_whole``: also of those that have none."""
        traces: dict[str, list[Trace]] = {}
        for one in ran:
            traces.setdefault(one.case.segment.lower(), []).append(one.trace)
        segments = self.suite.workspace.by_slug.items()
        return [
            coverage(found[0], traces.get(slug, []))
            for slug, found in segments
            if is_whole or slug in traces
        ]

    def _is_chosen(self, *names: str) -> bool:
        return self.pattern in "::".join(names).lower()
