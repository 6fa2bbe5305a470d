"""A filter, compiled once and asked about many profiles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast

from segql.catalog.model import DEFAULT_TABLE, Catalog
from segql.catalog.types import FieldType
from segql.evaluator.including import Included, Includes, as_statement, finder
from segql.evaluator.operands import Get, Scope
from segql.evaluator.steps import Step, alone, step, untold
from segql.evaluator.trace import Trace, trace
from segql.evaluator.values import Profile, plain
from segql.syntax import nodes as n

Types = Catalog | Mapping[str, str]


class Verdict(NamedTuple):
    """Whether a profile matches; None: it cannot be evaluated, and ``reason`` says why."""

    matched: bool | None
    reason: str = ""

    def __bool__(self) -> bool:
        """Whether it matches."""
        return self.matched is True


class Predicate:
    """What tells whether a profile matches. It does not change; threads can share it."""

    def __init__(
        self,
        statement: n.Statement | n.Phrase,
        types: Types | None = None,
        table: str | None = None,
        now: datetime | None = None,
        includes: Includes | None = None,
    ) -> None:
        self.statement = as_statement(statement)
        self.now: datetime = plain(datetime.now(UTC) if now is None else now)
        self._types, self._table, self._includes = types, table, includes
        self._step = self._made()
        self._test = alone(self._step)
        # Whether a profile (a mapping) matches, without a reason: as fast as can be for one.
        self.matches = cast("Callable[[Profile], bool | None]", self._test.one)

    def _made(self) -> Step:
        included = Included(self.statement, finder(self._includes))
        made: dict[str, Step] = {}
        for slug in included.in_order():
            made[slug] = self._segment(slug, included, made)
        return self._compiled(self.statement, {slug: made[slug] for slug in included.named})

    def _segment(self, slug: str, included: Included, made: Mapping[str, Step]) -> Step:
        statement = included.statements.get(slug)
        if statement is None:
            return untold(n.Include(n.Name(slug)), f"there is no segment `{slug}`")
        circle = f"`{slug}` includes itself, through others or directly"
        found = {
            target: untold(n.Include(n.Name(target)), circle)
            if included.is_circle(slug, target)
            else made[target]
            for target in included.graph[slug]
        }
        return self._compiled(statement, found)

    def _compiled(self, statement: n.Statement, segments: Mapping[str, Step]) -> Step:
        tests = {slug: cast("Get", alone(found).one) for slug, found in segments.items()}
        types = _types(self._types, self._table or statement.table or DEFAULT_TABLE)
        return step(statement.filter, Scope(types, self.now, tests), segments)

    def answers(self, profiles: Sequence[Profile]) -> list[bool | None]:
        """What `matches` says of each of many profiles. Ask some hundreds at once, or more."""
        return cast("list[bool | None]", self._test.many(profiles))

    def select(self, profiles: Sequence[Profile]) -> list[Profile]:
        """Those of many profiles that match, in their order: the fastest way to find them."""
        return self._test.members(profiles)

    def __call__(self, profile: Profile) -> Verdict:
        """The answer with its reason, of anything that is given for a profile."""
        if not _is_profile(profile):
            return Verdict(None, _NO_PROFILE)
        matched = self.matches(profile)
        return Verdict(matched, self.explain(profile).reason if matched is None else "")

    def explain(self, profile: Profile) -> Trace:
        """How the answer came about, phrase by phrase; slower."""
        if not _is_profile(profile):
            return Trace(self.statement.filter, None, reason=_NO_PROFILE)
        return trace(self._step, profile)

    def at(self, now: datetime) -> Predicate:
        """The same filter at another instant, from which date math counts."""
        return Predicate(self.statement, self._types, self._table, now, self._includes)


_NO_PROFILE = "a profile has names and values, and this has none"


def _is_profile(profile: Any) -> bool:
    return isinstance(profile, Mapping)


def _types(types: Types | None, table: str) -> Callable[[str], FieldType | None]:
    if types is None:
        return lambda _: None
    catalog = types if isinstance(types, Catalog) else Catalog.from_types(types, table)

    def type_of(name: str) -> FieldType | None:
        found = catalog.find(name, table)
        return found.type if found else None

    return type_of


def compile_predicate(
    statement: n.Statement | n.Phrase,
    *,
    types: Types | None = None,
    table: str | None = None,
    now: datetime | None = None,
    includes: Includes | None = None,
) -> Predicate:
    """Compile a filter.

    ``types`` are those of the fields of ``table`` (by default what FROM says, else user); a field
    without a type is what its values are. ``now`` is the instant from which date math counts, by
    default the present, once and for all profiles: `Predicate.at` gives another. ``includes`` has
    the segments that INCLUDE names, by slug. Raises ``ValueError`` for a type that does not exist.
    """
    return Predicate(statement, types, table, now, includes)


def evaluate(
    statement: n.Statement | n.Phrase,
    profile: Profile,
    *,
    types: Types | None = None,
    now: datetime | None = None,
    includes: Includes | None = None,
) -> Verdict:
    """Whether a profile matches a filter; the arguments are those of `compile_predicate`."""
    return compile_predicate(statement, types=types, now=now, includes=includes)(profile)


def explain(
    statement: n.Statement | n.Phrase,
    profile: Profile,
    *,
    types: Types | None = None,
    now: datetime | None = None,
    includes: Includes | None = None,
) -> Trace:
    """How the answer of `evaluate` comes about."""
    return compile_predicate(statement, types=types, now=now, includes=includes).explain(profile)
