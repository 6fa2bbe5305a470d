"""textDocument/semanticTokens: what each word is, for its colour; whole or as a difference."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from segql.catalog import FUNCTIONS, parse_date_math
from segql.syntax.nodes import Identifier, Name
from segql.syntax.tokens import tokens_of
from segql.syntax.walk import walk
from segql_grammar import parser_tables as t
from segql_grammar.scanner import (
    CLAUSES,
    UNCLOSED_COMMENT,
    UNCLOSED_NAME,
    UNCLOSED_STRING,
    Tokens,
)
from segql_lsp.documents import Document

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer

Kind = types.SemanticTokenTypes
Paint = tuple[int, int, Kind, int]  # the offsets of a word, what it is, its modifiers as bits

_MODIFIERS = (
    types.SemanticTokenModifiers.Declaration,
    types.SemanticTokenModifiers.DefaultLibrary,
)
_DECLARED, _BUILT_IN = (1 << bit for bit in range(len(_MODIFIERS)))
_PARTS = 5  # numbers that say one token
_LINE = re.compile(r"\S[^\r\n]*")

_KEYWORDS = (
    *(t.FILTER, t.FROM, t.LIMIT, t.WITH, t.ALIAS, t.AND, t.AND_LIST, t.OR, t.OR_LIST, t.NOT),
    *(t.NOT_INFIX, t.IN, t.LIKE, t.CONTAINS, t.INTERSECTS, t.BETWEEN, t.EXISTS, t.INCLUDE, t.IS),
)
_OPERATORS = (
    *(t.COMPARE, t.EQUAL, t.DOUBLE_EQUAL, t.DOUBLE_AMPERSAND, t.DOUBLE_PIPE),
    *(t.PLUS, t.MINUS, t.STAR, t.SLASH, t.PERCENT),
)
# What a token is where nothing before it says otherwise.
_KINDS: dict[int, Kind] = {
    **dict.fromkeys(_KEYWORDS, Kind.Keyword),
    **dict.fromkeys(_OPERATORS, Kind.Operator),
    **dict.fromkeys((t.INTEGER, t.NUMBER, t.SIGN), Kind.Number),
    **dict.fromkeys((t.STRING, t.JSON_STRING, UNCLOSED_STRING), Kind.String),
    **dict.fromkeys((t.TRUE, t.FALSE, t.NULL), Kind.EnumMember),
    **dict.fromkeys((t.NAME, t.BRACKET_NAME, UNCLOSED_NAME), Kind.Property),
    t.FUNCTION: Kind.Function,
    UNCLOSED_COMMENT: Kind.Comment,
}
_USED = list(dict.fromkeys((*_KINDS.values(), Kind.Class, Kind.Type, Kind.Parameter)))
_NUMBERS = {kind: number for number, kind in enumerate(_USED)}

# What can name something behind a keyword, and what it then is.
_NAMED: dict[int, tuple[frozenset[int], Kind, int]] = {
    t.INCLUDE: (frozenset((t.NAME, t.SEGMENT_ID, t.NUMBER, t.STRING)), Kind.Class, 0),
    t.ALIAS: (frozenset((t.NAME, t.SEGMENT_ID)), Kind.Class, _DECLARED),
    t.FROM: (frozenset((t.NAME, t.SEGMENT_ID)), Kind.Type, 0),
}
_SECTIONS = CLAUSES | {t.FILTER, t.SEMICOLON}
_WORDS_OF_WITH = frozenset((t.NAME, t.SEGMENT_ID, t.JSON_STRING))
_ASSIGNMENTS = frozenset((t.EQUAL, t.DOUBLE_EQUAL, t.COLON))

LEGEND = types.SemanticTokensLegend(
    token_types=[kind.value for kind in _USED],
    token_modifiers=[modifier.value for modifier in _MODIFIERS],
)


class Kept(NamedTuple):
    """What a client was told last of a document."""

    id: str
    data: list[int]


def register(server: SegqlServer) -> None:
    """Say what the words are. What was told last is kept of each open document."""
    kept: dict[str, Kept] = {}
    ids = count(1)

    def told(ls: SegqlServer, document: Document) -> Kept:
        for uri in [uri for uri in kept if not ls.folders.is_open(uri)]:
            del kept[uri]
        new = Kept(str(next(ids)), encoded(document, painted(document)))
        if ls.folders.is_open(document.uri):
            kept[document.uri] = new
        return new

    @server.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, LEGEND)
    def full(ls: SegqlServer, params: types.SemanticTokensParams) -> types.SemanticTokens | None:
        document = ls.document(params.text_document)
        if document is None:
            return None
        new = told(ls, document)
        return types.SemanticTokens(new.data, new.id)

    @server.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA)
    def delta(
        ls: SegqlServer, params: types.SemanticTokensDeltaParams
    ) -> types.SemanticTokens | types.SemanticTokensDelta | None:
        document = ls.document(params.text_document)
        if document is None:
            return None
        before = kept.get(document.uri)
        new = told(ls, document)
        if before is None or before.id != params.previous_result_id:
            return types.SemanticTokens(new.data, new.id)
        return types.SemanticTokensDelta(difference(before.data, new.data), new.id)

    @server.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE)
    def of_range(
        ls: SegqlServer, params: types.SemanticTokensRangeParams
    ) -> types.SemanticTokens | None:
        document = ls.document(params.text_document)
        if document is None:
            return None
        start, end = document.span(params.range)
        seen = (paint for paint in painted(document) if paint[0] < end and start < paint[1])
        return types.SemanticTokens(encoded(document, seen))


# ---- What the words are -----------------------------------------------------------------


def painted(document: Document) -> list[Paint]:
    """Every word of a text with what it is, in their order; punctuation is left out."""
    tokens = tokens_of(document.text)
    comments = [(start, end, Kind.Comment, 0) for start, end in tokens.comments]
    words = _words(tokens, _names(document))
    return sorted((*words, *comments), key=lambda paint: paint[0])


def _names(document: Document) -> Collection[int]:
    """Where names begin: FROM, LIMIT, WITH and ALIAS are names where no clause can stand."""
    nodes = (node for statement in document.file.statements for node in walk(statement))
    return {node.start for node in nodes if isinstance(node, Identifier | Name)}


def _words(tokens: Tokens, names: Collection[int]) -> Iterator[Paint]:
    """The tokens from the first to the last, for what one is depends on those before."""
    following = [*tokens.kinds, t.SEMICOLON][1:]
    before, is_in_with = t.SEMICOLON, False
    rows = zip(tokens.kinds, following, tokens.starts, tokens.ends, tokens.lexemes, strict=True)
    for kind, next_kind, start, end, lexeme in rows:
        if kind in _SECTIONS:
            if start in names:
                kind = t.NAME
            else:
                is_in_with = kind == t.WITH
        named = _NAMED.get(before)
        before = kind
        if named and kind in named[0]:
            yield start, end, named[1], named[2]
        elif is_in_with and kind in _WORDS_OF_WITH:
            is_key = next_kind in _ASSIGNMENTS
            yield start, end, Kind.Parameter if is_key else Kind.String, 0
        elif kind == t.STRING and parse_date_math(lexeme[1:-1]):
            yield start, start + 1, Kind.String, 0
            yield start + 1, end - 1, Kind.EnumMember, 0
            yield end - 1, end, Kind.String, 0
        elif kind == t.FUNCTION:
            yield start, end, Kind.Function, _BUILT_IN if lexeme.lower() in FUNCTIONS else 0
        elif kind in _KINDS:
            yield start, end, _KINDS[kind], 0


# ---- For the client ---------------------------------------------------------------------


def encoded(document: Document, paints: Iterable[Paint]) -> list[int]:
    """Words as the protocol has them: five numbers each, the places relative to the last one.

    A word over several lines is one for each of them: no client has to know more.
    """
    data: list[int] = []
    last_line = last_column = 0
    ruler = _Ruler(document)
    for start, end, kind, modifiers in _in_lines(document.text, paints):
        line, column, length = ruler.measure(start, end)
        if line != last_line:
            last_column = 0
        data += (line - last_line, column - last_column, length, _NUMBERS[kind], modifiers)
        last_line, last_column = line, column
    return data


def _in_lines(text: str, paints: Iterable[Paint]) -> Iterator[Paint]:
    for paint in paints:
        start, end, kind, modifiers = paint
        word = text[start:end]
        if "\n" in word or "\r" in word:
            for line in _LINE.finditer(text, start, end):
                yield line.start(), line.end(), kind, modifiers
        else:
            yield paint


class _Ruler:
    """Measures words in the client's units, one after the other: each line is looked at once."""

    def __init__(self, document: Document) -> None:
        self._source = document.source
        self._place = document.places.place
        self._starts = [*document.source.line_starts, len(document.text) + 1]
        self._line = 0
        self._is_plain = document.source.line(1).isascii()

    def measure(self, start: int, end: int) -> tuple[int, int, int]:
        """The line, column and length of a stretch of one line."""
        if start >= self._starts[self._line + 1]:
            while start >= self._starts[self._line + 1]:
                self._line += 1
            self._is_plain = self._source.line(self._line + 1).isascii()
        if self._is_plain:  # every unit is a character
            return self._line, start - self._starts[self._line], end - start
        column = self._place(start)[1]
        return self._line, column, self._place(end)[1] - column


def difference(before: list[int], after: list[int]) -> list[types.SemanticTokensEdit]:
    """What makes one list the other: at most one edit, of whole tokens."""
    if before == after:
        return []
    most = min(len(before), len(after))
    start = next((i for i in range(most) if before[i] != after[i]), most) // _PARTS * _PARTS
    most -= start
    same = next((i for i in range(most) if before[~i] != after[~i]), most) // _PARTS * _PARTS
    deleted = len(before) - same - start
    return [types.SemanticTokensEdit(start, deleted, after[start : len(after) - same])]
