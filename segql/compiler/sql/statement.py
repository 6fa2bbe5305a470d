"""A segment as SQL: the condition on a profile, and the query for its members.

For every phrase there are two conditions of two values: when it matches, and when its negation
does. Where neither holds it cannot be evaluated. So a missing field and a list that stops at the
first phrase without an answer are kept, and SQL's own third value plays no part.
"""

from __future__ import annotations

from collections import abc
from datetime import datetime
from functools import partial

from sqlglot import exp

from segql.catalog import DEFAULT_TABLE, FUNCTIONS, Catalog
from segql.compiler.sql.comparing import compare
from segql.compiler.sql.dialects import ANY_RUN, DIALECTS
from segql.compiler.sql.errors import SqlError, Unsayable
from segql.compiler.sql.fields import Fields
from segql.compiler.sql.functions import SQL_FUNCTIONS
from segql.compiler.sql.including import Segments
from segql.compiler.sql.instants import Clock
from segql.compiler.sql.leaves import bare, between, contains, exists, matches, membership
from segql.compiler.sql.mapping import Mapping
from segql.compiler.sql.truth import ALWAYS, UNKNOWN, Sql, Truth, all_of, any_of, negated
from segql.compiler.sql.values import MISSING, Cases, Value, decide, literal, literals
from segql.syntax import nodes as n

Includes = abc.Mapping[str, n.Statement]
_TOO_DEEP = ("this filter is nested too deeply for a query", "make segments of its parts")
_LITERALS = (n.String, n.Number, n.Boolean, n.Null)
_LARGEST = 10_000  # conditions; no engine plans a larger query in reasonable time


def sql(
    statement: n.Statement,
    mapping: Mapping,
    dialect: str,
    *,
    catalog: Catalog,
    includes: Includes | None = None,
    now: datetime | None = None,
) -> str:
    """The query for the members of a segment, in one of `DIALECTS`.

    ``includes`` has the segments that INCLUDE can name, by slug in lower case. Without ``now``
    date math is relative to CURRENT_TIMESTAMP. Raises `SqlError` for what cannot be said.
    """
    condition = predicate(statement, mapping, dialect, catalog=catalog, includes=includes, now=now)
    columns = [_name(column) for column in mapping.id] or [exp.Star()]
    parts = zip(("this", "db", "catalog"), reversed(mapping.table.split(".")), strict=False)
    table = exp.Table(**{part: _name(name) for part, name in parts})
    query = exp.select(*columns).from_(table).where(condition)
    if statement.limit is not None:
        query = query.limit(statement.limit)
    try:
        return query.sql(dialect, pretty=True)
    except RecursionError:
        raise SqlError(statement, *_TOO_DEEP) from None


def predicate(
    statement: n.Statement,
    mapping: Mapping,
    dialect: str,
    *,
    catalog: Catalog,
    includes: Includes | None = None,
    now: datetime | None = None,
) -> exp.Expr:
    """The condition on one profile, true for members and false for all others, never NULL.

    Parameters and errors are those of `sql`. LIMIT is no part of it.
    """
    if dialect not in DIALECTS:
        raise ValueError(f"there is no dialect {dialect!r}; there are {', '.join(DIALECTS)}")
    spoken = DIALECTS[dialect]
    fields = Fields(mapping, catalog, statement.table or DEFAULT_TABLE, spoken)
    logic = _Logic(fields, Clock(spoken, now), Segments(includes or {}))
    try:
        found = logic.true(statement.filter).copy()
    except RecursionError:
        raise SqlError(statement, *_TOO_DEEP) from None
    for pattern in found.find_all(exp.RegexpLike):
        regular = pattern.expression.name.replace(ANY_RUN, spoken.any_run)
        pattern.expression.set("this", regular.removesuffix("$") + spoken.end)
    return found


def _unsaid(what: str) -> tuple[str, str]:
    """Message and help."""
    return f"{what} is not said in SQL", "make a column of what it gives"


def _name(name: str) -> exp.Identifier:
    return exp.to_identifier(name, quoted=True)


class _Logic:
    """The conditions of phrases; what matters of a phrase is made when it is asked for."""

    def __init__(self, fields: Fields, clock: Clock, segments: Segments) -> None:
        self._fields, self._clock, self._segments = fields, clock, segments
        self._path: list[str] = []  # the segments that are being included
        self._leaves: dict[int, tuple[Truth, int]] = {}  # and how large each is
        self._size = 0

    def true(self, phrase: n.Phrase) -> Sql:
        """When a phrase matches."""
        match phrase:
            case n.And((one,)) | n.Or((one,)):
                return self.true(one)
            case n.And(phrases):
                return all_of(*map(self.true, phrases))
            case n.Or(phrases):
                return any_of(*map(self.true, phrases))
            case n.Not(inner):
                return self.false(inner)
            case _:
                return self._leaf(phrase).true

    def false(self, phrase: n.Phrase) -> Sql:
        """When the negation of a phrase matches."""
        match phrase:
            case n.And((one,)) | n.Or((one,)):
                return self.false(one)
            case n.And(phrases):
                return self._none_before(phrases)
            case n.Or(phrases):  # it takes what cannot be evaluated as no match
                return all_of(
                    *(self.false(p) if self.is_total(p) else negated(self.true(p)) for p in phrases)
                )
            case n.Not(inner):
                return self.true(inner)
            case _:
                return self._leaf(phrase).false

    def is_total(self, phrase: n.Phrase) -> bool:
        """Whether a phrase can always be evaluated."""
        match phrase:
            case n.And((one,)) | n.Or((one,)) | n.Not(one):
                return self.is_total(one)
            case n.And(phrases):
                return all(map(self.is_total, phrases))
            case n.Or():
                return True
            case _:
                return self._leaf(phrase).total

    def _none_before(self, phrases: tuple[n.Phrase, ...]) -> Sql:
        """A list is no match at a phrase that is none, if all before it match.

        Of those before it that can always be evaluated this goes without saying.
        """
        found: Sql = exp.false()
        for phrase in reversed(phrases):
            before = exp.true() if self.is_total(phrase) else self.true(phrase)
            found = any_of(self.false(phrase), all_of(before, found))
        return found

    def _leaf(self, phrase: n.Phrase) -> Truth:
        before = self._size
        if id(phrase) in self._leaves:
            found, size = self._leaves[id(phrase)]
            self._size += size
        else:
            found = self._make(phrase)
            self._size += 1
            self._leaves[id(phrase)] = found, self._size - before
        if self._size > _LARGEST:
            message = "this filter is too large for a query"
            raise self._error(phrase, message, "make segments of its parts, and tables of them")
        return found

    def _make(self, phrase: n.Phrase) -> Truth:
        match phrase:
            case n.MatchAll() | n.Identifier("match_all"):
                return ALWAYS
            case n.Comparison(left, "LIKE" | "CONTAINS" as operator, right):
                leaf = matches if operator == "LIKE" else contains
                if operator == "LIKE" and not isinstance(right, _LITERALS):
                    message = "LIKE needs a pattern that is known"
                    raise self._error(right, message, "write the pattern as a text")
                try:
                    return decide(leaf, self._cases(left), self._cases(right))
                except Unsayable as error:
                    raise self._error(right, *_unsaid(f"{operator} with {error}")) from None
            case n.Comparison(left, operator, right):
                leaf = partial(compare, self._clock, operator, isinstance(right, n.Null))
                return decide(leaf, self._cases(left), self._cases(right))
            case n.Membership(left, _, right):
                return decide(membership, self._cases(left), self._cases(right))
            case n.Between(operand, low, high):
                cases = map(self._cases, (operand, low, high))
                return decide(partial(between, self._clock), *cases)
            case n.Exists(operand):
                return decide(exists, self._cases(operand))
            case n.Include(n.Name(slug)) | n.Call("in_segment", (n.String(slug),)):
                return self._include(slug)
            case n.Bad():
                raise self._error(phrase, "this could not be read", "mend the text first")
            case n.And() | n.Or() | n.Not():  # no leaves
                raise TypeError(phrase)
            case _:
                return decide(bare, self._cases(phrase))

    def _cases(self, operand: n.Operand | n.Array) -> Cases:
        match operand:
            case n.Identifier():
                return self._fields.cases(operand)
            case n.Array(items):
                return (Value("list", items=literals(items)),)
            case n.Call():
                return self._call(operand)
            case n.String() | n.Number() | n.Boolean() | n.Null():
                return (literal(operand),)
            case n.Bad():
                raise self._error(operand, "this could not be read", "mend the text first")
            case n.Arithmetic():
                raise self._error(operand, *_unsaid("arithmetic"))

    def _call(self, call: n.Call) -> Cases:
        name = call.name.lower()
        function = SQL_FUNCTIONS.get(name)
        if function is None and name not in FUNCTIONS:
            return MISSING  # as the server does it
        if function is None or function.arguments not in (None, len(call.arguments)):
            raise self._error(call, *_unsaid(f"`{call.name}` with these arguments"))
        arguments = [self._cases(argument) for argument in call.arguments]
        try:
            return function.make(arguments, self._clock)
        except Unsayable as error:
            raise self._error(call, *_unsaid(f"`{call.name}` of {error}")) from None

    def _include(self, slug: str) -> Truth:
        key = slug.lower()
        statement = self._segments.included(key, self._path[-1] if self._path else None)
        if statement is None:
            return UNKNOWN
        self._path.append(key)
        total = self.is_total(statement.filter)
        found = Truth(self.true(statement.filter), self.false(statement.filter), total)
        self._path.pop()
        return found

    def _error(self, node: n.Node, message: str, help: str) -> SqlError:
        return SqlError(node, message, help, self._path[-1] if self._path else None)
