"""Facts: what the phrases of a list say of one operand, as an operator and values.

The operator of a fact is that of the phrase, as if the operand stood on the left. ``NOT a = 1`` is
``a != 1``; what has no opposite is negated: NOT of an order, of IN, BETWEEN and EXISTS.
"""

from __future__ import annotations

from functools import cached_property
from math import isfinite
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, cast

from segql.linter.alike import same_operand
from segql.linter.comparisons import LITERALS, ORDER, RELATIONS, compared
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


def groups(phrases: tuple[n.Phrase, ...], scope: Scope) -> list[Group]:
    """The facts about each operand that more than one phrase of a list speaks of."""
    return scope.once(_groups, phrases)


def _groups(phrases: tuple[n.Phrase, ...], scope: Scope) -> list[Group]:
    several = same_operand(phrases, scope)
    made = [group for positions in several if (group := _group(phrases, positions, scope))]
    return sorted(made, key=lambda group: group.facts[0].position)


def _group(phrases: tuple[n.Phrase, ...], positions: list[int], scope: Scope) -> Group | None:
    said = ((position, _said(phrases[position])) for position in positions)
    known = [(position, saying) for position, saying in said if saying]
    if len(known) < 2:
        return None
    operand = known[0][1].operand
    type = type_of(operand, scope)
    facts = [_fact(position, phrases[position], saying, type) for position, saying in known]
    return Group(operand, type, facts)


def type_of(operand: n.Operand, scope: Scope) -> FieldType | None:
    """The type of an operand; None where it is not known."""
    if scope.catalog is None and not isinstance(operand, n.Call):
        return None
    type = type_of_operand(operand, scope)
    return type if type and type.shape != "unknown" else None


class _Saying(NamedTuple):
    """What a phrase says, or what its NOT negates."""

    operand: n.Operand
    operator: Operator
    literals: tuple[n.LiteralValue, ...]
    is_turned: bool = False


def _said(phrase: n.Phrase) -> _Saying | None:
    """What a phrase says of an operand; None for what is no fact."""
    if type(phrase) is n.Not:
        phrase = phrase.phrase
    if type(phrase) is n.Comparison:
        for operand, operator, value, is_turned in compared(phrase):
            # `"true" = x` holds for a bool, `x = "true"` cannot be evaluated.
            is_sure = not is_turned or isinstance(value, n.Number) or operator in ORDER
            if is_sure and operator in RELATIONS:
                return _Saying(operand, cast("Operator", operator), (value,), is_turned)
    elif type(phrase) is n.Between:
        values = tuple(value for _, _, value, _ in compared(phrase))
        return _Saying(phrase.operand, "BETWEEN", values) if len(values) == 2 else None
    elif type(phrase) is n.Membership:
        items = phrase.right.items if isinstance(phrase.right, n.Array) else ()
        if items and type(phrase.left) not in LITERALS:
            return _Saying(phrase.left, "IN", items)
    elif type(phrase) is n.Exists and type(phrase.operand) not in LITERALS:
        return _Saying(phrase.operand, "EXISTS", ())
    return None


def _fact(position: int, phrase: n.Phrase, saying: _Saying, type: FieldType | None) -> Fact:
    _, operator, literals, is_turned = saying
    is_negation = isinstance(phrase, n.Not)
    opposite = _OPPOSITE.get(operator) if is_negation else None
    low, high = _range(opposite or operator, literals, type)
    return Fact(
        position,
        phrase,
        opposite or operator,
        Values(literals),
        is_negation and opposite is None,
        not (is_negation or is_turned),
        is_turned,
        low,
        high,
    )


# ---- Ranges --------------------------------------------------------------------------


def _range(
    operator: Operator, literals: tuple[n.LiteralValue, ...], type: FieldType | None
) -> tuple[Edge | None, Edge | None]:
    """Where the values that match begin and end."""
    if operator in ("!=", "EXISTS"):
        return None, None
    is_open = operator in (">", "<", "BETWEEN")
    known: list[Edge] = []
    for value in literals:
        at = edge(value, type, is_open)
        if at is None or (known and at.kind != known[0].kind):
            return None, None
        known.append(at)
    match operator:
        case ">" | ">=":
            return known[0], None
        case "<" | "<=":
            return None, known[0]
        case "BETWEEN":
            return known[0], known[1]
        case _:
            known.sort(key=lambda edge: edge.value)
            return known[0], known[-1]


def edge(value: n.LiteralValue, type: FieldType | None, is_open: bool = False) -> Edge | None:
    """A literal as the end of a range; None for what has no order, as texts have none."""
    if isinstance(value, n.String):
        return _edge_of_text(value, is_open)
    number = number_value(value.text) if isinstance(value, n.Number) else None
    return None if number is None else Edge(_kind(number, type), number, is_open)


def _edge_of_text(value: n.String, is_open: bool) -> Edge | None:
    text = value.value
    math = date_math(text)
    if math is not None:
        kind, units = ("months", _MONTHS) if math.unit in _MONTHS else ("seconds", _SECONDS)
        return Edge(kind, math.sign * math.count * units[math.unit], is_open)
    if not text[:4].isdecimal():  # a year, or seconds
        return None
    if text.isdecimal() and is_datelike(value):  # a number to fields that hold numbers
        return Edge(f"digits {len(text)}", int(text), is_open)
    point = _point(text)
    return None if point is None else Edge("date", point, is_open)


def _kind(number: float, type: FieldType | None) -> str:
    """Seconds and milliseconds since 1970 are told apart by their length."""
    if abs(number) < _EARLIEST or (type is not None and type.name in ("int", "number")):
        return "number"
    return f"unix {len(str(int(abs(number))))}"


def _point(text: str) -> object:
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
