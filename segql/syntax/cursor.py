"""Where a person writes: the word or the quotes around a place, and the tokens before it.

Everything is told from tokens: while somebody writes, the text is broken just there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from segql.syntax.literals import name_of
from segql_grammar import parser_tables as t
from segql_grammar import scanner
from segql_grammar.scanner import CLOSERS, Tokens, scan

_QUOTES = frozenset((scanner.UNCLOSED_STRING, scanner.UNCLOSED_NAME))
_NAMES = frozenset((t.NAME, t.BRACKET_NAME))
_LISTS = frozenset((t.AND_LIST, t.OR_LIST))
_WORDS = _NAMES | _LISTS | {t.SEGMENT_ID, t.INTEGER, t.NUMBER, t.NOT_INFIX, *t.KEYWORDS.values()}
_CLOSING = frozenset(CLOSERS.values())
_STRINGS = frozenset((t.STRING, t.JSON_STRING))
_TARGETS = frozenset((t.NAME, t.SEGMENT_ID))
_ENDS = frozenset((t.FILTER, t.SEMICOLON))
_NO_KIND = -1
_FARTHEST = 50_000  # characters to look ahead for what else is in a statement

_REST_OF_NAME = re.compile(r"[\w@./-]*")
_REST_OF_NUMBER = re.compile(r"[\w.]*")
_LINE = re.compile(r"[^\r\n]*")
_REST_OF_STRING = re.compile(r'(?:[^"\\\r\n]|\\"|\\(?!")|"")*"')


class Cursor(NamedTuple):
    """A place in a text: ``start`` to ``end`` is the word or the quoted text that it stands in.

    ``quote`` opens what it stands in: a quotation mark, a backtick, or nothing. ``tokens`` are
    those before ``start``, of which the statement begins with number ``begun``; ``behind`` are
    those from ``end`` on.
    """

    start: int
    end: int
    quote: str
    tokens: Tokens
    begun: int
    behind: Tokens

    def kind(self, back: int = 1) -> int:
        """The kind of a token of the statement, counted from the cursor."""
        kinds = self.tokens.kinds
        return kinds[-back] if len(kinds) - back >= self.begun else _NO_KIND

    def open_brackets(self) -> Iterator[int]:
        """The numbers of the brackets that the cursor stands in, the innermost first."""
        closed = 0
        kinds = self.tokens.kinds
        for index in range(len(kinds) - 1, self.begun - 1, -1):
            if kinds[index] in _CLOSING:
                closed += 1
            elif kinds[index] in CLOSERS and closed:
                closed -= 1
            elif kinds[index] in CLOSERS:
                yield index


class Argument(NamedTuple):
    """A place in the brackets of a function, whose name begins at ``start``.

    ``position`` is that of the argument, from 0; ``total`` counts also those that follow.
    """

    function: str
    start: int
    position: int
    total: int


def cursor_at(text: str, offset: int) -> Cursor | None:
    """What an offset stands in; None in a comment and in a text over several lines."""
    tokens = scan(text[:offset])
    if _is_in_comment(text, tokens, offset) or _is_in_long_string(text, tokens, offset):
        return None
    start, quote = _begin(text, tokens, offset)
    before = tokens if start == offset else scan(text[:start])
    end = _end(text, start, offset, quote)
    behind = scan(text[end : end + _FARTHEST])
    return Cursor(start, end, quote, before, _begun(before), behind)


def argument_at(cursor: Cursor) -> Argument | None:
    """The argument of the innermost function that a cursor stands in; None outside of any."""
    kinds = cursor.tokens.kinds
    for outside, opened in enumerate(cursor.open_brackets()):
        before = kinds[opened - 1] if opened > cursor.begun else _NO_KIND
        if before in _LISTS:
            return None
        if before == t.FUNCTION:
            position = _commas(kinds[opened + 1 :])
            total = position + 1 + _commas(cursor.behind.kinds, outside)
            name = name_of(cursor.tokens.lexemes[opened - 1])
            return Argument(name, cursor.tokens.starts[opened - 1], position, total)
    return None


def clause_at(cursor: Cursor, clause: int) -> str | None:
    """The name that a clause gives in the statement of a cursor: FROM a table, ALIAS a slug.

    It may stand before the cursor or behind it.
    """
    behind = cursor.behind
    end = next((i for i, kind in enumerate(behind.kinds) if kind in _ENDS), len(behind.kinds))
    before = cursor.tokens
    parts = ((before, cursor.begun, len(before.kinds)), (behind, 0, end))
    for tokens, begin, end in parts:
        for index in range(begin, end - 1):
            if tokens.kinds[index] == clause and tokens.kinds[index + 1] in _TARGETS:
                return name_of(tokens.lexemes[index + 1])
    return None


def _begin(text: str, tokens: Tokens, offset: int) -> tuple[int, str]:
    """Where the word at an offset begins, and the quote that is open in it."""
    if not tokens.kinds or tokens.ends[-1] != offset:
        return offset, ""
    kind, start = tokens.kinds[-1], tokens.starts[-1]
    if kind not in _QUOTES:
        return (start if kind in _WORDS else offset), ""
    quote = text[start]
    if kind == scanner.UNCLOSED_NAME and _goes_on(tokens):  # counts.`Web
        start = tokens.starts[-2]
    return start, quote


def _goes_on(tokens: Tokens) -> bool:
    """Whether the last token is a part of the name before it."""
    if len(tokens.kinds) < 2 or tokens.kinds[-2] not in _NAMES:
        return False
    return tokens.ends[-2] == tokens.starts[-1] and tokens.lexemes[-2].endswith(".")


def _end(text: str, start: int, offset: int, quote: str) -> int:
    """Where the word or the quoted text ends; a quote that is not closed ends with the cursor."""
    if start == offset:
        return offset
    if not quote:
        rest = _REST_OF_NUMBER if text[start].isdecimal() else _REST_OF_NAME
        found = rest.match(text, offset)
        return found.end() if found else offset
    line = _LINE.match(text, offset)
    behind = line[0] if line else ""
    quotes = behind.count(quote) - behind.count("\\" + quote)
    if not quotes % 2:  # those behind are pairs of their own
        return offset
    if quote != '"':
        return offset + behind.index(quote) + 1
    closed = _REST_OF_STRING.match(text, offset)
    return closed.end() if closed else offset


def _begun(tokens: Tokens) -> int:
    """The number of the first token of the last statement."""
    for index in range(len(tokens.kinds) - 1, -1, -1):
        if tokens.kinds[index] == t.FILTER:
            return index
        if tokens.kinds[index] == t.SEMICOLON:
            return index + 1
    return 0


def _is_in_comment(text: str, tokens: Tokens, offset: int) -> bool:
    if tokens.kinds and tokens.kinds[-1] == scanner.UNCLOSED_COMMENT:
        return True
    if not tokens.comments:
        return False
    start, end = tokens.comments[-1]
    return end == offset and not text.startswith("/*", start)


def _is_in_long_string(text: str, tokens: Tokens, offset: int) -> bool:
    """Whether a quotation mark on an earlier line is closed behind the offset, and meant so."""
    if scanner.UNCLOSED_STRING not in tokens.kinds:
        return False
    whole = scan(text)
    if scanner.UNCLOSED_STRING in whole.kinds:
        return False
    places = zip(whole.kinds, whole.starts, whole.ends, strict=True)
    return any(
        kind in _STRINGS and start < offset < end and _has_line_break(text[start:offset])
        for kind, start, end in places
    )


def _has_line_break(text: str) -> bool:
    return "\n" in text or "\r" in text


def _commas(kinds: list[int], depth: int = 0) -> int:
    """How many commas stand at a depth, up to the bracket that closes it."""
    commas = 0
    for kind in kinds:
        if kind in CLOSERS:
            depth += 1
        elif kind in _CLOSING:
            depth -= 1
            if depth < 0:
                break
        elif kind in _ENDS:
            break
        elif kind == t.COMMA and not depth:
            commas += 1
    return commas
