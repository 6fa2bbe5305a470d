"""Where in the text of a JSON or TOML file a key or a value stands.

A path is the keys and indexes that lead to a value: ``("fields", 3, "type")``. Only what is wrong
in a file is looked up, so that reading a good one costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from segql.source import Span

Path = tuple[str | int, ...]
Part = Literal["key", "value"]
# Finds a part of what a path leads to; what is not there is looked for at its parent.
Locate = Callable[[Path, Part], Span]

_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
_TOML_HEADER = re.compile(r"^[ \t]*(\[\[?)[ \t]*[\"']?([\w-]+)[\"']?[ \t]*\]\]?", re.MULTILINE)


def json_places(text: str) -> Locate:
    """The places of a text that is valid JSON."""
    return _locate_in(_json_spans(text))


def toml_places(text: str) -> Locate:
    """The places of a text that is valid TOML, as far as it is written in tables."""
    return _locate_in(_toml_spans(text))


def _locate_in(spans: dict[tuple[Path, Part], Span]) -> Locate:
    def locate(path: Path, part: Part) -> Span:
        while path and (path, part) not in spans:
            path, part = path[:-1], "value"
        return spans.get((path, part), Span(0, 0))

    return locate


def _json_spans(text: str) -> dict[tuple[Path, Part], Span]:
    from json import loads  # only on the way to a message

    spans: dict[tuple[Path, Part], Span] = {}
    opened: list[Path] = []  # the objects and lists around, each as its path
    next: list[str | int | None] = [None]  # of each: the index or key of what follows
    for token in _JSON_TOKEN.finditer(text):
        lexeme, span = token[0], Span(*token.span())
        if lexeme in "}]":
            opened.pop()
            next.pop()
        elif lexeme == ",":
            last = next[-1]
            next[-1] = last + 1 if isinstance(last, int) else None
        elif lexeme != ":":
            step = next[-1]
            if opened and step is None:  # in an object, before the colon
                next[-1] = loads(lexeme)
                spans[(*opened[-1], next[-1]), "key"] = span
                continue
            path: Path = () if step is None else (*opened[-1], step)
            spans[path, "value"] = span
            if lexeme in "{[":
                opened.append(path)
                next.append(0 if lexeme == "[" else None)
    return spans


def _toml_spans(text: str) -> dict[tuple[Path, Part], Span]:
    spans: dict[tuple[Path, Part], Span] = {}
    counts: dict[str, int] = {}
    start, path = 0, ()
    for header in _TOML_HEADER.finditer(text):
        spans |= _toml_keys(text, path, start, header.start())
        name = header[2]
        path = (name,)
        if header[1] == "[[":
            path = (name, counts.get(name, 0))
            counts[name] = counts.get(name, 0) + 1
        start = header.end()
        spans[path, "value"] = Span(*header.span())
        spans.setdefault(((name,), "key"), Span(*header.span(2)))
    return spans | _toml_keys(text, path, start, len(text))


_TOML_KEY = re.compile(r"^[ \t]*[\"']?([\w$-]+)[\"']?[ \t]*=[ \t]*(.*?)[ \t\r]*$", re.MULTILINE)


def _toml_keys(text: str, path: Path, start: int, end: int) -> dict[tuple[Path, Part], Span]:
    """The keys of one table; of a value only what is on the line of its key."""
    spans: dict[tuple[Path, Part], Span] = {}
    for found in _TOML_KEY.finditer(text, start, end):
        spans[(*path, found[1]), "key"] = Span(*found.span(1))
        spans[(*path, found[1]), "value"] = Span(*found.span(2))
    return spans
