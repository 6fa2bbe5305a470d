"""A phrase in a line of a report: cut where it is long."""

from __future__ import annotations

from segql.formatter.flat import flat
from segql.formatter.spelling import UnsayableError
from segql.syntax import nodes as n
from segql.syntax.walk import walk

_LONGEST = 80  # characters
_MOST_NODES = 60  # of a phrase that is written out


def brief(node: n.Node) -> str:
    """The text of a phrase or an operand, on one line and of 80 characters at most."""
    if len([*walk(node)]) > _MOST_NODES:
        is_group = isinstance(node, n.And | n.Or | n.Not)
        return f"{type(node).__name__.upper()} (…)" if is_group else "a long phrase"
    try:
        text = flat(node)
    except UnsayableError:
        return "a phrase that no text can say"
    return cut(text)


def cut(text: str) -> str:
    """A text of 80 characters at most."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
