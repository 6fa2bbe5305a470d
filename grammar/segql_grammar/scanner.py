"""Cut a text into the grammar's terminals.

One regular expression, put together from the grammar's terminals, finds the tokens. What one
token of look-ahead cannot tell apart (the list at the top of ``segmentql.lark``) is decided here
from the tokens around it, and nowhere else. The scanner never fails: what is no token becomes one
of the kinds below, and the parser says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from operator import sub
from typing import NamedTuple

from segql_grammar import parser_tables as t

# Kinds of what is no token. They come after the terminals, and all fit in six bits.
BAD_CHARACTER = 63
UNCLOSED_STRING = 62
UNCLOSED_NAME = 61
UNCLOSED_COMMENT = 60
TOO_DEEP = 59

# Brackets and NOTs inside each other. The server refuses more than about 200 parentheses; a
# fixed limit is also what lets every walker of the tree be a plain recursive function.
MAX_DEPTH = 200

_IS_LIST, _DEPTH = 0, 1
_NONE = -1
_COMMENT = -2
_LONGEST_REMEMBERED = 64  # characters of a lexeme

_UNCLOSED = {
    "UNCLOSED_STRING": r'"[^\r\n]*',
    "UNCLOSED_NAME": r"[`'][^\r\n]*",
    "UNCLOSED_COMMENT": r"/\*[\s\S]*",
}
# What a text is full of; nothing that is tried later begins as these do.
_COMMA = {"COMMA": ",", "BRACKET": "[()]"}
_FREQUENT = ("NAME", "STRING", "INTEGER", "COMPARE")
_EQUAL = {"EQUAL": "=(?!=)"}
_CONTEXTUAL = ("BRACKET_NAME", "JSON_STRING", "WHITESPACE")
_LINE_BREAKS = ("\n", "\r")


def _alternatives() -> dict[str, str]:
    """Terminals in the grammar's order, then symbols (longest first), then what is no token."""
    terminals = {name: text for name, text in t.PATTERNS.items() if name not in _CONTEXTUAL}
    first = _COMMA | {name: terminals.pop(name) for name in _FREQUENT} | _EQUAL
    symbols = "|".join(re.escape(s) for s in sorted(t.SYMBOLS, key=len, reverse=True))
    # COMPARE is longer than the symbols it begins with, and so must stand before them.
    return {**first, **terminals, **_UNCLOSED, "SYMBOL": symbols, "BAD_CHARACTER": r"\S"}


def _pattern(alternatives: dict[str, str]) -> re.Pattern[str]:
    """What stands next, each kind in a group, behind the white space before it."""
    groups = "|".join(f"(?P<{name}>{text})" for name, text in alternatives.items())
    white = t.PATTERNS["WHITESPACE"].removesuffix("+")
    return re.compile(rf"{white}*+(?:{groups}|\Z)")


_ALTERNATIVES = _alternatives()
_PLAIN = _pattern(_ALTERNATIVES)
_COMPARED = re.compile(r"\s*(?:[=<>]|!=)")
_BRACKET_NAME = re.compile(t.PATTERNS["BRACKET_NAME"])

CLAUSES = frozenset((t.FROM, t.LIMIT, t.WITH, t.ALIAS))
# What closes a bracket.
CLOSERS = {t.LPAR: t.RPAR, t.LSQB: t.RSQB, t.LBRACE: t.RBRACE}
# After one of these stands a complete operand (or a keyword used as a name).
OPERAND_ENDS = frozenset(
    (t.NAME, t.BRACKET_NAME, t.STRING, t.INTEGER, t.NUMBER, t.SEGMENT_ID, t.TRUE, t.FALSE, t.NULL)
).union((t.RPAR, t.RSQB), CLAUSES)
_WORD_OPERATORS = frozenset((t.IN, t.LIKE, t.CONTAINS, t.INTERSECTS, t.BETWEEN))
_LISTS = {t.AND: t.AND_LIST, t.OR: t.OR_LIST}
_SIGNS = frozenset((t.PLUS, t.MINUS))
_ARITHMETIC = frozenset((t.PLUS, t.MINUS, t.STAR, t.SLASH, t.PERCENT))
_ARRAY_OPERATORS = frozenset((t.IN, t.INTERSECTS))
_JSON_STEPS = {t.LBRACE: 1, t.LSQB: 1, t.RBRACE: -1, t.RSQB: -1}
_ENDS_OF_STATEMENT = frozenset((t.FILTER, t.SEMICOLON))


class Tokens(NamedTuple):
    """The tokens of a text as parallel lists, and its comments as (start, end) offsets."""

    kinds: list[int]
    starts: list[int]
    ends: list[int]
    lexemes: list[str]
    comments: list[tuple[int, int]]
    nesting: int  # an upper bound of how deep brackets, NOTs and arithmetic stand in each other


class _Words(dict[str, int]):
    """The kind of each symbol, keyword and name met so far: the same stand in all segments."""

    LARGEST = 20_000

    def __missing__(self, word: str) -> int:
        kind = t.SYMBOLS.get(word) or t.KEYWORDS.get(word.lower(), t.NAME)
        if len(self) >= self.LARGEST:
            self.clear()
        if len(word) <= _LONGEST_REMEMBERED:
            self[word] = kind
        return kind


def _kinds_of_groups(pattern: re.Pattern[str]) -> tuple[int, ...]:
    """The kind of each group of a pattern; _NONE where the word itself decides."""
    known = {**vars(t), **globals(), "COMMENT": _COMMENT}
    known |= dict.fromkeys(("NAME", "BRACKET", "SYMBOL"), _NONE)
    return (_NONE, *(known[name] for name in pattern.groupindex))


_WORDS = _Words()
_KINDS = _kinds_of_groups(_PLAIN)


def scan(text: str, one_line_strings: bool = False) -> Tokens:
    """Return the tokens of a text. Never raises; linear in the length of the text.

    With ``one_line_strings`` a string ends with its line: where one is not closed, this reading
    finds it.
    """
    return _Scanner(text).run(_one_line() if one_line_strings else _PLAIN)


@cache
def _json() -> tuple[re.Pattern[str], tuple[int, ...]]:
    """The pattern for the JSON object of WITH, and the kinds of its groups."""
    pattern = _pattern({"JSON_STRING": t.PATTERNS["JSON_STRING"], **_ALTERNATIVES})
    return pattern, _kinds_of_groups(pattern)


@cache
def _one_line() -> re.Pattern[str]:
    one_line = t.PATTERNS["STRING"].replace(r'[^"\\]', r'[^"\\\r\n]')
    return _pattern({**_ALTERNATIVES, "STRING": one_line})


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.kinds: list[int] = []
        self.ends: list[int] = []
        self.lexemes: list[str] = []
        self.comments: list[tuple[int, int]] = []
        # Those that are open: whether AND or OR opened it (then phrases need no comma), and how
        # many brackets and NOTs there are up to here.
        self.brackets: list[tuple[bool, int]] = []
        self.resume: int | None = 0  # offset from which the plain pattern goes on
        self.negations = 0  # NOTs directly before each other
        self.last_negation = _NONE  # index of the last of them
        self.in_with = False
        self.deepest = 0
        self.arithmetic = 0

    def run(self, pattern: re.Pattern[str]) -> Tokens:
        while self.resume is not None:
            position, self.resume = self.resume, None
            self.scan(pattern, position)
        nesting = self.deepest + self.arithmetic
        starts = list(map(sub, self.ends, map(len, self.lexemes)))
        return Tokens(self.kinds, starts, self.ends, self.lexemes, self.comments, nesting)

    def scan(self, pattern: re.Pattern[str], position: int) -> None:
        """Take tokens up to the end, or to one that the pattern cannot see: then resume is set."""
        kinds, ends, lexemes = self.kinds, self.ends, self.lexemes
        kinds_of_groups, words, decisions = _KINDS, _WORDS, _DECISIONS
        for match in pattern.finditer(self.text, position):
            group = match.lastindex
            if group is None:  # the end of the text
                return
            word = match[group]
            kind = kinds_of_groups[group]
            if kind < 0:  # only words and comments depend on what is around them
                if kind == _NONE:
                    kind = words[word]
                if kind in decisions:
                    kind = decisions[kind](self, kind, match.start(group), match.end())
                    if kind == _NONE:
                        if self.resume is not None:
                            return
                        continue
            kinds.append(kind)
            ends.append(match.end())
            lexemes.append(word)

    def put(self, kind: int, start: int, end: int) -> None:
        self.kinds.append(kind)
        self.ends.append(end)
        self.lexemes.append(self.text[start:end])

    def previous(self, back: int = 1) -> int:
        return self.kinds[-back] if len(self.kinds) >= back else _NONE

    # ---- decisions: each takes a kind and its place, and returns the kind it is here -----

    def comment(self, kind: int, start: int, end: int) -> int:
        self.comments.append((start, end))
        return _NONE

    def begin_statement(self, kind: int, start: int, end: int) -> int:
        """Whatever is still open: a mistake in one statement must not reach the next."""
        self.brackets.clear()
        self.in_with = False
        return kind

    def clause(self, kind: int, start: int, end: int) -> int:
        if not self.brackets:
            self.in_with = kind == t.WITH
        return kind

    def word_operator(self, kind: int, start: int, end: int) -> int:
        """``a NOT IN (...)`` negates the operator; ``contains(a, "x")`` is a function."""
        if self.previous() == t.NOT and self.previous(2) in OPERAND_ENDS:
            self.kinds[-1] = t.NOT_INFIX
            return kind
        if self.previous() not in OPERAND_ENDS and self.text[end : end + 1] == "(":
            return t.NAME
        return self.keyword(kind, start, end)

    def keyword(self, kind: int, start: int, end: int) -> int:
        """Where an operand begins and is compared, a keyword is a field: ``contains > 5``."""
        is_operand = self.previous() not in OPERAND_ENDS and _COMPARED.match(self.text, end)
        return t.NAME if is_operand else kind

    def negation(self, kind: int, start: int, end: int) -> int:
        index = len(self.kinds)
        self.negations = self.negations + 1 if self.last_negation == index - 1 else 1
        self.last_negation = index
        return self.at_depth(self.depth(0), kind)

    def sign(self, kind: int, start: int, end: int) -> int:
        return t.SIGN if self.previous() not in OPERAND_ENDS else self.operator(kind, start, end)

    def operator(self, kind: int, start: int, end: int) -> int:
        self.arithmetic += 1
        return kind

    def close(self, kind: int, start: int, end: int) -> int:
        if self.brackets:
            self.brackets.pop()
        return kind

    def open_parenthesis(self, kind: int, start: int, end: int) -> int:
        """Look back: a list, a call, or a plain parenthesis opens."""
        before = self.previous()
        is_list = before in _LISTS and self.begins_list()
        if is_list:
            self.kinds[-1] = _LISTS[before]
        elif before == t.NAME and self.is_call(start):
            self.kinds[-1] = t.FUNCTION
        return self.open(kind, is_list)

    def begins_list(self) -> bool:
        """After a complete phrase only a new line inside a list begins another phrase."""
        if self.previous(2) not in OPERAND_ENDS:
            return True
        if not (self.brackets and self.brackets[-1][_IS_LIST]):
            return False
        gap = self.text[self.ends[-2] : self.ends[-1] - len(self.lexemes[-1])]
        return any(line_break in gap for line_break in _LINE_BREAKS)

    def is_call(self, start: int) -> bool:
        """Where phrases need no comma, ``a (b)`` is two of them and ``a(b)`` is a call."""
        in_list = bool(self.brackets) and self.brackets[-1][_IS_LIST]
        adjacent = self.ends[-1] == start
        return adjacent or not in_list

    def open_square(self, kind: int, start: int, end: int) -> int:
        is_array = self.previous() in _ARRAY_OPERATORS or self.in_with
        name = None if is_array else _BRACKET_NAME.match(self.text, start)
        if not name:
            return self.open(kind, is_list=False)
        self.resume = name.end()
        self.put(t.BRACKET_NAME, start, self.resume)
        return _NONE

    def open(self, kind: int, is_list: bool) -> int:
        depth = self.depth(1 if is_list else 0) + 1  # NOT AND ( is one step deeper than AND (
        self.brackets.append((is_list, depth))
        return self.at_depth(depth, kind)

    def depth(self, between: int) -> int:
        """Of the brackets that are open, and of the NOTs so many tokens before this one."""
        is_negated = self.last_negation >= len(self.kinds) - 1 - between
        depth = self.brackets[-1][_DEPTH] if self.brackets else 0
        return depth + self.negations if is_negated else depth

    def at_depth(self, depth: int, kind: int) -> int:
        if depth > self.deepest:
            self.deepest = depth
        return TOO_DEEP if depth > MAX_DEPTH else kind

    def brace(self, kind: int, start: int, end: int) -> int:
        if kind == t.RBRACE or self.previous() != t.WITH:
            return kind
        self.resume = self.scan_json(start)
        return _NONE

    def scan_json(self, position: int) -> int:
        """Take the tokens of a JSON object, whose strings are not those of the language."""
        depth = 0
        pattern, kinds_of_groups = _json()
        for match in pattern.finditer(self.text, position):
            group = match.lastindex
            if group is None:
                break
            start, end = match.span(group)
            kind = kinds_of_groups[group]
            if kind == _NONE:
                kind = _WORDS[match[group]]
            if kind in _ENDS_OF_STATEMENT:
                return start
            if kind == _COMMENT:
                self.comments.append((start, end))
                continue
            if kind in _SIGNS:
                kind = t.SIGN
            step = _JSON_STEPS.get(kind, 0)
            depth += step
            self.put(self.at_depth(depth, kind) if step > 0 else kind, start, end)
            if depth <= 0:
                return end
        return len(self.text)


_Decision = Callable[[_Scanner, int, int, int], int]
_DECISIONS: dict[int, _Decision] = {
    _COMMENT: _Scanner.comment,
    t.FILTER: _Scanner.begin_statement,
    t.SEMICOLON: _Scanner.begin_statement,
    t.NOT: _Scanner.negation,
    t.LPAR: _Scanner.open_parenthesis,
    t.LSQB: _Scanner.open_square,
    t.RPAR: _Scanner.close,
    t.RSQB: _Scanner.close,
    t.LBRACE: _Scanner.brace,
    **dict.fromkeys(CLAUSES, _Scanner.clause),
    **dict.fromkeys(_WORD_OPERATORS, _Scanner.word_operator),
    **dict.fromkeys((t.IS, t.EXISTS, t.INCLUDE), _Scanner.keyword),
    **dict.fromkeys(_SIGNS, _Scanner.sign),
    **dict.fromkeys(_ARITHMETIC - _SIGNS, _Scanner.operator),
}
