"""What is offered where an operand stands: fields, functions, and values that were seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lsprotocol.types import CompletionItemKind as Kind

from segql.catalog import FUNCTIONS, Field, FieldType, Function
from segql.formatter import UnsayableError
from segql.formatter.spelling import function as spelled_function
from segql.formatter.spelling import name as spelled_name
from segql.formatter.spelling import string
from segql.linter.date_words import is_name_of_date
from segql.syntax.nodes import Identifier
from segql_lsp.describing import NUMBERS, moment
from segql_lsp.offering import Item, Situation

_MOST_FIELDS = 5_000  # of a table that are sent at once
_USUAL = (
    *("now-1h", "now-1d", "now-7d", "now-14d", "now-30d", "now-90d", "now-1M", "now-6M", "now-1y"),
    *("now+1d", "now+7d", "now+30d"),
)
_BEGUN_DATE = re.compile(r"now([+-])([0-9]{1,9})[yMwdhms]?")
_UNITS = "dwMyhms"
# What stands for a parameter at first; others have their names.
_FIRST = {("timewindow", "count"): "5", ("timewindow", "days"): "7"}


# ---- Fields and functions ---------------------------------------------------------------


def fields(s: Situation) -> Iterator[Item]:
    """Fields of the table, or the keys of the map that was written; those that fit come first."""
    if (s.parameter and s.parameter.is_literal) or s.typed[:1].isdecimal():
        return
    known = s.folder.catalog.fields(s.table)
    typed = re.sub(r"[`']", "", s.typed)
    owner, dot, _ = typed.partition(".")
    found = known.get(owner) if dot else None
    if found and found.type.shape == "map":
        value = found.type.item.name if found.type.value else None
        names = ((f"{owner}.{key}", value) for key in found.keys)
        yield from (item for name, type in names if (item := _field(s, name, type, "1")))
    for field in _some(s, [*known.values()], typed):
        if not dot or field.name.startswith(f"{owner}."):
            rank = "6" if s.expected.operator else "1" if _fits(s, field.type) else "2"
            if item := _field(s, field.name, field.type.name, rank):
                yield item


def _some(s: Situation, fields: list[Field], typed: str) -> list[Field]:
    """All fields; of very many, those that may be meant."""
    if len(fields) <= _MOST_FIELDS:
        return fields
    s.is_incomplete = True
    return [field for field in fields if _is_meant(typed, field.name)][:_MOST_FIELDS]


def _is_meant(typed: str, name: str) -> bool:
    """Whether a name has the letters that were typed, in their order."""
    letters = iter(name.lower())
    return all(letter in letters for letter in typed.lower())


def _fits(s: Situation, type: FieldType) -> bool:
    return s.parameter is None or s.parameter.takes(type.kind)


def _field(s: Situation, name: str, type: str | None, rank: str) -> Item | None:
    try:
        text = spelled_name(name)
    except UnsayableError:
        return None
    return s.item(name, Kind.Field, rank, text, detail=type)


def functions(s: Situation) -> Iterator[Item]:
    """Functions: where a phrase begins, those that answer yes or no come first."""
    if s.expected.quote or (s.parameter and s.parameter.is_literal):
        return
    owner, dot, _ = s.typed.partition(".")
    is_phrase = "EXISTS" in s.expected.keywords
    for function in FUNCTIONS.values():
        if dot and not function.name.startswith(f"{owner}.".lower()):
            continue
        is_answer = function.result is not None and function.result.name == "bool"
        rank = "4" if is_answer and is_phrase else "7"
        text, is_snippet = _call(s, function)
        detail = function.result.name if function.result else None
        name = function.name
        yield s.item(name, Kind.Function, rank, text, detail=detail, is_snippet=is_snippet)


def _call(s: Situation, function: Function) -> tuple[str, bool]:
    """How a call begins, and whether that is a snippet."""
    name = spelled_function(function.name)
    if s.behind == "(":
        return name, False
    if not s.takes_snippets:
        return f"{name}(", False
    needed = [p.name for p in function.parameters if not p.is_optional]
    holes = (f"${{{i}:{_FIRST.get((name, p), p)}}}" for i, p in enumerate(needed, 1))
    return f"{name}({', '.join(holes)})", True


# ---- Values -----------------------------------------------------------------------------


def values(s: Situation) -> Iterator[Item]:
    """Values that were seen in the field, and what is usual for its type."""
    if s.parameter and s.expected.subject is None:
        yield from _numbers(s)
        return
    if s.expected.subject is None:
        return
    if _is_date(s):
        yield from _dates(s)
    value = s.type.value if s.type and not _has_keys(s) else None
    if value == "bool" and not s.expected.quote:
        yield from (s.item(word, Kind.Constant, "0") for word in ("true", "false"))
    for number, seen in enumerate(filter(str.strip, _seen(s))):
        try:
            text = seen if value in ("int", "number") else string(seen)
        except UnsayableError:
            continue
        yield s.item(" ".join(seen.split()), Kind.Value, f"1{number:03}", text)


def _numbers(s: Situation) -> Iterator[Item]:
    argument, parameter = s.expected.argument, s.parameter
    if argument and parameter:
        for number in NUMBERS.get((argument.function.lower(), parameter.name), ()):
            yield s.item(str(number), Kind.Value, f"0{number:03}")


def _has_keys(s: Situation) -> bool:
    return s.type is not None and s.type.shape == "map"


def _seen(s: Situation) -> tuple[str, ...]:
    subject = s.expected.subject
    if not isinstance(subject, Identifier):
        return ()
    found = s.folder.catalog.find(subject.name, s.table)
    if found is None or found.key is not None:
        return ()
    if _has_keys(s):
        return found.field.keys
    return () if found.type.value in ("date", "bool") else found.field.examples


def _is_date(s: Situation) -> bool:
    if s.type:
        return s.type.value == "date" and s.type.shape != "map"
    subject = s.expected.subject
    return isinstance(subject, Identifier) and is_name_of_date(subject.name)


def _dates(s: Situation) -> Iterator[Item]:
    """Date math, with what it means now; a number that was begun with every unit."""
    s.is_incomplete = True  # other numbers are offered when they are written
    begun = _BEGUN_DATE.fullmatch(s.typed.lstrip(s.expected.quote or None))
    texts = [f"now{begun[1]}{begun[2]}{unit}" for unit in _UNITS] if begun else _USUAL
    for number, text in enumerate(texts):
        meant = moment(text, s.now)
        yield s.item(text, Kind.Value, f"0{number:03}", f'"{text}"', detail=meant)
