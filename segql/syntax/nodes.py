"""The typed tree of SegmentQL.

Nodes are immutable. Equality ignores where a node stands; ``start`` and ``end`` are offsets in
the text it was read from (0 for a node made by hand). A phrase is what can be true or false,
an operand is what has a value; a bare operand (a bool field, a function) is a phrase as well::

    match statement.filter:
        case And(phrases): ...
        case Comparison(Identifier(name), ">", Number(text)): ...
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Literal, NamedTuple, TypeAlias, TypeVar

import msgspec

from segql.source import Span

ComparisonOperator = Literal["=", "!=", ">", ">=", "<", "<=", "CONTAINS", "LIKE"]
MembershipOperator = Literal["IN", "INTERSECTS"]
ArithmeticOperator = Literal["+", "-", "*", "/", "%"]

# Not part of what a node says: where it stands, and what is written above it.
_ASIDE = ("start", "end", "comment")


class Node(
    msgspec.Struct, frozen=True, gc=False, eq=False, kw_only=True, tag_field="node", tag=str.lower
):
    """What all nodes share: their place in the text."""

    start: int = 0
    end: int = 0

    @property
    def span(self) -> Span:
        """The stretch of text this node was read from."""
        return Span(self.start, self.end)

    def __eq__(self, other: object) -> bool:
        """Compare what the nodes say, not where they stand."""
        if type(self) is not type(other):
            return False if isinstance(other, Node) else NotImplemented
        parts: Callable[[object], object] = _parts(type(self))
        return parts(self) == parts(other)

    def __ne__(self, other: object) -> bool:
        """The opposite of equality: a msgspec struct does not derive it."""
        return not self == other

    def __hash__(self) -> int:
        """Equal nodes have equal hashes."""
        parts: Callable[[object], object] = _parts(type(self))
        return hash(parts(self))


def said(node: Node) -> tuple[str, ...]:
    """Names of the fields that carry meaning."""
    return _said(type(node))


@cache
def _said(kind: type[Node]) -> tuple[str, ...]:
    return tuple(name for name in kind.__struct_fields__ if name not in _ASIDE)


@cache
def _parts(kind: type[Node]) -> Callable[[object], object]:
    """What returns the fields that carry meaning."""
    names = _said(kind)
    return attrgetter(*names) if names else lambda _: ()


class Bad(Node, frozen=True, gc=False):
    """What could not be read, in place of a phrase, an operand or a clause.

    ``text`` is empty where something is missing. A diagnostic says what is wrong with it.
    """

    text: str


# ---- Operands ------------------------------------------------------------------------


class Identifier(Node, frozen=True, gc=False):
    """A field. ``name`` is its path without quotes: ``counts.`Web hit` `` is "counts.Web hit"."""

    name: str


class String(Node, frozen=True, gc=False):
    """A text in double quotes; ``value`` has its escapes resolved."""

    value: str


class Number(Node, frozen=True, gc=False):
    """A number. ``text`` is its spelling, for the API's tree keeps it: "1.50", "-1", "1e5"."""

    text: str


class Boolean(Node, frozen=True, gc=False):
    """TRUE or FALSE."""

    value: bool


class Null(Node, frozen=True, gc=False):
    """NULL."""


class Call(Node, frozen=True, gc=False):
    """A function and its arguments, such as ``timewindow(visits, 5, 7)``."""

    name: str
    arguments: tuple[Operand, ...]


class Arithmetic(Node, frozen=True, gc=False):
    """Two operands joined by ``+ - * / %``."""

    left: Operand
    operator: ArithmeticOperator
    right: Operand


class Array(Node, frozen=True, gc=False):
    """The literals on the right of IN and INTERSECTS."""

    items: tuple[LiteralValue, ...]


# ---- Phrases -------------------------------------------------------------------------


class MatchAll(Node, frozen=True, gc=False):
    """``*`` as a whole filter: everything matches."""


class And(Node, frozen=True, gc=False):
    """All phrases match: ``AND (a, b)`` or ``a AND b``. Empty, it is true."""

    phrases: tuple[Phrase, ...]


class Or(Node, frozen=True, gc=False):
    """At least one phrase matches: ``OR (a, b)`` or ``a OR b``. Empty, it is false."""

    phrases: tuple[Phrase, ...]


class Not(Node, frozen=True, gc=False):
    """The phrase does not match: ``NOT a > 1``, and also ``a NOT IN (1)``."""

    phrase: Phrase


class Comparison(Node, frozen=True, gc=False):
    """Two operands compared. ``==`` is read as ``=``, ``<>`` as ``!=``, IS NULL as ``= NULL``."""

    left: Operand
    operator: ComparisonOperator
    right: Operand


class Membership(Node, frozen=True, gc=False):
    """IN or INTERSECTS. On the right also a field, a function, or (after IN) one string."""

    left: Operand
    operator: MembershipOperator
    right: Array | Identifier | Call | String


class Between(Node, frozen=True, gc=False):
    """``operand BETWEEN low AND high``; the server excludes both ends."""

    operand: Operand
    low: Operand
    high: Operand


class Exists(Node, frozen=True, gc=False):
    """The field has a value."""

    operand: Operand


class Name(Node, frozen=True, gc=False):
    """The name of a segment, of a table, of an option: as written, without quotes."""

    value: str


class Include(Node, frozen=True, gc=False):
    """Members of another segment, named by its alias or its id."""

    segment: Name


# ---- Statements ----------------------------------------------------------------------


class From(Node, frozen=True, gc=False):
    """FROM: the table the segment is about. Without it: user."""

    table: Name


class Limit(Node, frozen=True, gc=False):
    """LIMIT: at most so many members."""

    count: int


class Option(Node, frozen=True, gc=False):
    """One ``key = value`` of WITH. A bare name as value is read as a string."""

    key: Name
    value: OptionValue

    def __eq__(self, other: object) -> bool:
        """Compare strictly: in JSON ``1`` is not ``true``, though Python holds them equal."""
        if not isinstance(other, Option):
            return False
        return self.key == other.key and repr(self.value) == repr(other.value)

    def __hash__(self) -> int:
        """Equal options have equal hashes."""
        return hash((self.key, repr(self.value)))


class With(Node, frozen=True, gc=False):
    """WITH: the segment's own fields, written as pairs or as a JSON object."""

    options: tuple[Option, ...]


class Alias(Node, frozen=True, gc=False):
    """ALIAS: the segment's slug, as written (the server stores it in lower case)."""

    name: Name


class Statement(Node, frozen=True, gc=False):
    """One segment: a filter and its clauses, in canonical order (FROM, LIMIT, WITH, ALIAS).

    ``comment`` is what the comment block directly above says: the segment's description
    where WITH has none.
    """

    filter: Phrase
    clauses: tuple[Clause, ...] = ()
    comment: str = ""

    def clause(self, kind: type[ClauseType]) -> ClauseType | None:
        """The first clause of a kind (`From`, `Limit`, `With`, `Alias`), or None."""
        return next((clause for clause in self.clauses if isinstance(clause, kind)), None)

    @property
    def table(self) -> str | None:
        """The table of FROM as written; None where the clause is absent."""
        clause = self.clause(From)
        return clause.table.value if clause else None

    @property
    def limit(self) -> int | None:
        """The number of LIMIT; None where the clause is absent."""
        clause = self.clause(Limit)
        return clause.count if clause else None

    @property
    def options(self) -> dict[str, OptionValue]:
        """The pairs of WITH; empty where the clause is absent."""
        clause = self.clause(With)
        return {option.key.value: option.value for option in clause.options} if clause else {}

    @property
    def alias(self) -> str | None:
        """The name of ALIAS as written; None where the clause is absent."""
        clause = self.clause(Alias)
        return clause.name.value if clause else None


class Comment(Node, frozen=True, gc=False):
    """A comment with its marks: ``-- why``, ``# why``, ``// why`` or ``/* why */``."""

    text: str


class Form(NamedTuple):
    """A way of writing that the tree does not keep, for the server may read it in another way.

    ``a IS NULL`` is a comparison like any other; its form tells that it was not written as one.
    """

    kind: FormKind
    node: Node
    start: int  # what of the node's text is written so
    end: int


FormKind = Literal[
    "not-without-comma",  # AND (a NOT b): an empty stretch, behind a
    "not-prefix",  # NOT a > 1, without parentheses
    "not-infix",  # a NOT IN (1)
    "infix",  # a AND b
    "exists-parentheses",  # EXISTS (a): the parentheses
    "is-null",  # a IS NULL: IS NULL
    "parenthesised-value",  # a > (1): (1)
    "quoted-segment",  # INCLUDE "a": "a"
    "match-all-line",  # * on a later line than FILTER: what is between
    "clause-order",  # ALIAS before FROM: all clauses
    "missing-filter",  # a statement without FILTER: an empty stretch before it
    "number-spelling",  # 007, .5
    "trailing-comma",  # a IN (1, 2,): the last comma
]
LiteralValue: TypeAlias = String | Number | Boolean | Null
Operand: TypeAlias = Identifier | LiteralValue | Call | Arithmetic | Bad
Phrase: TypeAlias = (
    And | Or | Not | Comparison | Membership | Between | Exists | Include | MatchAll | Operand
)
Clause: TypeAlias = From | Limit | With | Alias | Bad
ClauseType = TypeVar("ClauseType", From, Limit, With, Alias)
OptionValue: TypeAlias = (
    str | int | float | bool | list["OptionValue"] | dict[str, "OptionValue"] | None
)
