"""The values of a field that are worth a try where a phrase is to be true, or false."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from segql.cases.near import for_functions, like, near
from segql.catalog.types import FieldType
from segql.evaluator import MISSING
from segql.syntax import nodes as n
from segql.syntax.walk import walk

_LITERALS = (n.Number, n.String, n.Boolean)


def candidates(name: str, phrase: n.Node, type: FieldType | None, now: datetime) -> Iterator[Any]:
    """Values for a field in a phrase, those at its bounds first; not that it is missing."""
    for value in _of_phrase(name, phrase, type, now):
        yield from _as_typed(value, type)
    yield from samples(type, now)


def _of_phrase(name: str, phrase: n.Node, type: FieldType | None, now: datetime) -> list[Any]:
    item = type.item if type is not None and type.shape == "set" else type
    match phrase:
        case n.Comparison(n.Identifier(field), "LIKE", n.String(pattern)) if field == name:
            return like(pattern)
        case n.Comparison(n.Identifier(field), "CONTAINS", n.String(text)) if field == name:
            return [text, text[:-1], f"x{text}x"]
        case n.Comparison(n.Identifier(field), _, n.Number() | n.String() as right) if (
            field == name
        ):
            return near(right, item, now)
        case n.Membership(n.Identifier(field), _, n.Array(items)) if field == name:
            values = [value for part in items for value in near(part, item, now)[:1]]
            return [*values, *(near(items[0], item, now)[1:] if items else [])]
        case n.Between(n.Identifier(field), low, high) if field == name:
            return _inside(near(low, item, now), near(high, item, now))
        case n.Exists() | n.Identifier():
            return []
        case _:
            return _of_literals(phrase, now)


def _inside(low: list[Any], high: list[Any]) -> list[Any]:
    return [*low[1:2], *high[2:3], *low[:1], *high[:1], *low[2:], *high[1:2]]


def _of_literals(phrase: n.Node, now: datetime) -> list[Any]:
    literals: list[n.Node] = [node for node in walk(phrase) if isinstance(node, _LITERALS)]
    return for_functions(literals, now)


def _as_typed(value: Any, type: FieldType | None) -> Iterator[Any]:
    """A value where the field holds one, and inside an array or a map where it holds many."""
    shape = type.shape if type is not None else "unknown"
    if isinstance(value, list):
        items = cast("list[Any]", value)
        if shape in _LISTS and all(_fits(item, type) for item in items):
            yield value
        return
    if shape not in ("set", "map", "timebuckets") and _fits(value, type):
        yield value
    if shape in ("set", "unknown") and _fits(value, type):
        yield [value]
    if shape in ("map", "unknown") and isinstance(value, str):
        yield {value: samples(type.item if type else None, _START)[0]}


_LISTS = ("set", "timebuckets", "unknown", "internal")
_START = datetime(1970, 1, 1, tzinfo=UTC)
_CLASSES: dict[str | None, tuple[type, ...]] = {
    "string": (str,),
    "int": (int,),
    "number": (int, float),
    "bool": (bool,),
    "date": (datetime,),
}


def _fits(value: Any, type: FieldType | None) -> bool:
    """Whether a field of a type, or an array of it, may hold a value."""
    if type is None:
        return True
    if type.shape == "timebuckets":
        return isinstance(value, datetime)
    return value.__class__ in _CLASSES.get(type.value, (value.__class__,))


def samples(type: FieldType | None, now: datetime) -> list[Any]:
    """Some values of a type, also empty ones; those of all types where it is not known."""
    value = type.value if type is not None else None
    scalars = _SAMPLES.get(value or "", [v for some in _SAMPLES.values() for v in some])
    dates = [now, now - timedelta(days=1), now + timedelta(days=1)]
    scalars = dates if value == "date" else scalars
    match type.shape if type is not None else "unknown":
        case "scalar":
            return [*scalars]
        case "set":
            return [[scalars[0]], []]
        case "map":
            return [{"a": scalars[0]}, {}]
        case "timebuckets":
            return [[now - timedelta(seconds=1)], []]
        case "geolocation":
            return ["0,0", "90,0", ""]
        case _:
            return [*scalars, *dates, ["a"], [], {"a": 1}, {}]


_SAMPLES: dict[str, list[Any]] = {
    "string": ["a", ""],
    "int": [1, 0],
    "number": [1.5, 0.0],
    "bool": [True, False],
}


def with_missing(values: list[Any], is_first: bool) -> list[Any]:
    """Each value once, and that there is none: at first where any would do, else at last."""
    seen: dict[str, Any] = {}
    for value in values:
        seen.setdefault(repr(value), value)
    return [MISSING, *seen.values()] if is_first else [*seen.values(), MISSING]
