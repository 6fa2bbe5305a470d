"""How names, strings and options are written so that they are read as they were meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from segql.syntax.nodes import Option, OptionValue
from segql_grammar.parser_tables import FUNCTION, KEYWORDS, SEGMENT_ID
from segql_grammar.scanner import scan

_BARE_NAME = re.compile(r"(?:[^\W\d]|@)[\w/-]*(?:\.[\w/-]*)*")
_BARE_PART = re.compile(r"[\w/-]+")  # of a path, behind its first dot
_QUOTES = (("`", "`"), ("'", "'"), ("[", "]"))
# The scanner of the server is not ours: what could look like a comment is quoted.
_COMMENT_MARKS = ("--", "//")


class UnsayableError(ValueError):
    """A tree holds something that no SegmentQL text can say."""


@lru_cache(maxsize=4096)  # the same fields stand in all segments
def name(path: str) -> str:
    """A field's path: bare where it can be, else with its parts in backticks."""
    if is_bare(path):
        return path
    parts = path.split(".")
    if not all(parts):  # an empty part has no spelling of its own
        return quoted(path)
    return ".".join(
        part if is_bare(part) or (index and _is_bare_part(part)) else quoted(part)
        for index, part in enumerate(parts)
    )


@lru_cache(maxsize=4096)
def segment(slug: str) -> str:
    """A segment's name after INCLUDE or ALIAS: an id may begin with a digit."""
    tokens = scan(slug)
    is_id = tokens.kinds == [SEGMENT_ID] and tokens.lexemes == [slug]
    return slug if is_id or is_bare(slug) else quoted(slug)


@lru_cache(maxsize=1024)
def function(name: str) -> str:
    """A function's name: some keywords are read as one before a bracket, others need quotes."""
    tokens = scan(f"{name}(")
    is_read = tokens.kinds[:1] == [FUNCTION] and tokens.lexemes[0] == name
    return name if is_read and not any(quote in name for quote in "`'[") else quoted(name)


def is_bare(path: str) -> bool:
    """Whether a name needs no quotes."""
    if any(mark in path for mark in _COMMENT_MARKS) or path.lower() in KEYWORDS:
        return False
    return _BARE_NAME.fullmatch(path) is not None


def _is_bare_part(part: str) -> bool:
    return _BARE_PART.fullmatch(part) is not None and not any(m in part for m in _COMMENT_MARKS)


def quoted(part: str) -> str:
    """A name in the first kind of quotes that it does not contain."""
    for opening, closing in _QUOTES:
        if not any(mark in part for mark in (opening, closing, "\n")):
            return f"{opening}{part}{closing}"
    raise UnsayableError(f"the name {part!r} holds every kind of quote")


def string(value: str) -> str:
    r"""A text in double quotes, with ``\"`` for a quotation mark."""
    if value.endswith("\\"):
        raise UnsayableError(f"the string {value!r} ends in a backslash")
    escaped = value.replace('"', '\\"') if '"' in value else value
    return f'"{escaped}"'


def options(pairs: tuple[Option, ...]) -> list[str] | None:
    """Each ``key = value`` of WITH, or None where only the JSON form can say it."""
    try:
        said = [f"{name(pair.key.value)} = {option_value(pair.value)}" for pair in pairs]
    except (UnsayableError, TypeError):
        return None
    has_nul = any("\0" in text for text in said)  # no file can hold it; JSON escapes it
    return None if has_nul else said or None


def options_json(pairs: tuple[Option, ...], indent: int | None = None) -> str:
    """WITH as one JSON object; with an indent, one member a line."""
    from json import dumps  # rare

    return dumps({pair.key.value: pair.value for pair in pairs}, ensure_ascii=False, indent=indent)


def option_value(value: OptionValue) -> str:
    """A value of WITH; an object raises ``TypeError``."""
    if isinstance(value, list):
        return f"[{', '.join(_scalar(item) for item in value)}]"
    return _scalar(value)


def _scalar(value: OptionValue) -> str:
    write = _SCALARS.get(type(value))
    if write is None:
        raise TypeError("an object or a list in a list has no form but JSON")
    return write(value)


_SCALARS: dict[type, Callable[[object], str]] = {
    str: lambda value: string(str(value)),
    bool: lambda value: str(value).lower(),
    int: str,
    float: repr,
    type(None): lambda _: "NULL",
}
