"""textDocument/selectionRange: from a word outward to the whole text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from segql.syntax.comments import block_above, with_line_feeds
from segql.syntax.nodes import Statement
from segql.syntax.tokens import brackets, tokens_of
from segql_grammar import parser_tables as t
from segql_grammar.scanner import Tokens
from segql_lsp.documents import Document

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer

Stretch = tuple[int, int]  # offsets

_WORD = re.compile(r"\w+")
_PUNCTUATION = frozenset("()[]{},;:")
_STRINGS = frozenset((t.STRING, t.JSON_STRING))


def register(server: SegqlServer) -> None:
    """Let selections grow by what belongs together."""

    @server.feature(types.TEXT_DOCUMENT_SELECTION_RANGE)
    def selection(
        ls: SegqlServer, params: types.SelectionRangeParams
    ) -> list[types.SelectionRange] | None:
        document = ls.document(params.text_document)
        return select(document, params.positions) if document else None


def select(document: Document, positions: Iterable[types.Position]) -> list[types.SelectionRange]:
    """What surrounds each position, from the smallest to the whole text."""
    tokens = tokens_of(document.text)
    return [_nested(document, tokens, document.offset(position)) for position in positions]


def _nested(document: Document, tokens: Tokens, offset: int) -> types.SelectionRange:
    whole = (0, len(document.text))
    selected = types.SelectionRange(document.range(*whole))
    for stretch in reversed(growing(around(document, tokens, offset), offset)):
        if stretch != whole:
            selected = types.SelectionRange(document.range(*stretch), selected)
    return selected


def growing(stretches: Iterable[Stretch], offset: int) -> list[Stretch]:
    """Those around an offset, each larger than the one before and with it inside.

    In a text with mistakes brackets and nodes may cross: then the smaller one is taken.
    """
    found: list[Stretch] = []
    for start, end in sorted(stretches, key=lambda stretch: stretch[1] - stretch[0]):
        inner = found[-1] if found else (offset, offset)
        if start <= inner[0] and inner[1] <= end and (start, end) != inner:
            found.append((start, end))
    return found


def around(document: Document, tokens: Tokens, offset: int) -> Iterator[Stretch]:
    """What may be selected at an offset, in no order."""
    yield from _words(document.text, tokens, offset)
    yield from _comments(document, offset)
    path = document.file.path_at(offset)
    for node in path:
        yield node.start, node.end
    if path and isinstance(path[0], Statement):
        yield path[0].start, path[0].filter.end
    for opener, closer in brackets(tokens):
        start, end = tokens.ends[opener], tokens.starts[closer]
        if start <= offset <= end:
            inner = document.text[start:end]
            yield start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip())
        yield tokens.starts[opener], tokens.ends[closer]


def _words(text: str, tokens: Tokens, offset: int) -> Iterator[Stretch]:
    """A token, what is between its quotation marks, and the word in it."""
    index = _token_at(tokens, offset)
    if index is None:
        return
    start, end = tokens.starts[index], tokens.ends[index]
    yield start, end
    if tokens.kinds[index] in _STRINGS and start < offset < end:
        yield start + 1, end - 1
    yield from _word(text, start, end, offset)


def _word(text: str, start: int, end: int, offset: int) -> Iterator[Stretch]:
    for word in _WORD.finditer(text, start, end):
        if word.start() <= offset <= word.end():
            yield word.span()


def _token_at(tokens: Tokens, offset: int) -> int | None:
    """The token that an offset stands in; of two that touch there, the one that is a word."""
    last = bisect_right(tokens.starts, offset) - 1
    touching = [i for i in (last, last - 1) if i >= 0 and offset <= tokens.ends[i]]
    touching = [i for i in touching if tokens.lexemes[i] not in _PUNCTUATION]
    return max(touching, key=lambda i: bool(_WORD.search(tokens.lexemes[i])), default=None)


def _comments(document: Document, offset: int) -> Iterator[Stretch]:
    """A comment, the block it is in, and a statement with the block above it."""
    text = with_line_feeds(document.text)
    comments = document.file.comments
    for comment in comments:
        if comment.start <= offset <= comment.end:
            yield comment.start, comment.end
            yield from _word(document.text, comment.start, comment.end, offset)
    for statement in document.file.statements:
        block = block_above(text, comments, statement.start)
        if block:
            yield block[0].start, block[-1].end
            yield block[0].start, statement.end
