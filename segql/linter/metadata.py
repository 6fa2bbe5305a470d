"""What the rules about WITH share: where values stand, and how they are written."""

from __future__ import annotations

from typing import Any

from segql.formatter import UnsayableError
from segql.formatter.spelling import string
from segql.source import Span
from segql.syntax import nodes as n
from segql_grammar import parser_tables as t
from segql_grammar.scanner import Tokens, scan

_LONGEST_SHOWN = 40  # characters
_BRACKETS_AND_COMMAS = frozenset((t.LSQB, t.RSQB, t.COMMA))


def key_of(option: n.Option) -> str:
    """The key of a field, in lower case: upper and lower case make no difference."""
    return option.key.value.lower()


def named_at(statement: n.Statement) -> Span:
    """Where a segment is named: its alias, else the beginning of its text."""
    alias = statement.clause(n.Alias)
    start = statement.start
    return alias.name.span if alias else Span(start, min(statement.end, start + len("FILTER")))


def shown(text: str) -> str:
    """A text in a message: short, on one line, in backticks."""
    line = " ".join(text.split())
    return f"`{line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1] + '…'}`"


def texts_in(option: n.Option, key: str) -> list[str]:
    """The items of a field with a key, where it is a list of texts; else none."""
    items: Any = option.value
    if key_of(option) != key or not isinstance(items, list):
        return []
    texts: list[Any] = [*items]
    return texts if all(isinstance(item, str) for item in texts) else []


def value_span(option: n.Option, text: str) -> Span:
    """Where the value of a field stands."""
    tokens = _value_tokens(option, text)
    return Span(tokens[0][1].start, tokens[-1][1].end)


def item_spans(option: n.Option, text: str) -> list[Span]:
    """Where the items of a list of texts stand."""
    return [span for kind, span in _value_tokens(option, text) if kind not in _BRACKETS_AND_COMMAS]


def is_json(option: n.Option, text: str) -> bool:
    """Whether a field is written as in ``WITH {"name": "VIP"}``."""
    return text.startswith('"', option.start)


def written(value: str, option: n.Option, text: str) -> str | None:
    """A text in the quotation marks that a field is written with; None where none can hold it."""
    if is_json(option, text):
        from json import dumps  # rare

        return dumps(value, ensure_ascii=False)
    try:
        return string(value)
    except UnsayableError:
        return None


def _value_tokens(option: n.Option, text: str) -> list[tuple[int, Span]]:
    """The tokens of the value: their kinds and places. The tree has the value without them."""
    opening = "WITH {" if is_json(option, text) else "WITH "
    tokens = scan(opening + text[option.start : option.end])
    shift = option.start - len(opening)
    found = [(kind, Span(start + shift, end + shift)) for kind, start, end in _places(tokens)]
    behind_key = [(kind, span) for kind, span in found if span.start >= option.key.end]
    return behind_key[1:]  # the first is = or :


def _places(tokens: Tokens) -> zip[tuple[int, int, int]]:
    return zip(tokens.kinds, tokens.starts, tokens.ends, strict=True)
