"""Lark parsers made from the grammar: for the generator, for `load`, and for proofs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lark import Lark, Token
from lark.exceptions import UnexpectedCharacters
from lark.lexer import Lexer

START = "file"


class ScannerLexer(Lexer):
    """Gives Lark the tokens of our own scanner."""

    def __init__(self, lexer_conf: Any) -> None:
        """Lark passes its lexer configuration; the scanner needs none of it."""

    def lex(self, data: Any) -> Iterator[Token]:  # type: ignore[override]
        """Yield the tokens of a text; the first that is no terminal raises."""
        from segql_grammar.parser_tables import TERMINALS
        from segql_grammar.scanner import scan

        text = str(data)
        tokens = scan(text)
        for kind, start, end in zip(tokens.kinds, tokens.starts, tokens.ends, strict=True):
            line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
            if kind >= len(TERMINALS):
                raise UnexpectedCharacters(text, start, line, column)
            yield Token(TERMINALS[kind], text[start:end], start, line, column, end_pos=end)


class _DeclaredTerminals:
    """The post-lexer Lark asks for when a grammar declares terminals; it changes nothing."""

    always_accept: tuple[str, ...] = ()

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Pass the tokens on."""
        return stream


def make_parser(grammar: str) -> Lark:
    """Compile the grammar in strict mode: a conflict in it raises ``GrammarError``."""
    return Lark(grammar, parser="lalr", lexer=ScannerLexer, start=START, strict=True)


def make_strict_parser(grammar: str) -> Lark:
    """Compile with Lark's own lexer, whose strict mode finds colliding terminals as well.

    It needs the package interegular.
    """
    return Lark(
        grammar,
        parser="lalr",
        lexer="basic",
        start=START,
        strict=True,
        postlex=_DeclaredTerminals(),  # type: ignore[arg-type]
    )
