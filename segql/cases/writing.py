"""Cases as a file that `segql test` reads: TOML."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, cast

from segql.cases.model import Case

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def write_cases(cases: Sequence[Case], header: str = "") -> str:
    """The text of a file. All cases have the same instant, or none."""
    lines = [f"# {line}" for line in header.splitlines()]
    if cases and cases[0].now:
        lines.append(f"now = {_value(cases[0].now)}")
    for case in cases:
        lines += ["", *_case(case)]
    return "\n".join(lines) + "\n"


def _case(case: Case) -> Iterator[str]:
    yield "[[case]]"
    if case.name:
        yield f"name = {_value(case.name)}"
    yield f"segment = {_value(case.segment)}"
    yield f"expect = {_value(case.expect)}"
    if null := [*_null(case.profile, "")]:
        yield f"null = {_value(null)}"
    yield "[case.profile]"
    for name, value in case.profile.items():
        if value is not None:
            yield f"{_key(name)} = {_value(value)}"


def _null(profile: dict[str, Any], owner: str) -> Iterator[str]:
    """The names of what is null, for which TOML has no word; also in a map."""
    for name, value in profile.items():
        if value is None:
            yield f"{owner}{name}"
        elif isinstance(value, dict) and not owner:
            yield from _null(cast("dict[str, Any]", value), f"{name}.")


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else _text(name)


def _text(text: str) -> str:
    # JSON's escapes are also TOML's, but for one character that JSON does not escape.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case float() if not math.isfinite(value):
            return f"{value}"
        case int() | float():
            return repr(value)
        case datetime():
            aware = value if value.tzinfo else value.replace(tzinfo=UTC)
            return aware.isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case list():
            return f"[{', '.join(map(_value, cast('list[Any]', value)))}]"
        case dict():
            return _map(cast("dict[str, Any]", value))
        case _:
            raise TypeError(f"TOML cannot hold {value!r}")


def _map(values: dict[str, Any]) -> str:
    pairs = [f"{_key(key)} = {_value(part)}" for key, part in values.items() if part is not None]
    return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
