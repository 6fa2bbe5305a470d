"""Phrases and statements as they are written in a place: the canonical form, with their comments.

The formatter writes them. It is given the comments of the stretch that they come from, and what it
wrote is moved to the right.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from segql.formatter.layout import INDENT, layout
from segql.refactoring.selection import comments_between
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile
from segql_grammar.scanner import scan

_BEFORE = "FILTER "
_LINE_BREAK = re.compile(r"\r?\n")
_WHITE = re.compile(r"[ \t]*")


class Stretch:
    """Where in a text something is written, and how wide a line may be."""

    def __init__(self, file: ParsedFile, start: int, line_length: int) -> None:
        text = file.source.text
        _, column = file.source.position(start)
        white = _WHITE.match(text, start - column + 1)
        self.column = column - 1
        self.indent = len(white[0]) if white else 0
        self.line_length = line_length
        self.line_break = "\r\n" if "\r\n" in text else "\n"


def phrase_text(file: ParsedFile, phrase: n.Phrase, start: int, end: int, at: Stretch) -> str:
    """A phrase with the comments between two offsets of the file that it comes from.

    Raises ``UnsayableError`` for what no text can say.
    """
    # It is laid out behind FILTER, and a comma may follow.
    room = at.line_length - at.column + len(_BEFORE) - 1
    on_a_line = _phrase_text(file, phrase, start, end, at, room)
    if not _LINE_BREAK.search(on_a_line):
        return on_a_line
    return _phrase_text(file, phrase, start, end, at, at.line_length - at.indent)


def _phrase_text(
    file: ParsedFile, phrase: n.Phrase, start: int, end: int, at: Stretch, width: int
) -> str:
    statement = n.Statement(phrase, start=start, end=phrase.end)
    written = _laid_out(file, statement, start, end, width)
    if written.startswith(_BEFORE):
        return moved(written.removeprefix(_BEFORE), at.indent, at.line_break)
    below = _LINE_BREAK.split(written, 1)[1][INDENT:]  # a comment stands above the phrase
    return moved(below, at.indent - INDENT, at.line_break)


def statement_text(
    file: ParsedFile, statement: n.Statement, start: int, end: int, at: Stretch
) -> str:
    """A statement with the comments between two offsets of the file that it comes from."""
    written = _laid_out(file, statement, start, end, at.line_length)
    return moved(written, 0, at.line_break)


def _laid_out(file: ParsedFile, statement: n.Statement, start: int, end: int, width: int) -> str:
    comments = comments_between(file, start, end)
    alone = ParsedFile(file.source, (statement,), comments, ())
    return layout(alone, width).rstrip("\r\n")


def moved(text: str, by: int, line_break: str) -> str:
    """A text with its lines so many characters further to the right, but for its first.

    What spans lines, a string or a comment, is left as it is.
    """
    tokens = scan(text)
    spans = [*zip(tokens.starts, tokens.ends, strict=True), *tokens.comments]
    spans = sorted(span for span in spans if "\n" in text[slice(*span)])
    parts: list[str] = []
    done = 0
    for found in _LINE_BREAK.finditer(text):
        index = bisect_right(spans, (found.start(), len(text))) - 1
        if index >= 0 and found.start() < spans[index][1]:
            continue
        parts += (text[done : found.start()], line_break, " " * by)
        done = found.end() + max(0, min(-by, _leading_spaces(text, found.end())))
    return "".join((*parts, text[done:]))


def _leading_spaces(text: str, offset: int) -> int:
    white = _WHITE.match(text, offset)
    return len(white[0]) if white else 0
