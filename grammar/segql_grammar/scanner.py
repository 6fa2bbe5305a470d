"""Cut a text into the grammar's terminals.

One regular expression, put together from the grammar's terminals, finds the tokens. What one
token of look-ahead cannot tell apart (the list at the top of ``segmentql.lark``) is decided here
from the tokens around it, and nowhere else. The scanner never fails: what is no token becomes one
of the negative kinds below, and the parser says what is wrong.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from segql_grammar import parser_tables as t

# Kinds of what is no token.
BAD_CHARACTER = -1
UNCLOSED_STRING = -2
UNCLOSED_NAME = -3
UNCLOSED_COMMENT = -4
TOO_DEEP = -5

# Brackets and NOTs inside each other. The server refuses more than about 200 parentheses; a
# fixed limit is also what lets every walker of the tree be a plain recursive function.
MAX_DEPTH = 200

_UNCLOSED = {
    "UNCLOSED_STRING": r'"[^\r\n]*',
    "UNCLOSED_NAME": r"[`'][^\r\n]*",
    "UNCLOSED_COMMENT": r"/\*[\s\S]*",
}
_CONTEXTUAL = ("BRACKET_NAME", "JSON_STRING")


def _master_pattern() -> re.Pattern[str]:
    """Terminals in the grammar's order, then symbols (longest first), then what is no token."""
    groups = {name: text for name, text in t.PATTERNS.items() if name not in _CONTEXTUAL}
    symbols = "|".join(re.escape(s) for s in sorted(t.SYMBOLS, key=len, reverse=True))
    groups |= {**_UNCLOSED, "SYMBOL": symbols, "BAD_CHARACTER": r"[\s\S]"}
    # COMPARE is longer than the symbols it begins with, and so must stand before them.
    return re.compile("|".join(f"(?P<{name}>{text})" for name, text in groups.items()))


_MASTER = _master_pattern()
_BRACKET_NAME = re.compile(t.PATTERNS["BRACKET_NAME"])
_JSON_STRING = re.compile(t.PATTERNS["JSON_STRING"])

_SKIPPED = ("COMMENT", "WHITESPACE", "NAME", "SYMBOL")
_KIND_OF_GROUP = {
    index: vars(t).get(name, globals().get(name, BAD_CHARACTER))
    for name, index in _MASTER.groupindex.items()
    if name not in _SKIPPED
}
_COMMENT = _MASTER.groupindex["COMMENT"]
_WHITESPACE = _MASTER.groupindex["WHITESPACE"]
_NAME = _MASTER.groupindex["NAME"]
_SYMBOL = _MASTER.groupindex["SYMBOL"]

# After one of these stands a complete operand (or a keyword used as a name).
_OPERAND_ENDS = frozenset(
    (t.NAME, t.BRACKET_NAME, t.STRING, t.INTEGER, t.NUMBER, t.SEGMENT_ID, t.TRUE, t.FALSE, t.NULL)
).union((t.RPAR, t.RSQB, t.FROM, t.LIMIT, t.WITH, t.ALIAS))
_CLAUSES = frozenset((t.FROM, t.LIMIT, t.WITH, t.ALIAS))
_WORD_OPERATORS = frozenset((t.IN, t.LIKE, t.CONTAINS, t.INTERSECTS, t.BETWEEN))
_LISTS = {t.AND: t.AND_LIST, t.OR: t.OR_LIST}
_SIGNS = frozenset((t.PLUS, t.MINUS))
_ARITHMETIC = frozenset((t.PLUS, t.MINUS, t.STAR, t.SLASH, t.PERCENT))
_ARRAY_OPERATORS = frozenset((t.IN, t.INTERSECTS))
_NONE = -100


class Tokens(NamedTuple):
    """The tokens of a text as parallel lists, and its comments as (start, end) offsets."""

    kinds: list[int]
    starts: list[int]
    ends: list[int]
    comments: list[tuple[int, int]]
    nesting: int  # an upper bound of how deep brackets, NOTs and arithmetic stand in each other


class _Bracket(NamedTuple):
    is_list: bool  # opened by AND or OR, so that phrases need no comma
    depth: int  # brackets and NOTs up to here


def scan(text: str) -> Tokens:
    """Return the tokens of a text. Never raises; linear in the length of the text."""
    return _Scanner(text).run()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.kinds: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.comments: list[tuple[int, int]] = []
        self.brackets: list[_Bracket] = []
        self.negations = 0  # NOTs directly before the next token
        self.braces = 0  # inside the JSON object of WITH
        self.in_with = False
        self.deepest = 0
        self.arithmetic = 0

    def run(self) -> Tokens:
        match_at, position, length = _MASTER.match, 0, len(self.text)
        while position < length:
            match = match_at(self.text, position)
            assert match is not None  # the last alternative takes any character
            group, end = match.lastindex, match.end()
            if group == _COMMENT:
                self.comments.append((position, end))
            elif group != _WHITESPACE:
                kind, end = self.kind_of(group or 0, position, end)
                self.kinds.append(kind)
                self.starts.append(position)
                self.ends.append(end)
            position = end
        nesting = self.deepest + self.arithmetic
        return Tokens(self.kinds, self.starts, self.ends, self.comments, nesting)

    def kind_of(self, group: int, start: int, end: int) -> tuple[int, int]:
        """The terminal at start, and its end: the context may choose a longer or another one."""
        if self.braces and self.text[start] == '"':
            return self.json_string(start, end)
        if group == _NAME:
            kind = self.word(start, end)
        elif group == _SYMBOL:
            kind, end = self.symbol(start, end)
        else:
            kind = _KIND_OF_GROUP[group]
        if kind not in (t.NOT, t.AND, t.OR):  # NOT AND ( is one step deeper than AND (
            self.negations = 0
        return kind, end

    def word(self, start: int, end: int) -> int:
        kind = t.KEYWORDS.get(self.text[start:end].lower(), t.NAME)
        if kind == t.NAME:
            return kind
        if kind in _WORD_OPERATORS:
            return self.word_operator(kind, end)
        if kind == t.NOT:
            return self.negation()
        if kind == t.FILTER:
            self.begin_statement()
        elif kind in _CLAUSES and not self.brackets:
            self.in_with = kind == t.WITH
        return kind

    def begin_statement(self) -> None:
        """Whatever is still open: a mistake in one statement must not reach the next."""
        self.brackets.clear()
        self.braces = 0
        self.in_with = False

    def word_operator(self, kind: int, end: int) -> int:
        """``a NOT IN (...)`` negates the operator; ``contains(a, "x")`` is a function."""
        if self.previous() == t.NOT and self.previous(2) in _OPERAND_ENDS:
            self.kinds[-1] = t.NOT_INFIX
        elif self.previous() not in _OPERAND_ENDS and self.text[end : end + 1] == "(":
            return t.NAME
        return kind

    def negation(self) -> int:
        self.negations += 1
        return self.at_depth(self.depth(), t.NOT)

    def symbol(self, start: int, end: int) -> tuple[int, int]:
        kind = t.SYMBOLS[self.text[start:end]]
        if kind == t.LPAR:
            return self.open_parenthesis(start), end
        if kind == t.LSQB:
            return self.open_square(start, end)
        if kind in (t.RPAR, t.RSQB):
            if self.brackets:
                self.brackets.pop()
        elif kind == t.LBRACE:
            opens_json = self.braces or self.previous() == t.WITH
            self.braces += 1 if opens_json else 0
            kind = self.at_depth(self.braces, kind)
        elif kind == t.RBRACE:
            self.braces = max(0, self.braces - 1)
        elif kind == t.SEMICOLON:
            self.begin_statement()
        elif kind in _ARITHMETIC:
            kind = self.arithmetic_or_sign(kind)
        return kind, end

    def arithmetic_or_sign(self, kind: int) -> int:
        if kind in _SIGNS and self.previous() not in _OPERAND_ENDS:
            return t.SIGN
        self.arithmetic += 1
        return kind

    def open_parenthesis(self, start: int) -> int:
        """Look back: a list, a call, or a plain parenthesis opens."""
        kinds, before = self.kinds, self.previous()
        is_list = before in _LISTS and self.begins_list()
        if is_list:
            kinds[-1] = _LISTS[before]
        elif before == t.NAME and self.is_call(start):
            kinds[-1] = t.FUNCTION
        return self.open(t.LPAR, is_list)

    def begins_list(self) -> bool:
        """After a complete phrase only a new line inside a list begins another phrase."""
        if self.previous(2) not in _OPERAND_ENDS:
            return True
        if not (self.brackets and self.brackets[-1].is_list):
            return False
        gap = slice(self.ends[-2], self.starts[-1])
        return "\n" in self.text[gap]

    def is_call(self, start: int) -> bool:
        """Where phrases need no comma, ``a (b)`` is two of them and ``a(b)`` is a call."""
        in_list = bool(self.brackets) and self.brackets[-1].is_list
        adjacent = self.ends[-1] == start
        return adjacent or not in_list

    def open_square(self, start: int, end: int) -> tuple[int, int]:
        before = self.previous()
        is_array = before in _ARRAY_OPERATORS or self.in_with or self.braces
        name = None if is_array else _BRACKET_NAME.match(self.text, start)
        if name:
            return t.BRACKET_NAME, name.end()
        return self.open(t.LSQB, is_list=False), end

    def open(self, kind: int, is_list: bool) -> int:
        depth = self.depth() + 1
        self.brackets.append(_Bracket(is_list, depth))
        return self.at_depth(depth, kind)

    def at_depth(self, depth: int, kind: int) -> int:
        self.deepest = max(self.deepest, depth)
        return TOO_DEEP if depth > MAX_DEPTH else kind

    def depth(self) -> int:
        return (self.brackets[-1].depth if self.brackets else 0) + self.negations

    def json_string(self, start: int, end: int) -> tuple[int, int]:
        match = _JSON_STRING.match(self.text, start)
        return (t.JSON_STRING, match.end()) if match else (UNCLOSED_STRING, end)

    def previous(self, back: int = 1) -> int:
        return self.kinds[-back] if len(self.kinds) >= back else _NONE
