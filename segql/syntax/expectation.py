"""What may be written next: the grammar's own answer, for editors."""

from __future__ import annotations

import re
from typing import NamedTuple

from segql.syntax.parser import expected_after
from segql_grammar import parser_tables as t
from segql_grammar import scanner

_WORD = re.compile(r"[\w@./-]*\Z")
# Some keywords have kinds of the scanner's own as well.
_KEYWORDS = {kind: word.upper() for word, kind in t.KEYWORDS.items()} | {
    t.AND_LIST: "AND",
    t.OR_LIST: "OR",
    t.NOT_INFIX: "NOT",
}
_UNCLOSED = frozenset((scanner.UNCLOSED_STRING, scanner.UNCLOSED_NAME, scanner.UNCLOSED_COMMENT))


class Expectation(NamedTuple):
    """What may stand at a place. ``start`` is where the word there begins (an offset)."""

    start: int
    keywords: tuple[str, ...] = ()  # in upper case, sorted
    is_segment: bool = False  # the name of a segment, as after INCLUDE


def expectation_at(text: str, offset: int) -> Expectation:
    """What may stand at an offset; nothing inside a comment or a string."""
    begun = _WORD.search(text, 0, offset)
    start = begun.start() if begun else offset
    before = text[:start]
    tokens = scanner.scan(before)
    if _is_closed_off(before, tokens):
        return Expectation(start)
    if tokens.kinds and tokens.kinds[-1] == t.INCLUDE:  # also behind a mistake
        return Expectation(start, is_segment=True)
    return Expectation(start, tuple(sorted(set(_offered(expected_after(before))))))


def _offered(expected: frozenset[int]) -> list[str]:
    # Clause keywords are names as well; where no clause can begin, nobody means them.
    is_complete = t.END_OF_TEXT in expected and t.EXISTS not in expected
    names = frozenset[int]() if is_complete else scanner.CLAUSES
    return [_KEYWORDS[kind] for kind in expected - names if kind in _KEYWORDS]


def _is_closed_off(before: str, tokens: scanner.Tokens) -> bool:
    if tokens.kinds and tokens.kinds[-1] in _UNCLOSED:
        return True
    if not tokens.comments:
        return False
    start, end = tokens.comments[-1]
    return end == len(before) and not before.startswith("/*", start)
