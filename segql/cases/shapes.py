"""The form of a file of cases, and what to say where it has another."""

from __future__ import annotations

import re
from typing import Any, NamedTuple, TypeVar

import msgspec

from segql.cases.model import Expected
from segql.catalog.places import Part
from segql.diagnostics import did_you_mean

T = TypeVar("T", bound=msgspec.Struct)


class CaseShape(msgspec.Struct, forbid_unknown_fields=True):
    """``[[case]]``."""

    segment: str
    expect: Expected
    profile: str | dict[str, Any] = msgspec.field(default_factory=dict[str, Any])
    change: dict[str, Any] = msgspec.field(default_factory=dict[str, Any])
    missing: list[str] = msgspec.field(default_factory=list[str])
    null: list[str] = msgspec.field(default_factory=list[str])
    includes: dict[str, bool] = msgspec.field(default_factory=dict[str, bool])
    now: Any = None
    name: str = ""


class TableShape(msgspec.Struct, forbid_unknown_fields=True):
    """``[[table]]``: a case a row, which ends in what is expected."""

    segment: str
    columns: list[str]
    rows: list[list[Any]]
    profile: str | dict[str, Any] = msgspec.field(default_factory=dict[str, Any])
    includes: dict[str, bool] = msgspec.field(default_factory=dict[str, bool])
    now: Any = None
    name: str = ""


class PropertyShape(msgspec.Struct, forbid_unknown_fields=True):
    """``[[property]]``: of two segments."""

    never: tuple[str, str] | None = None
    implies: tuple[str, str] | None = None
    equal: tuple[str, str] | None = None
    now: Any = None
    name: str = ""


class FileShape(msgspec.Struct, forbid_unknown_fields=True):
    """The whole file; its tables are looked at one by one."""

    case: list[Any] = msgspec.field(default_factory=list[Any])
    table: list[Any] = msgspec.field(default_factory=list[Any])
    property: list[Any] = msgspec.field(default_factory=list[Any])
    profiles: dict[str, dict[str, Any]] = msgspec.field(default_factory=dict[str, dict[str, Any]])
    now: Any = None


class ShapeError(ValueError):
    """What has another form: ``part`` of ``key`` is wrong ("" for the whole)."""

    def __init__(self, told: Told) -> None:
        super().__init__(told.message)
        self.told = told


class Told(NamedTuple):
    """What is wrong, and where."""

    key: str
    part: Part
    message: str
    help: str


_UNKNOWN = re.compile(r"Object contains unknown field `(.*?)`", re.DOTALL)
_ABSENT = re.compile(r"Object missing required field `(.*?)`")
_PLACE = re.compile(r" - at `\$\.([\w]+)")
_PAIR = 'name two segments, as in `never = ["vip", "churned"]`'
_WANTED = {
    "segment": 'write the alias of a segment, as in `segment = "vip"`',
    "expect": 'write "in", "out" or "unknown" (for what cannot be evaluated)',
    "profile": "write fields and values, `profile = { visits = 3 }`, or the name of a profile",
    "change": "write fields and values, as in `change = { visits = 3 }`",
    "missing": 'write a list of fields, as in `missing = ["email"]`',
    "null": 'write a list of fields, as in `null = ["email"]`',
    "includes": "say for each segment whether the profile is in it: `includes = { vip = true }`",
    "columns": 'write a list of fields, as in `columns = ["visits", "city"]`',
    "rows": 'write a list of lists, as in `rows = [[3, "in"], [2, "out"]]`',
    "never": _PAIR,
    "implies": _PAIR,
    "equal": _PAIR,
    "name": "write a text in quotes",
    "profiles": "write a table for each, as in `[profiles.ann]`",
    "case": "write `[[case]]` above each",
    "table": "write `[[table]]` above each",
    "property": "write `[[property]]` above each",
}


def shaped(value: object, shape: type[T]) -> T:
    """A value in a form. Raises `ShapeError`."""
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        raise ShapeError(_told(str(error), shape)) from None


def _told(why: str, shape: type[msgspec.Struct]) -> Told:
    keys = shape.__struct_fields__
    if found := _UNKNOWN.match(why):
        near = did_you_mean(found[1], keys)
        help = f"did you mean `{near}`?" if near else f"the keys are {', '.join(keys)}"
        return Told(found[1], "key", f"unknown key `{found[1]}`", help)
    if found := _ABSENT.match(why):
        return Told("", "value", f"`{found[1]}` is missing", _WANTED[found[1]])
    if found := _PLACE.search(why):
        return Told(found[1], "value", f"`{found[1]}` has a wrong value", _WANTED[found[1]])
    return Told("", "value", "this is no table", "write keys and values below the header")
