"""What is asked of profiles about segments: sizes, overlaps, funnels, a history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from segql.catalog import Catalog
from segql.formatter.brief import brief
from segql.sizing.population import Population, Question, Source
from segql.syntax import nodes as n
from segql.workspace import Segment, Workspace


class Step(NamedTuple):
    """A phrase of a list with AND, and how many profiles are left after it."""

    phrase: str
    left: int


class Sized(NamedTuple):
    """A segment and how many profiles it finds at each instant; ``limit`` is its LIMIT."""

    name: str
    path: str
    line: int
    found: tuple[int, ...]
    limit: int | None
    steps: tuple[Step, ...] = ()

    @property
    def members(self) -> tuple[int, ...]:
        """How many members it has at each instant."""
        most = self.limit
        return self.found if most is None else tuple(min(most, found) for found in self.found)


class Asked(NamedTuple):
    """The answers. ``overlaps`` is a row and a column for each segment, empty if not asked.

    ``one_by_one`` are the names of segments that SQL could not say.
    """

    total: int
    instants: tuple[datetime, ...]
    segments: tuple[Sized, ...]
    overlaps: tuple[tuple[int, ...], ...] = ()
    one_by_one: tuple[str, ...] = ()


def ask(
    segments: Sequence[Segment],
    workspace: Workspace,
    catalog: Catalog | None,
    sources: Sequence[Source],
    instants: Sequence[datetime],
    *,
    with_overlap: bool = False,
    with_funnel: bool = False,
) -> Asked:
    """Count all at once; overlaps and funnels are those of the first instant."""
    includes = {slug: found[0].statement for slug, found in workspace.by_slug.items()}
    questions = [Question(s.statement, instant) for s in segments for instant in instants]
    names = [_name(segment) for segment in segments for _ in instants]
    funnels = [_funnel(s.statement) if with_funnel else [] for s in segments]
    for segment, funnel in zip(segments, funnels, strict=True):
        questions += [
            Question(_until(segment.statement, k), instants[0]) for k in range(len(funnel))
        ]
        names += [_name(segment)] * len(funnel)
    with Population(
        sources, questions, catalog=catalog or Catalog(), includes=includes
    ) as population:
        sizes = iter(population.sizes())
        found = [tuple(next(sizes) for _ in instants) for _ in segments]
        overlaps = population.overlaps() if with_overlap else []
        sized = tuple(
            _sized(segment, counts, tuple(Step(phrase, next(sizes)) for phrase in funnel))
            for segment, counts, funnel in zip(segments, found, funnels, strict=True)
        )
        unsaid = dict.fromkeys(names[number] for number in population.one_by_one)
        return Asked(
            population.total(), tuple(instants), sized, tuple(map(tuple, overlaps)), tuple(unsaid)
        )


def _sized(segment: Segment, found: tuple[int, ...], steps: tuple[Step, ...]) -> Sized:
    source = segment.file.source
    line = source.position(segment.statement.start)[0]
    return Sized(_name(segment), source.path or "", line, found, segment.statement.limit, steps)


def _name(segment: Segment) -> str:
    return segment.slug or segment.file.source.path or "a segment without a name"


def _phrases(statement: n.Statement) -> tuple[n.Phrase, ...]:
    """The phrases that have to match, one after the other."""
    phrase = statement.filter
    while isinstance(phrase, n.And | n.Or) and len(phrase.phrases) == 1:
        phrase = phrase.phrases[0]
    return phrase.phrases if isinstance(phrase, n.And) else (phrase,)


def _funnel(statement: n.Statement) -> list[str]:
    return [brief(phrase) for phrase in _phrases(statement)]


def _until(statement: n.Statement, last: int) -> n.Statement:
    """The segment with the phrases up to one of them."""
    return replace(statement, filter=n.And(_phrases(statement)[: last + 1]))
