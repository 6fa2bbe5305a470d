"""Facts: what the phrases of a list say of one operand, as an operator and values.

The operator of a fact is that of the phrase, as if the operand stood on the left. ``NOT a = 1`` is
``a != 1``; what has no opposite is negated: NOT of an order, of IN, BETWEEN and EXISTS.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from math import isfinite
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, cast

from segql.linter.comparisons import LITERALS, ORDER, compared
from segql.linter.date_words import date_math
from segql.linter.known import type_of_operand
from segql.linter.scope import Scope
from segql.syntax import nodes as n
from segql.syntax.literals import MAX_NUMBER_LENGTH, number_value

if TYPE_CHECKING:
    from segql.catalog import FieldType

Operator = Literal["=", "!=", ">", ">=", "<", "<=", "IN", "BETWEEN", "EXISTS"]

RANGES: Final = ORDER | {"BETWEEN"}
_OPPOSITE: Final[dict[str, Operator]] = {"=": "!=", "!=": "="}
# Units of date math that can be compared with each other: in months, or in seconds.
_MONTHS: Final = {"M": 1, "y": 12}
_SECONDS: Final = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}
# From here on a number may be a point in time: a Unix second of 1973.
_EARLIEST: Final = 100_000_000


class Edge(NamedTuple):
    """Where a range begins or ends. Edges of different kinds have no order."""

    kind: str
    value: Any
    is_open: bool  # the value itself is outside


class Values:
    """The literals of a fact, and what is asked of them again and again."""

    def __init__(self, literals: tuple[n.LiteralValue, ...]) -> None:
        self.literals = literals

    @cached_property
    def set(self) -> frozenset[n.LiteralValue]:
        """The literals as they are written."""
        return frozenset(self.literals)

    @cached_property
    def keys(self) -> frozenset[object]:
        """What they are told apart by: a number is the same as its text."""
        numbers = ((value, numeric(value)) for value in self.literals)
        return frozenset(value if number is None else number for value, number in numbers)

    @cached_property
    def kinds(self) -> frozenset[type[n.Node]]:
        """The classes of the literals."""
        return frozenset(map(type, self.literals))

    @cached_property
    def are_datelike(self) -> bool:
        """Whether one of them may be meant as a point in time."""
        return any(map(is_datelike, self.literals))


class Fact(NamedTuple):
    """What the phrase at a position of a list says."""

    position: int
    phrase: n.Phrase
    operator: Operator
    values: Values
    is_negated: bool = False
    is_plain: bool = True  # without NOT, and not turned
    is_turned: bool = False  # the value stands on the left
    low: Edge | None = None  # where the values that match begin and end
    high: Edge | None = None

    @property
    def value(self) -> n.LiteralValue:
        """The literal of a comparison, the first one of a list."""
        return self.values.literals[0]


class Group(NamedTuple):
    """The facts about one operand; its type is None where nothing knows it."""

    operand: n.Operand
    type: FieldType | None
    facts: list[Fact]


def groups(phrases: tuple[n.Phrase, ...], scope: Scope) -> Iterator[Group]:
    """The facts about each operand that more than one phrase of a list speaks of."""
    if not may_meet(phrases):
        return
    found: dict[n.Operand, list[Fact]] = {}
    for position, phrase in enumerate(phrases):
        for operand, fact in _said(position, phrase):
            found.setdefault(operand, []).append(fact)
    for operand, facts in found.items():
        if len(facts) > 1:
            type = type_of(operand, scope)
            yield Group(operand, type, [_with_range(fact, type) for fact in facts])


def may_meet(phrases: tuple[n.Phrase, ...]) -> bool:
    """Whether two phrases of a list may speak of the same; in most lists no two do."""
    seen: set[object] = set()
    for phrase in phrases:
        subject = _subject(phrase)
        if subject is None or subject in seen:
            return True
        seen.add(subject)
    return False


def _subject(phrase: n.Phrase) -> object:
    """What tells phrases apart at a glance; None where that takes a closer look."""
    while isinstance(phrase, n.Not):
        phrase = phrase.phrase
    if isinstance(phrase, n.Comparison | n.Membership):
        operand = phrase.left
    elif isinstance(phrase, n.Between | n.Exists):
        operand = phrase.operand
    else:
        operand = phrase
    match operand:
        case n.Identifier(name):
            return name
        case n.Include(n.Name(slug)):
            return n.Include, slug.lower()
        case _:
            return None


def type_of(operand: n.Operand, scope: Scope) -> FieldType | None:
    """The type of an operand; None where it is not known."""
    if scope.catalog is None and not isinstance(operand, n.Call):
        return None
    type = type_of_operand(operand, scope)
    return type if type and type.shape != "unknown" else None


def _said(position: int, phrase: n.Phrase) -> Iterator[tuple[n.Operand, Fact]]:
    match phrase:
        case n.Not(inner) if not isinstance(inner, n.Not):
            for operand, fact in _said(position, inner):
                opposite = _OPPOSITE.get(fact.operator)
                negated = fact._replace(phrase=phrase, is_plain=False)
                if opposite:
                    yield operand, negated._replace(operator=opposite)
                else:
                    yield operand, negated._replace(is_negated=True)
        case n.Membership(left, _, n.Array(items)) if items and not isinstance(left, LITERALS):
            yield left, Fact(position, phrase, "IN", Values(items))
        case n.Exists(operand) if not isinstance(operand, LITERALS):
            yield operand, Fact(position, phrase, "EXISTS", Values(()))
        case n.Between(operand) | n.Comparison(operand):
            yield from _compared(position, phrase)
        case _:
            pass


def _compared(position: int, phrase: n.Between | n.Comparison) -> Iterator[tuple[n.Operand, Fact]]:
    found = list(compared(phrase))
    if isinstance(phrase, n.Between):
        if len(found) == 2:
            low, high = found
            values = Values((low.value, high.value))
            yield phrase.operand, Fact(position, phrase, "BETWEEN", values)
        return
    for operand, operator, value, is_turned in found:
        # `"true" = x` holds for a bool, `x = "true"` cannot be evaluated.
        is_sure = not is_turned or isinstance(value, n.Number) or operator in ORDER
        if is_sure and (operator in ORDER or operator in _OPPOSITE):
            named = cast("Operator", operator)
            fact = Fact(position, phrase, named, Values((value,)))
            yield operand, fact._replace(is_plain=not is_turned, is_turned=is_turned)


# ---- Ranges --------------------------------------------------------------------------


def _with_range(fact: Fact, type: FieldType | None) -> Fact:
    is_open = fact.operator in (">", "<", "BETWEEN")
    edges = [edge(value, type, is_open) for value in fact.values.literals]
    known = [edge for edge in edges if edge]
    if not known or len(known) < len(edges) or len({edge.kind for edge in known}) > 1:
        return fact
    match fact.operator:
        case ">" | ">=":
            return fact._replace(low=known[0])
        case "<" | "<=":
            return fact._replace(high=known[0])
        case "BETWEEN":
            return fact._replace(low=known[0], high=known[1])
        case "=" | "IN":
            known.sort(key=lambda edge: edge.value)
            return fact._replace(low=known[0], high=known[-1])
        case _:
            return fact


def edge(value: n.LiteralValue, type: FieldType | None, is_open: bool = False) -> Edge | None:
    """A literal as the end of a range; None for what has no order, as texts have none."""
    if isinstance(value, n.Number):
        number = number_value(value.text)
        return None if number is None else Edge(_kind(number, type), number, is_open)
    if not isinstance(value, n.String):
        return None
    math = date_math(value.value)
    if math is not None:
        kind, units = ("months", _MONTHS) if math.unit in _MONTHS else ("seconds", _SECONDS)
        return Edge(kind, math.sign * math.count * units[math.unit], is_open)
    if value.value.isdecimal() and is_datelike(value):  # a number to fields that hold numbers
        return Edge(f"digits {len(value.value)}", int(value.value), is_open)
    point = _point(value.value)
    return None if point is None else Edge("date", point, is_open)


def _kind(number: float, type: FieldType | None) -> str:
    """Seconds and milliseconds since 1970 are told apart by their length."""
    if abs(number) < _EARLIEST or (type is not None and type.name in ("int", "number")):
        return "number"
    return f"unix {len(str(int(abs(number))))}"


def _point(text: str) -> object:
    if not any(map(str.isdigit, text)):
        return None
    from datetime import UTC, datetime

    from segql.catalog.dates import instant

    return instant(text, datetime(1970, 1, 1, tzinfo=UTC))


# ---- Values --------------------------------------------------------------------------


def numeric(value: n.LiteralValue) -> float | None:
    """The number that a literal is, or that its text holds."""
    if not isinstance(value, n.String | n.Number):
        return None
    text = value.value if isinstance(value, n.String) else value.text
    if len(text) > MAX_NUMBER_LENGTH:
        return None
    try:
        found = number_value(text) if isinstance(value, n.Number) else float(text)
        number = None if found is None else float(found)
    except (ValueError, OverflowError):
        return None
    return number if number is not None and isfinite(number) else None


def belongs(value: n.LiteralValue, type: FieldType | None) -> bool:
    """Whether a literal can be equal to what a field of a type holds; without one: to anything."""
    if type is None:
        return not isinstance(value, n.Null)
    match value:
        case n.String():
            return type.name == "string" or (type.name == "date" and edge(value, type) is not None)
        case n.Number():
            return type.name in ("int", "number")
        case n.Boolean():
            return type.name == "bool"
        case n.Null():
            return False


def is_datelike(value: n.LiteralValue) -> bool:
    """Whether a literal may be meant as a point in time."""
    if isinstance(value, n.Number):
        number = number_value(value.text)
        return number is None or abs(number) >= _EARLIEST
    if not isinstance(value, n.String) or not any(map(str.isdigit, value.value)):
        return False
    from segql.catalog.dates import is_date

    return date_math(value.value) is not None or is_date(value.value)
