"""The segments that INCLUDE names, and which of them lead back."""

from __future__ import annotations

from collections.abc import Mapping

from segql._everybody import EVERYBODY
from segql.syntax.nodes import MatchAll, Statement
from segql.syntax.walk import includes

_ALL = Statement(MatchAll())


class Segments:
    """Segments by slug, in lower case."""

    def __init__(self, statements: Mapping[str, Statement]) -> None:
        self._statements = {EVERYBODY: _ALL, **statements}
        self._ahead: dict[str, set[str]] = {}

    def included(self, slug: str, inside: str | None) -> Statement | None:
        """What a segment includes; None where it is not there, or includes the first in turn."""
        is_circle = inside is not None and inside in self._leads_to(slug)
        return None if is_circle else self._statements.get(slug)

    def _leads_to(self, slug: str) -> set[str]:
        """The segment and all that it includes, and those include."""
        if slug not in self._ahead:
            found, pending = {slug}, [slug]
            while pending:
                statement = self._statements.get(pending.pop())
                named = {n.value.lower() for n in includes(statement)} if statement else set[str]()
                pending += named - found
                found |= named
            self._ahead[slug] = found
        return self._ahead[slug]
