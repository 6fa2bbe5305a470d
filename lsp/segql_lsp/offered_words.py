"""What is offered of the language itself: keywords, operators, and whole statements."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol.types import CompletionItemKind as Kind

from segql.catalog import OPERATORS, allowed, documented
from segql_lsp.offering import Item, Situation

_BOOLEANS = ("TRUE", "FALSE")
_CLAUSES = ("FROM", "LIMIT", "WITH", "ALIAS", "FILTER")
_LISTS = ("AND", "OR")
_WITH_NULL = ("=", "!=")
# How an operator goes on, where the client takes snippets.
_OPERATOR_SNIPPETS = {
    "IN": "IN (${1})",
    "INTERSECTS": "INTERSECTS (${1})",
    "BETWEEN": "BETWEEN ${1} AND ${2}",
}
_STATEMENTS = {
    "FILTER … ALIAS": "FILTER AND (\n\t${1:phrase},\n\t${2:phrase},\n)\nALIAS ${3:slug}",
    "FILTER … FROM … ALIAS": "FILTER ${1:phrase} FROM ${2:table} ALIAS ${3:slug}",
    "FILTER … WITH … ALIAS": (
        'FILTER ${1:phrase}\nWITH name = "${2:name}", tags = ["${3:tag}"]\nALIAS ${4:slug}'
    ),
}


def keywords(s: Situation) -> Iterator[Item]:
    """Keywords that the grammar takes, as far as they make sense there."""
    is_behind = "operator" in s.expected.wants
    for word in s.expected.keywords:
        if word in OPERATORS and word != "EXISTS":
            yield from _operator(s, word)
        elif word in _BOOLEANS or word == "NULL":
            if _is_meant(s, word):
                text = word.lower() if word in _BOOLEANS else word
                yield s.item(text, Kind.Constant, "7")
        else:
            rank = "8" if word in _CLAUSES else "5" if is_behind else "3"
            yield s.item(word, Kind.Keyword, rank)
    if s.takes_snippets and "EXISTS" in s.expected.keywords:
        for word in _LISTS:
            yield s.item(f"{word} (…)", Kind.Snippet, "3", f"{word} (\n\t$0\n)", is_snippet=True)


def operators(s: Situation) -> Iterator[Item]:
    """The operators that are signs; those that are words are keywords."""
    if "IS" in s.expected.keywords:  # so not behind NOT
        for sign in OPERATORS:
            if not sign.isalpha():
                yield from _operator(s, sign)


def statements(s: Situation) -> Iterator[Item]:
    """A whole statement, on a line that is empty."""
    line = s.document.text[: s.expected.start].rpartition("\n")[2]
    if s.takes_snippets and not line.strip():
        for number, (label, text) in enumerate(_STATEMENTS.items()):
            yield s.item(label, Kind.Snippet, f"0{number}", text, is_snippet=True)


def _operator(s: Situation, word: str) -> Iterator[Item]:
    """An operator, if it works on what stands before it; what is promised comes first."""
    if s.type is None or word in documented(s.type):
        rank = "1"
    elif word in allowed(s.type):
        rank = "2"
    else:
        return
    text = _OPERATOR_SNIPPETS.get(word) if s.takes_snippets else None
    order = f"{rank}{OPERATORS.index(word):02}"
    yield s.item(word, Kind.Operator, order, text, is_snippet=text is not None)


def _is_meant(s: Situation, word: str) -> bool:
    """Whether somebody may want to write TRUE, FALSE or NULL; a bool's values are offered so."""
    if s.expected.operator:
        return s.expected.operator in _WITH_NULL if word == "NULL" else s.type is None
    return word == "NULL" and not s.expected.wants  # IS NULL
