"""The grammar of SegmentQL, and what is generated from it.

``segmentql.lark`` is the one definition of the syntax. `parser_tables` is made from it by
`generate`; `scanner` cuts a text into the grammar's terminals. Reading a text needs only these
two: Lark itself is imported by `load` and `generate` alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lark import Lark

__all__ = ["grammar_text", "load"]


def grammar_text() -> str:
    """Return the text of ``segmentql.lark``."""
    from importlib.resources import files  # slow to import, and only Lark needs the text

    return files("segql_grammar").joinpath("segmentql.lark").read_text(encoding="utf-8")


def load() -> Lark:
    """Return a Lark parser for SegmentQL, for tools that want Lark's own trees.

    It reads exactly what `segql.parse` reads: the same grammar and the same scanner.
    """
    from segql_grammar.lark_parser import make_parser

    return make_parser(grammar_text())
