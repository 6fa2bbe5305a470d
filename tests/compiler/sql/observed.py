"""What the reference implementation answers, as far as a table can be asked."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple

from segql.catalog import Catalog
from segql.syntax.nodes import Not, Phrase
from tests.vectors import HERE, load

from .profiles import Includes, Profile, statement

# The answer is "no match" and that of the negation cannot be told: a value that is no bool.
_ODD = {'FILTER five > "3"', 'FILTER five > "now-3d"', "FILTER n", "FILTER s"}
# A function that has no SQL.
_UNSAID = {'FILTER domain(url) == "x.com"'}
# A column cannot tell null from missing.
_WITH_NULL = {"FILTER nul == NULL", "FILTER nul > 1", 'FILTER nul IN ("a")'}


class Case(NamedTuple):
    """A filter with the segments that it includes, and what is known of one profile."""

    text: str
    includes: Includes
    matched: bool | None

    @property
    def phrases(self) -> tuple[Phrase, Phrase]:
        """The filter and its negation."""
        phrase = statement(self.text).filter
        return phrase, Not(phrase)

    def differs(self, matches: bool, not_matches: bool) -> bool:
        """Whether two answers differ from this; where it is "no match" the negation matches."""
        is_other = matches != (self.matched is True)
        is_negated = self.matched is False and self.text not in _ODD
        return is_other or (is_negated and not not_matches)


class Observed(NamedTuple):
    """Cases, and the profiles that they were asked of: each one of its own, or all the first."""

    catalog: Catalog
    now: datetime
    profiles: list[Profile]
    cases: list[Case]


def matches() -> Observed:
    """Random filters, each with a profile of its own."""
    found = load("match")
    (types,) = {tuple(case["types"].items()) for case in found}
    (now,) = {case["now"] for case in found}
    cases = [Case(case["ql"], _read(case["includes"]), case["matched"]) for case in found]
    profiles = [case["profile"] for case in found]
    return Observed(_catalog(dict(types)), datetime.fromisoformat(now), profiles, cases)


def edges(with_null: bool) -> Observed:
    """Filters that show one rule each, all asked of one profile."""
    found: dict[str, Any] = json.loads((HERE / "edge_match.json").read_text(encoding="utf-8"))
    left_out = _UNSAID if with_null else _UNSAID | _WITH_NULL
    includes = _read(found["includes"])
    cases = [Case(case["ql"], includes, case["matched"]) for case in found["cases"]]
    kept = [case for case in cases if case.text not in left_out]
    assert len(kept) == len(cases) - len(left_out)
    now = datetime.fromisoformat(found["now"])
    return Observed(_catalog(found["types"]), now, [found["profile"]], kept)


def _read(texts: dict[str, str]) -> Includes:
    return {slug: statement(text) for slug, text in texts.items()}


def _catalog(types: dict[str, str]) -> Catalog:
    return Catalog.from_types({**types, "nope": "string", "zz": "string"})
