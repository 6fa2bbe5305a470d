"""How many profiles are members of segments: what is counted in a thread beside the server.

Nothing here is shared with the server but what never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from segql.catalog import Catalog
from segql.evaluator.including import Included
from segql.syntax.nodes import Phrase, Statement
from segql.syntax.walk import is_whole
from segql_lsp.folder import Stamp, stamp_of
from segql_lsp.profiles import ProfileError, profiles, require_files
from segql_lsp.segments import Segments

_INSTALL = 'install it with: pip install "segql[sql]"'


class Asked(NamedTuple):
    """What a segment asks of profiles: its name and its LIMIT play no part."""

    filter: Phrase
    table: str | None

    @classmethod
    def by(cls, statement: Statement) -> Asked:
        """What a statement asks."""
        return cls(statement.filter, statement.table)


Key = tuple[Asked, frozenset[tuple[str, Asked]]]  # with what the segments ask that it includes


class Counts(NamedTuple):
    """How many profiles there are, and how many of them the segments of a document find."""

    total: int
    found: Mapping[Asked, int]


class Census:
    """What is known of the profiles in some files, until these change; for one thread at a time."""

    def __init__(self, paths: Sequence[Path], catalog: Catalog) -> None:
        self._paths, self._catalog = paths, catalog
        self._stamp: tuple[object, ...] = ()
        self._total = 0
        self._known: dict[Key, int] = {}

    def count(
        self, asked: Mapping[str, Iterable[Statement]], segments: Segments, now: datetime
    ) -> dict[str, Counts]:
        """Count for each document, by its uri, what its statements find.

        A segment that has mistakes, or includes one that has or is not known, is left out. Raises
        `ProfileError` and ``OSError``.
        """
        self._look_at_files(now)
        keys: dict[str, list[Key]] = {}
        questions: dict[Key, Statement] = {}
        includes: dict[str, Statement] = {}
        for uri, statements in asked.items():
            keys[uri] = []
            for statement in statements:
                included = Included(statement, segments.find)
                if _is_countable(statement, included):
                    key = _key(statement, included)
                    keys[uri].append(key)
                    questions[key] = statement
                    includes |= _by_slug(included)
        unknown = {key: found for key, found in questions.items() if key not in self._known}
        if unknown:
            sizes = self._sizes([*unknown.values()], includes, now)
            self._known |= zip(unknown, sizes, strict=True)
        self._known = {key: self._known[key] for key in questions}  # others may never come again
        return {
            uri: Counts(self._total, {key[0]: self._known[key] for key in found})
            for uri, found in keys.items()
        }

    def _look_at_files(self, now: datetime) -> None:
        """Forget everything where files are others now, or an hour later."""
        require_files(self._paths)
        stamps: list[Stamp] = [stamp_of(path) for path in self._paths]
        stamp = *stamps, now.replace(minute=0, second=0, microsecond=0)
        if stamp != self._stamp:
            self._stamp, self._known = stamp, {}

    def _sizes(
        self, statements: Sequence[Statement], includes: Mapping[str, Statement], now: datetime
    ) -> list[int]:
        try:
            import duckdb

            from segql.profiles import format_of
            from segql.sizing import Population, Question, Source
        except ModuleNotFoundError as error:
            message = f"members are not counted, for `{error.name}` is not installed"
            raise ProfileError(message, _INSTALL) from None

        sources = [
            Source(path, format_of(path), partial(profiles, path, self._catalog))
            for path in self._paths
        ]
        questions = [Question(statement, now) for statement in statements]
        try:
            with Population(
                sources, questions, catalog=self._catalog, includes=includes
            ) as population:
                self._total, sizes = population.total(), population.sizes()
        except duckdb.Error as error:  # its text may have values of people in it
            message = f"the profiles cannot be counted: {type(error).__name__} of DuckDB"
            raise ProfileError(message, "try `segql size`, which says more") from None
        if not self._total:
            names = ", ".join(map(str, self._paths))
            raise ProfileError(
                f"there is no profile in {names}", "name files of JSON, CSV or Parquet"
            )
        return sizes


def _is_countable(statement: Statement, included: Included) -> bool:
    """Whether all is known that the answer depends on."""
    is_known = len(included.statements) == len(included.graph)
    is_circular = any(
        included.is_circle(slug, target)
        for slug, targets in included.graph.items()
        for target in targets
    )
    statements = (statement, *included.statements.values())
    return is_known and not is_circular and all(map(is_whole, statements))


def _by_slug(included: Included) -> dict[str, Statement]:
    """What is included, by the names that the account has for it."""
    return {name.lower(): statement for name, statement in included.statements.items()}


def _key(statement: Statement, included: Included) -> Key:
    others = ((slug, Asked.by(found)) for slug, found in _by_slug(included).items())
    return Asked.by(statement), frozenset(others)
