"""Tokens for those who look at a text without its tree: a text with mistakes has them as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from segql_grammar import parser_tables as t
from segql_grammar.scanner import UNCLOSED_STRING, Tokens, scan

_CLOSERS = {"(": ")", "[": "]", "{": "}"}
_BRACKETS = frozenset("()[]{}")
_ENDS_OF_STATEMENT = frozenset((t.FILTER, t.SEMICOLON))


class Bracket(NamedTuple):
    """Indices of the tokens that open and close a bracket."""

    opener: int
    closer: int


def tokens_of(text: str) -> Tokens:
    """The tokens by which the parser reads a text. Never raises; linear in its length.

    A forgotten quotation mark turns all strings behind it inside out: where no more than as many
    are forgotten when no string spans lines, it is read so.
    """
    tokens = scan(text)
    if UNCLOSED_STRING in tokens.kinds:
        lines = scan(text, one_line_strings=True)
        if lines.kinds.count(UNCLOSED_STRING) <= tokens.kinds.count(UNCLOSED_STRING):
            return lines
    return tokens


def brackets(tokens: Tokens) -> Iterator[Bracket]:
    """The brackets that are closed in their statement, in the order of the closing ones."""
    open: list[int] = []
    for index, lexeme in enumerate(tokens.lexemes):
        if lexeme in _CLOSERS:
            open.append(index)
        elif lexeme in _BRACKETS:
            opener = _opener(tokens, open, lexeme)
            if opener is not None:
                yield Bracket(opener, index)
        elif tokens.kinds[index] in _ENDS_OF_STATEMENT:
            open.clear()


def _opener(tokens: Tokens, open: list[int], closer: str) -> int | None:
    """The innermost open bracket of the same kind; those that were forgotten in it are closed."""
    for back in range(len(open) - 1, -1, -1):
        if _CLOSERS[tokens.lexemes[open[back]]] == closer:
            opener = open[back]
            del open[back:]
            return opener
    return None
