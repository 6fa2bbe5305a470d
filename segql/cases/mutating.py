"""Mutation testing: which small mistakes in a segment would its cases not find?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from segql.cases.generating import Generator
from segql.cases.model import EXPECTED, Case
from segql.cases.mutants import Mutant, mutants
from segql.cases.running import Suite
from segql.syntax import nodes as n
from segql.workspace import Segment


class Survivor(NamedTuple):
    """A mistake that no case finds, and a case that would; None: none was found."""

    segment: Segment
    mutant: Mutant
    case: Case | None


class Mutated(NamedTuple):
    """How many mistakes were tried in a segment, and those that were not found."""

    tried: int
    survivors: list[Survivor]


def mutate(suite: Suite, segment: Segment, cases: Sequence[Case]) -> Mutated:
    """Try each mutant of a segment with its cases, which all hold for the segment itself."""
    made = [*mutants(segment.statement)]
    alive = [mutant for mutant in made if not _is_found(suite, mutant.statement, cases)]
    now = next((case.now for case in cases if case.now), suite.now)
    own = Generator(suite, segment.statement, now)
    survivors = [Survivor(segment, m, _case(suite, segment, own, m, now)) for m in alive]
    return Mutated(len(made), survivors)


def _is_found(suite: Suite, statement: n.Statement, cases: Sequence[Case]) -> bool:
    """Whether a case fails."""
    scope, predicate = None, None
    for case in sorted(cases, key=_scope):
        if predicate is None or _scope(case) != scope:
            scope = _scope(case)
            predicate = suite.compiled(statement, case.now, case.includes)
        if EXPECTED[predicate.matches(case.profile)] != case.expect:
            return True
    return False


def _scope(case: Case) -> tuple[str, str]:
    """What a segment is compiled with for a case."""
    return f"{case.now}", f"{case.includes}"


def _case(
    suite: Suite, segment: Segment, own: Generator, mutant: Mutant, now: datetime
) -> Case | None:
    """A profile that one has as a member, and the other has not."""
    right = suite.compiled(segment.statement, now)
    wrong = suite.compiled(mutant.statement, now)
    profiles = chain(
        own.apart(mutant.phrase, mutant.other),
        own.profiles(),
        Generator(suite, mutant.statement, now).profiles(),
    )
    for profile in profiles:
        answer = right.matches(profile)
        if wrong.matches(profile) is not answer:
            return Case(segment.slug or "", profile, EXPECTED[answer], name=mutant.change, now=now)
    return None
