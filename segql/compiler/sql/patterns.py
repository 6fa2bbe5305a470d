"""LIKE in SQL: an equality or SQL's own LIKE where that says the same, else a regular expression.

A regular expression is linear in the engines that work as RE2 does (DuckDB, BigQuery). The others
may try again and again; what is most written (``a*``, ``*a*``, ``**a**``) is LIKE there as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sqlglot import exp

from segql.compiler.sql.dialects import ANY_RUN
from segql.compiler.sql.truth import FALSE, Sql, all_of, negated

_PARTS = re.compile(r"\*\*|%%|[*%?]|\[(?!\^\])[^\]]+\]|.", re.DOTALL)
_RANGE = re.compile(r"(.)-(.)|(.)", re.DOTALL)
_WITHIN = ("*", "%")  # any run without a slash
_ACROSS = ("**", "%%")  # any run
_ONE = "?"
_SPECIAL = re.compile(r"[.^$*+?()|{}\[\]\\]")
_SPECIAL_IN_SET = re.compile(r"[\[\]^&~|\\-]")
_ESCAPED = r"\\\g<0>"
_REGULAR: Final = {
    **dict.fromkeys(_WITHIN, "[^/]*"),
    **dict.fromkeys(_ACROSS, ANY_RUN),
    _ONE: "[^/]",
}
_LIKE: Final = {**dict.fromkeys(_WITHIN, "%"), **dict.fromkeys(_ACROSS, "%"), _ONE: "_"}
_NEEDS_ESCAPE = re.compile(r"[%_\\]")  # and how to escape them differs


def like(text: Sql, pattern: str) -> Sql:
    """Whether a pattern matches the whole of a text."""
    parts: list[str] = _PARTS.findall(pattern)
    plain = "".join(part for part in parts if not _is_wild(part))
    if plain == pattern:
        return exp.EQ(this=text, expression=exp.Literal.string(pattern))
    wild = {part for part in parts if _is_wild(part)}
    if wild <= _LIKE.keys() and not _NEEDS_ESCAPE.search(plain):
        if wild.issubset(_ACROSS):
            return _sql_like(text, parts)
        if "/" not in plain and wild.isdisjoint(_ACROSS):
            return all_of(_sql_like(text, parts), negated(_sql_like(text, ["**", "/", "**"])))
    if any(part not in _REGULAR and _is_empty(part) for part in wild):
        return FALSE
    regular = "".join(map(_regular, parts))
    return exp.RegexpLike(this=text, expression=exp.Literal.string(f"^{regular}$"))


def _is_wild(part: str) -> bool:
    return part in _REGULAR or (len(part) > 1 and part[0] == "[")


def _sql_like(text: Sql, parts: list[str]) -> Sql:
    wanted = "".join(_LIKE.get(part, part) for part in parts)
    return exp.Like(this=text, expression=exp.Literal.string(wanted))


def _regular(part: str) -> str:
    if part in _REGULAR:
        return _REGULAR[part]
    return _set(part) if len(part) > 1 else _SPECIAL.sub(_ESCAPED, part)


def _set(part: str) -> str:
    """The set in brackets: characters and ranges, and ``^`` in front for all others."""
    negation, inside = ("^", part[2:-1]) if part[1] == "^" else ("", part[1:-1])
    ranges = "".join(_ranges(inside))
    return f"[{negation}{ranges}]" if ranges else "([^/]|/)"


def _is_empty(part: str) -> bool:
    """Whether no character is in a set, for all its ranges run backwards."""
    return part[1] != "^" and not [*_ranges(part[1:-1])]


def _ranges(inside: str) -> Iterator[str]:
    for low, high, char in _RANGE.findall(inside):
        if char:
            yield _SPECIAL_IN_SET.sub(_ESCAPED, char)
        elif low <= high:
            yield "-".join(_SPECIAL_IN_SET.sub(_ESCAPED, end) for end in (low, high))
