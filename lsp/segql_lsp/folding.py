"""textDocument/foldingRange: statements, brackets, WITH and comment blocks over several lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from segql.source import SourceFile
from segql.syntax.nodes import Alias, Statement, With
from segql.syntax.tokens import brackets, tokens_of
from segql_grammar.scanner import Tokens
from segql_lsp.abilities import ability
from segql_lsp.documents import Document

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer

_DOTS = "…"
_CAPABILITY = "text_document.folding_range"


class Style(NamedTuple):
    """How a client folds. ``limit`` is the number of ranges that it wants at most."""

    is_by_line: bool = False  # whole lines only
    has_text: bool = False  # it shows what we say in place of what is folded
    limit: int | None = None

    @classmethod
    def of(cls, server: SegqlServer) -> Style:
        """Read the capabilities; what is not said is not there."""
        return cls(
            bool(ability(server, f"{_CAPABILITY}.line_folding_only")),
            bool(ability(server, f"{_CAPABILITY}.folding_range.collapsed_text")),
            ability(server, f"{_CAPABILITY}.range_limit"),
        )


class Fold(NamedTuple):
    """What can be hidden, in offsets. Where it ``is_inside`` brackets, they stay to be seen."""

    start: int
    end: int
    kind: types.FoldingRangeKind | None = None
    is_inside: bool = False
    rest: str = ""  # what is worth reading of what is hidden


def register(server: SegqlServer) -> None:
    """Say what can be folded."""

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    def folding(
        ls: SegqlServer, params: types.FoldingRangeParams
    ) -> list[types.FoldingRange] | None:
        document = ls.document(params.text_document)
        return fold(document, Style.of(ls)) if document else None


def fold(document: Document, style: Style) -> list[types.FoldingRange]:
    """What can be folded, in the order of the text; the outer ones first."""
    found = sorted(folds(document), key=lambda fold: (fold.start, -fold.end))
    make = _by_line if style.is_by_line else _by_character
    ranges = make(document, found, style.has_text)
    return ranges if style.limit is None else _outermost(ranges, style.limit)


def folds(document: Document) -> Iterator[Fold]:
    """All that spans lines, in no order."""
    tokens = tokens_of(document.text)
    for found in (
        *_statements(document, tokens),
        *_brackets(tokens),
        *_long_tokens(tokens),
        *_comments(document),
    ):
        if _line(document.source, found.start) < _line(document.source, found.end):
            yield found


# ---- What spans lines -------------------------------------------------------------------


def _statements(document: Document, tokens: Tokens) -> Iterator[Fold]:
    """From behind the first word of a statement to its end; and each WITH in the same way."""
    for statement in document.file.statements:
        first = bisect_right(tokens.starts, statement.start) - 1
        yield Fold(tokens.ends[first], statement.end, rest=_rest(document, statement))
        options = statement.clause(With)
        if options:
            yield Fold(options.start + len("WITH"), options.end)


def _rest(document: Document, statement: Statement) -> str:
    """The alias, unless it stands on the first line and so is seen anyway."""
    alias = statement.clause(Alias)
    source = document.source
    if alias is None or _line(source, alias.start) == _line(source, statement.start):
        return ""
    return f" ALIAS {document.text[alias.name.start : alias.name.end]}"


def _brackets(tokens: Tokens) -> Iterator[Fold]:
    for opener, closer in brackets(tokens):
        yield Fold(tokens.ends[opener], tokens.starts[closer], is_inside=True)


def _long_tokens(tokens: Tokens) -> Iterator[Fold]:
    """Texts over several lines, such as a description; and a comment that is never closed."""
    for start, end, lexeme in zip(tokens.starts, tokens.ends, tokens.lexemes, strict=True):
        if "\n" in lexeme or "\r" in lexeme:
            kind = types.FoldingRangeKind.Comment if lexeme.startswith("/*") else None
            yield Fold(start + 1, end, kind)


def _comments(document: Document) -> Iterator[Fold]:
    """Comments on lines of their own with nothing and no empty line between; and long ones."""
    source = document.source
    block: Fold | None = None
    for comment in document.file.comments:
        first = _line(source, comment.start)
        above = _line(source, block.end) if block else -1
        if block and first == above + 1 and not source.text[block.end : comment.start].strip():
            block = block._replace(end=comment.end)
            continue
        if block:
            yield block
        is_behind = source.text[source.line_starts[first] : comment.start].strip()
        if is_behind and first == _line(source, comment.end):  # it belongs to that line
            block = None
        else:
            start = comment.start + len("--")
            block = Fold(start, comment.end, types.FoldingRangeKind.Comment)
    if block:
        yield block


def _line(source: SourceFile, offset: int) -> int:
    return source.position(offset)[0] - 1


# ---- For the client ---------------------------------------------------------------------


def _by_character(
    document: Document, found: list[Fold], has_text: bool
) -> list[types.FoldingRange]:
    ranges: list[types.FoldingRange] = []
    for fold in found:
        start, end = document.position(fold.start), document.position(fold.end)
        text = f"{_DOTS}{fold.rest}" if has_text else None
        ranges.append(
            types.FoldingRange(
                start.line, end.line, start.character, end.character, fold.kind, text
            )
        )
    return ranges


def _by_line(document: Document, found: list[Fold], has_text: bool) -> list[types.FoldingRange]:
    """The longest for each first line, which is seen; the line of a closing bracket is as well."""
    ranges: dict[int, types.FoldingRange] = {}
    for fold in found:
        first = _line(document.source, fold.start)
        last = _line(document.source, fold.end) - fold.is_inside
        longest = ranges[first].end_line if first in ranges else first
        if last > longest:
            seen = document.source.line(first + 1).rstrip()
            text = f"{seen}{_DOTS}{fold.rest}" if has_text else None
            ranges[first] = types.FoldingRange(first, last, kind=fold.kind, collapsed_text=text)
    return list(ranges.values())


def _outermost(ranges: list[types.FoldingRange], limit: int) -> list[types.FoldingRange]:
    """So many of them, those that are in fewer others first."""
    depths: list[int] = []
    around: list[int] = []  # the last lines of those that a range stands in
    for range in ranges:
        while around and around[-1] < range.start_line:
            around.pop()
        depths.append(len(around))
        around.append(range.end_line)
    order = sorted(enumerate(depths), key=lambda pair: pair[1])[:limit]
    return [ranges[index] for index, _ in sorted(order)]
