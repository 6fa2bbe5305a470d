"""BETWEEN with its ends exchanged, or with nothing between them. BETWEEN excludes both ends, and so
`visitct BETWEEN 9 AND 1` and `visitct BETWEEN 5 AND 5` never match. Neither does `BETWEEN 1 AND 2`
on whole numbers; and for them fractions are cut: `BETWEEN 1.5 AND 2.5` is `BETWEEN 1 AND 2`.

Where the ends are exchanged the fix puts them in order. It is unsafe: profiles match that did not.

Numbers are compared, fixed dates, and date math where all calendars agree: `now-1M` and `now-30d`
are not. That a field has whole numbers only the catalog can say.

Bad::

    FILTER visitct BETWEEN 9 AND 1 ALIAS regulars

    FILTER lastvisit_ts BETWEEN "now-7d" AND "now-30d" ALIAS lost

    FILTER created BETWEEN "2026-03-01" AND "2026-02-01" ALIAS joined_in_february

    FILTER visitct BETWEEN 1 AND 2 ALIAS newcomers

Good::

    FILTER visitct BETWEEN 1 AND 9 ALIAS regulars

    FILTER lastvisit_ts BETWEEN "now-30d" AND "now-7d" ALIAS lost

    FILTER AND (visitct >= 1, visitct <= 2) ALIAS newcomers

    FILTER score BETWEEN 1 AND 2 ALIAS low_scores
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic
from segql.linter.comparisons import LITERALS
from segql.linter.facts import edge, type_of
from segql.linter.scope import Scope
from segql.linter.shape import Shape
from segql.syntax import nodes as n


class _Range(NamedTuple):
    """Two ends that can be put in order; of a range of whole numbers both are."""

    low: int | float
    high: int | float
    is_whole: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing is between the ends."""
        return self.high - self.low <= 1 if self.is_whole else self.high <= self.low


def concerns(shape: Shape) -> bool:
    """Whether a comparison may be wrong that looks so."""
    return shape.right in LITERALS and shape.high in LITERALS


def check(node: n.Between, scope: Scope) -> Iterator[Diagnostic]:
    """Report each BETWEEN whose ends leave nothing between them."""
    if not isinstance(node.operand, LITERALS):
        range = _range_of(node, scope)
        if range is not None and range.is_empty:
            yield _problem(node, range, scope)


def _range_of(node: n.Between, scope: Scope) -> _Range | None:
    low, high = node.low, node.high
    if not isinstance(low, LITERALS) or not isinstance(high, LITERALS):
        return None
    type = type_of(node.operand, scope)
    first, last = edge(low, type), edge(high, type)
    if first is None or last is None or first.kind != last.kind:
        return None
    if type is not None and type.name == "int" and first.kind == "number":
        return _Range(int(first.value), int(last.value), is_whole=True)
    if first.kind == "date":
        return _Range(first.value.timestamp(), last.value.timestamp(), is_whole=False)
    return _Range(first.value, last.value, is_whole=False)


def _problem(node: n.Between, range: _Range, scope: Scope) -> Diagnostic:
    low, high = (scope.text[end.start : end.end] for end in (node.low, node.high))
    turned = range._replace(low=range.high, high=range.low)
    made = None
    help = "BETWEEN excludes both ends: write `>=` and `<=` to include them"
    if not turned.is_empty:
        help = f"exchange the two: `BETWEEN {high} AND {low}`"
        made = Fix("unsafe", "exchange the two", (_edit(node.low, high), _edit(node.high, low)))
    kind = "no whole number" if range.is_whole and range.low < range.high else "nothing"
    message = f"{kind} is between {low} and {high}"
    return diagnostic("empty-between", node.low.start, node.high.end, message, help, made)


def _edit(end: n.Node, text: str) -> Edit:
    return Edit(end.start, end.end, text)
