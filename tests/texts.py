"""Texts that people and editors make: whole ones, half ones, and soups of tokens."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.extra.lark import from_lark

from segql.syntax.parser import ParsedFile, parse
from segql.syntax.walk import children, is_whole, walk
from segql_grammar import load as load_grammar
from tests.vectors import load

CASES = Path(__file__).parent / "formatter" / "cases"
LONGEST = 10_000  # characters of a soup
WORDS = (
    *("FILTER", "FROM user", "LIMIT 5", "WITH", "ALIAS x", "AND", "OR", "NOT", "AND (", "OR ("),
    *("NOT (", "IN", "LIKE", "CONTAINS", "INTERSECTS", "BETWEEN", "EXISTS", "INCLUDE", "IS"),
    *("NULL", "TRUE", "a", "b.c", "`x y`", "'y'", "[z]", "a-b", "len(", "@id", "имя", "FROM"),
    *('"a"', '""', '"a\\"b"', '"открыт', "'open", "`open", "1", "1.5", ".5", "1.", "5d", "0x1F"),
    *("=", "==", "!=", "<>", ">", ">=", "=>", "&&", "||", "+", "-", "*", "/", "%", "limit", "7e"),
    *("(", ")", "[", "]", "{", "}", ",", ",", ";", ":", '{"a": "b\\\\"}', '{"a": [1', "$", "😀"),
    *("-- c\n", "# c\n", "// c\n", "/* c */", "/* open", "\ufeff", "\u202e", "\x00", "\r"),
)
SPACES = ("", "", " ", " ", "\n", "\r\n", "\t")


def check(text: str) -> ParsedFile:
    """Read a text and prove what holds for any."""
    parsed = parse(text)
    for problem in parsed.diagnostics:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        assert problem.message
        assert problem.help
    for statement in parsed.statements:
        assert parsed.has_errors or is_whole(statement)
        for node in walk(statement):
            assert 0 <= node.start <= node.end <= len(text)
            assert all(node.start <= child.start for child in children(node))
            assert all(child.end <= node.end for child in children(node))
    return parsed


def soup(chance: random.Random, longest: int) -> str:
    """So many words at most, in any order."""
    count = chance.randint(1, longest)
    return "".join(chance.choice(WORDS) + chance.choice(SPACES) for _ in range(count))[:LONGEST]


def valid() -> list[str]:
    """Every text of the vectors and of the formatter's cases that has no mistake."""
    vectors = [case["ql"] for name in ("accept", "seed_examples") for case in load(name)]
    cases = [path.read_text(encoding="utf-8") for path in sorted(CASES.glob("*.segql"))]
    return vectors + [part for case in cases for part in case.split("==>")]


def truncated(text: str) -> Iterator[str]:
    """The text cut at every place."""
    return (text[:end] for end in range(len(text)))


def of_the_grammar() -> st.SearchStrategy[str]:
    """Texts that the grammar makes: most are read, some mean another thing than their rules."""
    explicit = {
        "AND_LIST": "AND",
        "OR_LIST": "OR",
        "NOT_INFIX": "NOT",
        "FUNCTION": "len",
        "SIGN": "-",
        "BAD": "$",
        "BAD_VALUE": "$",
        "BAD_OPTION": "$",
    }
    return from_lark(
        load_grammar(), explicit={name: st.just(f" {text} ") for name, text in explicit.items()}
    )
