"""Profiles in CSV: a header, and a profile on each row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, BinaryIO, NamedTuple, TypeAlias

import msgspec

from segql.catalog.model import Found
from segql.catalog.types import FieldType
from segql.profiles.model import BadProfile, Profile, Profiles

Find: TypeAlias = Callable[[str], Found | None]

_SEPARATORS = ",;\t"
_LONGEST = 1 << 24  # characters of a cell
_BETWEEN_ITEMS = ";"  # of a set that is not written as JSON


def read_csv(stream: BinaryIO, find: Find) -> Profiles:
    """Each profile of a file (UTF-8; separated by commas, semicolons or tabs), or what is wrong.

    ``find`` tells the field of a column. A cell of which no type is known is a text, unless it is
    a JSON list or object. An empty cell is a field that the profile does not have.
    """
    csv.field_size_limit(_LONGEST)
    text = io.TextIOWrapper(stream, "utf-8-sig", "surrogateescape", newline="")
    try:
        lines = iter(lambda: text.readline(_LONGEST), "")
        head = next(lines, "")
        separator = max(_SEPARATORS, key=head.count)
        rows = _rows(csv.reader(chain((head,), lines), delimiter=separator))
        yield from _profiles(rows, find)
    finally:
        text.detach()  # the stream is not ours to close


class _Row(NamedTuple):
    line: int
    cells: list[str]
    problem: str = ""


def _rows(reader: Any) -> Iterator[_Row]:
    """The rows that are not empty, each with the line that it begins on."""
    while True:
        line = reader.line_num + 1
        try:
            cells: list[str] = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield _Row(line, [], "a cell is too long; is a quotation mark missing?")
            continue
        if cells:
            yield _Row(line, cells, "" if _is_text(cells) else "it is not UTF-8")


def _is_text(cells: list[str]) -> bool:
    joined = "".join(cells)
    return joined.isascii() or not any("\ud800" <= char <= "\udfff" for char in joined)


class _Column(NamedTuple):
    """What a cell is in the profile: a field, or a key of a map (then ``owner`` is the map)."""

    owner: str
    name: str
    convert: Callable[[str], Any]


def _profiles(rows: Iterator[_Row], find: Find) -> Profiles:
    head = next(rows, None)
    if head is None:
        return
    problem = head.problem or _problem(head.cells)
    if problem:
        yield BadProfile(f"line {head.line}", f"it is no header: {problem}")
        return
    columns = _columns(head.cells, find)
    for row in rows:
        if row.problem:
            yield BadProfile(f"line {row.line}", row.problem)
        elif len(row.cells) != len(columns):
            found = f"it has {len(row.cells)} cells, and the header {len(columns)}"
            yield BadProfile(f"line {row.line}", found)
        else:
            yield _profile(columns, row.cells)


def _problem(names: list[str]) -> str:
    seen: set[str] = set()
    for name in filter(None, names):
        if name in seen:
            return f"`{name}` is in it twice"
        seen.add(name)
    return "" if seen else "it names no field"


def _profile(columns: list[_Column | None], cells: list[str]) -> Profile:
    profile: Profile = {}
    for column, cell in zip(columns, cells, strict=True):
        if not cell or column is None:
            continue
        value = column.convert(cell)
        if column.owner:
            profile.setdefault(column.owner, {})[column.name] = value
        else:
            profile[column.name] = value
    return profile


def _columns(names: list[str], find: Find) -> list[_Column | None]:
    """The columns; None for one without a name, as tables with an index have it."""
    return [_column(name, names, find) if name else None for name in names]


def _column(name: str, names: list[str], find: Find) -> _Column:
    """``counts.web`` is a key of ``counts``, unless it is a field itself or ``counts`` a column."""
    found = find(name)
    owner, _, key = name.partition(".")
    is_key = owner and key and owner not in names and not (found and found.key is None)
    convert = _converter(found.type if found else None)
    return _Column(owner, key, convert) if is_key else _Column("", name, convert)


# ---- Cells ------------------------------------------------------------------------------


def _converter(type: FieldType | None) -> Callable[[str], Any]:
    if type is None:
        return _any
    if type.shape == "set":
        item = _SCALARS.get(type.value or "", _text)
        return lambda cell: _items(cell, item)
    if type.shape == "scalar":
        return _SCALARS.get(type.value or "", _text)
    return _any


def _text(cell: str) -> str:
    return cell


def _any(cell: str) -> Any:
    """A list or an object where it is one in JSON, else the text."""
    is_bracketed = cell[0] + cell[-1] in ("[]", "{}")
    return _json(cell) if is_bracketed else cell


def _json(cell: str) -> Any:
    try:
        return msgspec.json.decode(cell)
    except (msgspec.MsgspecError, RecursionError):
        return cell


def _items(cell: str, convert: Callable[[str], Any]) -> Any:
    found = _any(cell)
    if isinstance(found, list):
        return found  # pyright: ignore[reportUnknownVariableType]  (JSON)
    parts = (part.strip() for part in cell.split(_BETWEEN_ITEMS))
    return [convert(part) for part in parts if part]


def _number(cell: str) -> Any:
    """A number in JSON, or what the cell says."""
    found = _json(cell)
    return found if type(found) in (int, float) else cell


def _bool(cell: str) -> Any:
    return {"true": True, "1": True, "false": False, "0": False}.get(cell.lower(), cell)


# A date stays a text: whoever asks reads it as its type says.
_SCALARS: dict[str, Callable[[str], Any]] = {"int": _number, "number": _number, "bool": _bool}
