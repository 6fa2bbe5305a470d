"""Run cases: each segment with its INCLUDEs and the types of its fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from segql.cases.model import EXPECTED, Answers, Case, CaseFile, Kind, Problem, Profile, Property
from segql.cases.why import lines_of, shown
from segql.catalog.model import Catalog
from segql.diagnostics import did_you_mean
from segql.evaluator import Predicate, Trace, compile_predicate
from segql.syntax import nodes as n
from segql.workspace import Segment, Workspace


class Result(NamedTuple):
    """What became of a case or a property. ``message`` is empty where all is well."""

    path: str
    line: int
    segment: str
    name: str
    message: str = ""
    why: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What ``-k`` looks at."""
        return f"{self.path}::{self.segment}::{self.name}"


class Ran(NamedTuple):
    """A case, with how its answer came about."""

    case: Case
    trace: Trace
    result: Result


class Suite:
    """The segments of a workspace, ready to be asked. ``now`` is for cases that name none."""

    def __init__(
        self, workspace: Workspace, catalog: Catalog | None = None, now: datetime | None = None
    ) -> None:
        self.workspace = workspace
        self.catalog = catalog
        self.now = now or datetime.now(UTC)
        self._predicates: dict[tuple[str, datetime, Answers], Predicate] = {}

    def segment(self, name: str) -> Segment | None:
        """The segment of a name, as INCLUDE finds it."""
        return self.workspace.find(name)

    def problems(self, file: CaseFile) -> list[Problem]:
        """The segments of a file that the workspace does not have."""
        named = [(case.segment, case.line) for case in file.cases]
        named += [(slug, p.line) for p in file.properties for slug in p.segments]
        return [self._unknown(slug, line) for slug, line in named if self.segment(slug) is None]

    def _unknown(self, slug: str, line: int) -> Problem:
        near = did_you_mean(slug, self.workspace.by_slug)
        help = f"did you mean `{near}`?" if near else "name a segment by its ALIAS"
        return Problem(line, f"there is no segment `{slug}`", help)

    def predicate(
        self, slug: str, now: datetime | None = None, includes: Answers = ()
    ) -> Predicate:
        """A segment, compiled. Raises ``KeyError`` for one that is not there."""
        key = (slug.lower(), now or self.now, includes)
        if key not in self._predicates:
            segment = self.segment(slug)
            if segment is None:
                raise KeyError(slug)
            self._predicates[key] = self.compiled(segment.statement, now, includes)
        return self._predicates[key]

    def compiled(
        self, statement: n.Statement, now: datetime | None = None, includes: Answers = ()
    ) -> Predicate:
        """A statement of one's own, among the same segments."""
        given = {slug.lower(): _constant(answer) for slug, answer in includes}

        def find(slug: str) -> n.Statement | None:
            segment = self.segment(slug)
            return given.get(slug.lower()) or (segment.statement if segment else None)

        return compile_predicate(statement, types=self.catalog, now=now or self.now, includes=find)

    def run(self, case: Case, path: str) -> Ran:
        """Ask a segment about the profile of a case."""
        trace = self.predicate(case.segment, case.now, case.includes).explain(case.profile)
        got = EXPECTED[trace.matched]
        result = Result(path, case.line, case.segment, case.name)
        if got != case.expect:
            message = f"expected {case.expect}, got {got}"
            result = result._replace(message=message, why=tuple(lines_of(trace)))
        return Ran(case, trace, result)

    def check(self, found: Property, profiles: Iterable[Profile], path: str) -> Result:
        """Look for a profile with which a property does not hold."""
        first, second = (self.predicate(slug, found.now) for slug in found.segments)
        said, is_broken = _PROPERTIES[found.kind]
        pair = " ".join((found.segments[0], said, found.segments[1]))
        result = Result(path, found.line, pair, found.name)
        for profile in profiles:
            if is_broken(first.matches(profile) is True, second.matches(profile) is True):
                why = (f"profile   {shown(profile)}",)
                for slug, asked in zip(found.segments, (first, second), strict=True):
                    why += (f"{slug}:", *lines_of(asked.explain(profile)))
                return result._replace(message="a profile breaks it", why=why)
        return result


# How it is said, and whether two answers break it.
_PROPERTIES: dict[Kind, tuple[str, Callable[[bool, bool], bool]]] = {
    "never": ("is never in", lambda one, other: one and other),
    "implies": ("implies", lambda one, other: one and not other),
    "equal": ("is the same as", lambda one, other: one != other),
}


def _constant(answer: bool) -> n.Statement:
    """A segment that everybody is in, or nobody."""
    return n.Statement(n.And(()) if answer else n.Or(()))
