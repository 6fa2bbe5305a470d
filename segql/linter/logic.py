"""What follows from a fact: which others it excludes, and which it implies.

One fact excludes another if no profile matches both, and implies it if whoever matches the first
matches the second. Both are said only where they hold for every profile, whatever it has in the
field:

- A missing field matches `!=` and NOT: `a <= 3` is not the opposite of `a > 3`.
- `=` and `<` cannot be evaluated on arrays and maps, and so whoever matches `a = 1` has one value.
  Arrays of dates are the exception: any of their dates may match. IN asks for any item, too. So
  without a catalog neither two dates nor two INs exclude each other. What one of them implies it
  implies of each item, and so of arrays as well.
- One date and one number have several spellings, and seconds are not milliseconds.
- Texts have no order: `a = "2024-05-01"` does not imply `a > "2024-01-01"`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from segql.linter.comparisons import ORDER
from segql.linter.facts import RANGES, Edge, Fact, edge, is_datelike, numeric
from segql.syntax import nodes as n

if TYPE_CHECKING:
    from segql.catalog import FieldType

_EQUALITY: Final = frozenset(("=", "IN"))
_TEXTS: Final = frozenset((n.String,))
_BOOLS: Final = frozenset((n.Boolean,))
_NUMBERS_AND_TEXTS: Final = frozenset((n.Number, n.String))
_EMPTY: Final = n.String("")


def excludes(one: Fact, other: Fact, type: FieldType | None) -> bool:
    """Whether no profile matches both."""
    if one.is_negated:
        one, other = other, one
    if one.is_negated or "EXISTS" in (one.operator, other.operator):
        return other.is_negated and other.operator == "EXISTS" and _needs_value(one)
    if other.is_negated:
        return implies(one, other, type)
    if type is not None and type.shape != "scalar":
        return False
    if "!=" in (one.operator, other.operator):
        return _contradicts_equal(one, other, type)
    if one.operator == other.operator == "IN" and type is None:
        return False
    is_apart = _ends_before(one, other, type) or _ends_before(other, one, type)
    return is_apart or _has_other_values(one, other, type)


def implies(one: Fact, other: Fact, type: FieldType | None) -> bool:
    """Whether each profile that matches one fact matches the other, both taken without NOT."""
    if one.operator in ("!=", "EXISTS") or not _is_said_of_each(other, type):
        return False
    match other.operator:
        case "=":
            return one.operator == "=" and _is_same(one, other)
        case "!=":
            return _leaves_out(one, other.value, type)
        case "IN":
            return _is_among(one, other, type)
        case "BETWEEN":  # cuts the bounds of whole numbers, and so `a > 1` does not imply it
            return one.operator == "BETWEEN" and _is_within(one, other)
        case "EXISTS":  # no idle guard: an order of null cannot be evaluated
            return False
        case _:
            return _has_order(one, type) and _is_within(one, other)


def fail_alike(one: Fact, other: Fact) -> bool:
    """Whether both facts cannot be evaluated for the same profiles."""
    edges = (one.low or one.high, other.low or other.high)
    return (
        one.is_plain
        and other.is_plain
        and one.operator in RANGES
        and other.operator in RANGES
        and (one.operator == "BETWEEN") == (other.operator == "BETWEEN")
        and edges[0] is not None
        and edges[1] is not None
        and edges[0].kind == edges[1].kind
    )


def extremes(facts: list[Fact], is_narrowest: bool) -> list[Fact]:
    """The few facts that exclude or imply others if any does: the narrowest, or the widest."""
    found: dict[tuple[str, bool, str, str], Fact] = {}
    for fact in facts:
        if fact.is_negated and fact.operator != "EXISTS":
            continue
        kind = "order" if fact.operator in ORDER else fact.operator
        for side, at in (("low", fact.low), ("high", fact.high)):
            if at is None and kind == "order":
                continue
            key = (kind, fact.is_negated, side, at.kind if at else "")
            if key not in found or _is_further(fact, found[key], side, is_narrowest):
                found[key] = fact
    return list(dict.fromkeys(found.values()))


def _is_further(fact: Fact, known: Fact, side: str, is_narrowest: bool) -> bool:
    if fact.operator == "IN":
        return (len(fact.values.set) < len(known.values.set)) == is_narrowest
    mine, other = (fact.low, known.low) if side == "low" else (fact.high, known.high)
    if fact.operator not in RANGES or mine is None or other is None or mine == other:
        return False
    return _reaches(mine, other, 1 if side == "low" else -1) == is_narrowest


# ---- Exclusion -----------------------------------------------------------------------


def _needs_value(fact: Fact) -> bool:
    """Whether it matches none of what EXISTS leaves out: missing, null, empty."""
    if fact.is_negated or fact.operator in ("!=", "EXISTS"):
        return False
    return fact.values.kinds <= _NUMBERS_AND_TEXTS and _EMPTY not in fact.values.set


def _contradicts_equal(one: Fact, other: Fact, type: FieldType | None) -> bool:
    if {one.operator, other.operator} != {"=", "!="} or one.value != other.value:
        return False
    return type is not None or not one.values.are_datelike


def _ends_before(one: Fact, other: Fact, type: FieldType | None) -> bool:
    high, low = one.high, other.low
    if high is None or low is None or high.kind != low.kind:
        return False
    if high.kind in ("months", "seconds"):  # windows-apart reports these
        return False
    if type is None and high.kind != "number":
        return False
    return high.value < low.value or (high.value == low.value and (high.is_open or low.is_open))


def _has_other_values(one: Fact, other: Fact, type: FieldType | None) -> bool:
    if not {one.operator, other.operator} <= _EQUALITY:
        return False
    mine, others = one.values, other.values
    kinds = mine.kinds | others.kinds
    if kinds == _TEXTS and type is not None and type.name == "string":
        return mine.set.isdisjoint(others.set)
    if kinds != _BOOLS and not kinds <= _NUMBERS_AND_TEXTS:  # a text "1" equals true
        return False
    # One date has several spellings, and of several dates any may match.
    both_are_dates = mine.are_datelike and others.are_datelike
    return not both_are_dates and mine.keys.isdisjoint(others.keys)


# ---- Implication ---------------------------------------------------------------------


def _is_said_of_each(fact: Fact, type: FieldType | None) -> bool:
    """Whether a fact holds for an array as soon as it holds for one item."""
    is_as_written = fact.is_plain or (fact.is_negated and not fact.is_turned)
    if is_as_written or (type is not None and type.shape == "scalar"):
        return True
    return not fact.is_turned and not fact.values.are_datelike


def _is_same(one: Fact, other: Fact) -> bool:
    are_numbers = isinstance(one.value, n.Number) and isinstance(other.value, n.Number)
    is_same_number = are_numbers and one.low is not None and one.low == other.low
    return one.value == other.value or is_same_number


def _leaves_out(fact: Fact, value: n.LiteralValue, type: FieldType | None) -> bool:
    """Whether a value is none of those that match, and can be compared with each of them."""
    if fact.operator in RANGES:
        at = edge(value, type)
        return at is not None and (_is_before(at, fact.low) or _is_behind(at, fact.high))
    if fact.operator == "IN":
        is_text = type is not None and type.name == "string" and fact.values.kinds == _TEXTS
        return is_text and isinstance(value, n.String) and value not in fact.values.set
    return differ(fact.value, value, type)


def differ(one: n.LiteralValue, other: n.LiteralValue, type: FieldType | None) -> bool:
    """Whether nothing equals both, and what equals one can be compared with the other."""
    name = type.name if type else ""
    match one, other:
        case n.Number(), n.Number():
            return _are_apart(edge(one, type), edge(other, type))
        case n.Boolean(), n.Boolean():
            return one != other
        case n.String(), n.String():
            if name == "date":
                return _are_apart(edge(one, type), edge(other, type))
            are_texts = name == "string" or (_is_plain_text(one) and _is_plain_text(other))
            return are_texts and one != other
        case _:
            return False


def _are_apart(one: Edge | None, other: Edge | None) -> bool:
    return one is not None and other is not None and one.kind == other.kind and one != other


def _is_among(fact: Fact, other: Fact, type: FieldType | None) -> bool:
    if fact.operator == "IN":
        return fact.values.set <= other.values.set
    if fact.operator != "=" or fact.value not in other.values.set:
        return False
    value, name = fact.value, type.name if type else ""
    if isinstance(value, n.Number):  # in a field of texts 5 equals "5.0", for IN they may differ
        return name in ("int", "number")
    return _is_plain_text(value) or (name == "string" and isinstance(value, n.String))


def _has_order(fact: Fact, type: FieldType | None) -> bool:
    """Whether what matches can be put in order."""
    if fact.operator == "=":
        is_date = type is not None and type.name == "date"
        return is_date or isinstance(fact.value, n.Number)
    return fact.operator in RANGES


def _is_within(one: Fact, other: Fact) -> bool:
    if other.low is None and other.high is None:
        return False
    from_low = other.low is None or (one.low is not None and _reaches(one.low, other.low, 1))
    to_high = other.high is None or (one.high is not None and _reaches(one.high, other.high, -1))
    return from_low and to_high


def _reaches(inner: Edge, outer: Edge, sign: int) -> bool:
    """Whether an edge is as far in as another; with sign 1 both are low ones."""
    if inner.kind != outer.kind:
        return False
    if inner.value == outer.value:
        return inner.is_open or not outer.is_open
    return (inner.value > outer.value) == (sign > 0)


def _is_before(at: Edge, low: Edge | None) -> bool:
    if low is None or low.kind != at.kind:
        return False
    return at.value < low.value or (at.value == low.value and low.is_open)


def _is_behind(at: Edge, high: Edge | None) -> bool:
    if high is None or high.kind != at.kind:
        return False
    return at.value > high.value or (at.value == high.value and high.is_open)


def _is_plain_text(value: n.LiteralValue) -> bool:
    """Whether a literal is a text that is neither a number nor a date."""
    return isinstance(value, n.String) and numeric(value) is None and not is_datelike(value)
