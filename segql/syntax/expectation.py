"""What may be written next: the grammar's own answer, for editors."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple, get_args

from segql.syntax.cursor import Argument, Cursor, argument_at, clause_at, cursor_at
from segql.syntax.literals import name_of, operator_of, string_of
from segql.syntax.nodes import Call, Identifier
from segql.syntax.recovery import expected_at
from segql_grammar import parser_tables as t
from segql_grammar.scanner import CLAUSES, OPERAND_ENDS

# What else than a keyword may stand somewhere.
Want = Literal[
    "statement", "field", "operator", "value", "segment", "table", "option", "option value"
]

# Some keywords have kinds of the scanner's own as well.
_KEYWORDS = {kind: word.upper() for word, kind in t.KEYWORDS.items()} | {
    t.AND_LIST: "AND",
    t.OR_LIST: "OR",
    t.NOT_INFIX: "NOT",
}
# What is wanted where the grammar takes all of some terminals and none of others.
_WANTED: tuple[tuple[Want, tuple[int, ...], tuple[int, ...]], ...] = (
    ("statement", (t.FILTER, t.END_OF_TEXT), ()),
    ("field", (t.FUNCTION,), ()),
    ("operator", (t.COMPARE,), ()),
    ("value", (t.STRING,), (t.SEGMENT_ID,)),
    ("option", (t.NAME,), (t.FUNCTION, t.SEGMENT_ID)),
    ("option", (t.JSON_STRING,), (t.TRUE,)),
    ("option value", (t.SEGMENT_ID, t.TRUE), ()),
    ("option value", (t.JSON_STRING, t.TRUE), ()),
)
_NOTHING: frozenset[Want] = frozenset()
_ANYTHING: frozenset[Want] = frozenset(get_args(Want))
# What can stand in quotes.
_QUOTED: dict[str, frozenset[Want]] = {
    "": _ANYTHING,
    '"': frozenset(("value", "segment", "option", "option value")),
    "`": frozenset(("field", "segment", "table", "option")),
    "'": frozenset(("field", "segment", "table", "option", "value")),
}
_EQUALS = (t.EQUAL, t.DOUBLE_EQUAL)
_RELATIONS = frozenset((*_EQUALS, t.COMPARE, t.CONTAINS, t.LIKE, t.BETWEEN))
_ARRAY_OPERATORS = frozenset((t.IN, t.INTERSECTS))
_OPERATORS = _RELATIONS | _ARRAY_OPERATORS
_OPERANDS = frozenset((t.STRING, t.FUNCTION))
_FIELDS = CLAUSES | {t.NAME, t.BRACKET_NAME}
_ENDS = OPERAND_ENDS | {t.STAR, t.RBRACE}  # behind one of these a clause begins
_LONGEST_BOUND = 4  # tokens from BETWEEN to AND


class Expectation(NamedTuple):
    """What may stand at a place. It takes the text from ``start`` to ``end`` (offsets)."""

    start: int
    end: int
    keywords: tuple[str, ...] = ()  # in upper case, sorted
    wants: frozenset[Want] = frozenset()
    quote: str = ""  # that the place stands in: a quotation mark, a backtick, or none
    subject: Identifier | Call | None = None  # what an operator or a value is for
    operator: str = ""  # behind which a value stands
    option: str = ""  # the field of WITH, in lower case, that a value is for
    options: frozenset[str] = frozenset()  # those of WITH before the place, in lower case
    is_json: bool = False  # WITH as a JSON object
    argument: Argument | None = None  # of a function
    table: str | None = None  # of FROM, before the place or behind it
    alias: str | None = None  # of ALIAS, likewise

    @property
    def is_segment(self) -> bool:
        """The name of a segment, as after INCLUDE."""
        return "segment" in self.wants


def expectation_at(text: str, offset: int) -> Expectation:
    """What may stand at an offset; nothing inside a comment, and no keyword inside quotes."""
    cursor = cursor_at(text, offset)
    if cursor is None:
        return Expectation(offset, offset)
    expected = _expected(text, cursor)
    argument = argument_at(cursor)
    wants = _wants(expected, cursor, argument)
    shown = wants & _QUOTED[cursor.quote]
    place = Expectation(cursor.start, cursor.end, wants=shown, quote=cursor.quote)
    table, alias = (clause_at(cursor, clause) for clause in (t.FROM, t.ALIAS))
    place = place._replace(argument=argument, table=table, alias=alias)
    if not cursor.quote and cursor.kind() != t.INCLUDE:
        words = {_KEYWORDS[kind] for kind in _offered(expected, cursor)}
        place = place._replace(keywords=tuple(sorted(words)))
    if t.JSON_STRING in expected or "option" in wants or "option value" in wants:
        return _in_with(place, cursor)
    return _in_filter(place, cursor)


def _expected(text: str, cursor: Cursor) -> frozenset[int]:
    """The terminals that can stand at a cursor."""
    tokens, begun = cursor.tokens, cursor.begun
    end = len(tokens.kinds)
    expected = expected_at(text[: cursor.start], tokens, begun, end)
    if cursor.kind() == t.NOT and cursor.kind(2) in OPERAND_ENDS:
        # Behind an operand NOT may be for the operator that is not there yet: the scanner would
        # have seen that from the operator.
        tokens.kinds[-1] = t.NOT_INFIX
        infix = expected_at(text[: cursor.start], tokens, begun, end)
        return infix | expected if t.EXISTS in expected else infix
    operand, _ = _compared(cursor)
    if operand is not None and not expected & _OPERANDS:
        # Behind a mistake that nothing has ended: what stands before the operator is read alone.
        return expected_at(text[: cursor.start], tokens, operand, end)
    return expected


def _offered(expected: frozenset[int], cursor: Cursor) -> Iterator[int]:
    # Clause keywords are names as well; where no clause can begin, nobody means them.
    is_complete = t.END_OF_TEXT in expected and t.EXISTS not in expected
    kinds = cursor.tokens.kinds[cursor.begun :]
    given = {kind for before, kind in pairwise(kinds) if before in _ENDS} & CLAUSES
    unwanted = given if is_complete else CLAUSES
    return (kind for kind in expected - unwanted if kind in _KEYWORDS)


def _wants(expected: frozenset[int], cursor: Cursor, argument: Argument | None) -> frozenset[Want]:
    is_name = {t.NAME, t.SEGMENT_ID} <= expected and t.TRUE not in expected
    if cursor.kind() == t.INCLUDE:  # also behind a mistake
        return frozenset(("segment",))
    if is_name:
        return frozenset(("table",)) if cursor.kind() == t.FROM else _NOTHING
    found: set[Want] = {
        want for want, has, lacks in _WANTED if expected.issuperset(has) and not expected & {*lacks}
    }
    if cursor.kind() == t.NOT_INFIX:
        found.add("operator")
    if argument and argument.function.lower() == "in_segment":
        return frozenset(("segment",)) if "value" in found else _NOTHING
    return frozenset(found)


def _in_filter(place: Expectation, cursor: Cursor) -> Expectation:
    """What an operator or a value at the cursor is for."""
    operand, operator = _compared(cursor)
    if operand is None and "operator" in place.wants:
        operand = len(cursor.tokens.kinds) - (2 if cursor.kind() == t.NOT_INFIX else 1)
    subject = None if operand is None else _operand(cursor, operand)
    return place._replace(subject=subject, operator=operator)


def _in_with(place: Expectation, cursor: Cursor) -> Expectation:
    """Which fields WITH has before the cursor, and which of them the cursor's value is for."""
    kinds, lexemes = cursor.tokens.kinds, cursor.tokens.lexemes
    numbers = range(cursor.begun, len(kinds))
    begin = max((i for i in numbers if kinds[i] == t.WITH), default=cursor.begun)
    braces = [i for i in cursor.open_brackets() if kinds[i] == t.LBRACE]
    marks, kind = ((t.COLON,), t.JSON_STRING) if braces else (_EQUALS, t.NAME)
    pairs = (i for i in range(begin + 2, len(kinds)) if kinds[i] in marks and kinds[i - 1] == kind)
    keys = [_key(lexemes[i - 1]) for i in pairs]
    wants = place.wants if len(braces) <= 1 else _NOTHING  # an object in an object is anybody's
    option = keys[-1] if keys and "option value" in wants else ""
    return place._replace(wants=wants, option=option, options=frozenset(keys), is_json=bool(braces))


def _key(lexeme: str) -> str:
    return (string_of(lexeme) if lexeme.startswith('"') else name_of(lexeme)).lower()


def _compared(cursor: Cursor) -> tuple[int | None, str]:
    """The number of the token that ends the operand before an operator, and that operator."""
    kinds = cursor.tokens.kinds
    index = _operator(cursor)
    if index is None:
        return None, ""
    operand = index - 2 if kinds[index - 1] == t.NOT_INFIX else index - 1
    operator = operator_of(cursor.tokens.lexemes[index])
    return (operand if operand >= cursor.begun else None), operator


def _operator(cursor: Cursor) -> int | None:
    """The number of the operator behind which a value stands: directly, or in a list."""
    kinds = cursor.tokens.kinds
    last = len(kinds) - 1
    if cursor.kind() in _OPERATORS:
        return last
    if cursor.kind() == t.AND:
        bound = range(last - 1, max(cursor.begun, last - _LONGEST_BOUND), -1)
        return next((i for i in bound if kinds[i] == t.BETWEEN), None)
    opened = next(cursor.open_brackets(), None)
    is_array = opened is not None and opened > 0 and kinds[opened - 1] in _ARRAY_OPERATORS
    return opened - 1 if opened is not None and is_array else None


def _operand(cursor: Cursor, end: int) -> Identifier | Call | None:
    """The field or the call that a token ends; a call has no arguments here."""
    kinds, lexemes = cursor.tokens.kinds, cursor.tokens.lexemes
    if kinds[end] in _FIELDS:
        return Identifier(name_of(lexemes[end]))
    if kinds[end] != t.RPAR:
        return None
    depth = 0
    for index in range(end, cursor.begun, -1):
        depth += (kinds[index] == t.RPAR) - (kinds[index] == t.LPAR)
        if not depth:
            is_call = kinds[index - 1] == t.FUNCTION
            return Call(name_of(lexemes[index - 1]), ()) if is_call else None
    return None
