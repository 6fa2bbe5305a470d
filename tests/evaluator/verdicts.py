"""What a filter says of a profile: a small evaluator, to hold the other one against.

A verdict is True, False or None (it cannot be evaluated). A profile is a dict: a field that is not
in it is missing, ``None`` is an explicit null, a ``datetime`` is a date, a list an array and a dict
a map. Segments that INCLUDE names have verdicts of their own. Functions are not known, but for
``tolower``: what they say is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from segql.catalog.dates import instant
from segql.syntax import nodes as n
from segql.syntax.literals import number_value

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)
Profile = Mapping[str, Any]
Verdict = bool | None

_MISSING = object()
_ODD = object()  # no match where it stands alone, and nothing that AND and NOT can go on with
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "=": eq, "!=": ne, ">": gt, ">=": ge, "<": lt, "<=": le,
}  # fmt: skip
_TEXTS_OF_BOOLS = {"true": True, "1": True, "false": False, "0": False}


def verdict(
    phrase: n.Phrase, profile: Profile, includes: Mapping[str, Verdict] | None = None
) -> Verdict:
    """Whether a profile matches."""
    found = _Evaluator(profile, includes or {}).phrase(phrase)
    return False if found is _ODD else found


class _Evaluator:
    def __init__(self, profile: Profile, includes: Mapping[str, Verdict]) -> None:
        self.profile, self.includes = profile, includes

    def phrase(self, phrase: n.Phrase) -> Any:
        match phrase:
            case n.MatchAll():
                return True
            case n.And((one,)) | n.Or((one,)):
                return self.phrase(one)
            case n.And(phrases):
                for found in map(self.phrase, phrases):
                    if found is not True:
                        return None if found is _ODD else found
                return True
            case n.Or(phrases):
                return any(self.phrase(part) is True for part in phrases)
            case n.Not(inner):
                found = self.phrase(inner)
                return not found if isinstance(found, bool) else None
            case n.Comparison(left, operator, right):
                return compare(self.value(left), operator, self.value(right), is_null(right))
            case n.Membership(left, _, right):
                return is_in(self.value(left), self.values(right))
            case n.Between(operand, low, high):
                return between(self.value(operand), self.value(low), self.value(high))
            case n.Exists(operand):
                value = self.value(operand)
                return value is not _MISSING and value not in (None, "", [], {})
            case n.Include(n.Name(slug)) | n.Call("in_segment", (n.String(slug),)):
                return self.includes.get(slug)
            case _:
                value = self.value(phrase)
                return None if value is _MISSING else value if isinstance(value, bool) else _ODD

    def value(self, operand: n.Node) -> Any:
        match operand:
            case n.Identifier(name):
                owner, _, key = name.partition(".")
                if name in self.profile or not isinstance(self.profile.get(owner), dict):
                    return self.profile.get(name, _MISSING)
                return self.profile[owner].get(key, _MISSING)
            case n.String(value) | n.Boolean(value):
                return value
            case n.Number(text):
                return number_value(text)
            case n.Null():
                return None
            case n.Call("tolower", (argument,)):
                value = self.value(argument)
                return value.lower() if isinstance(value, str) else _MISSING
            case _:
                return _MISSING

    def values(self, right: n.Node) -> Any:
        if isinstance(right, n.Array):
            return [self.value(item) for item in right.items]
        return self.value(right)


def is_null(node: n.Node) -> bool:
    return isinstance(node, n.Null)


def compare(left: Any, operator: str, right: Any, with_null: bool) -> Any:
    """The verdict of two values; ``_ODD`` for the order of two texts."""
    if left is _MISSING or right is _MISSING:
        return operator == "!="
    if left is None and operator in ("=", "!="):
        return (operator == "=") == with_null
    if left is None or right is None:
        return None
    if operator == "LIKE":
        return any_text(left, lambda text: glob(right).fullmatch(text) is not None)
    if operator == "CONTAINS":
        return any_text(left, lambda text: as_text(right) in text, numbers=True)
    if isinstance(left, list):
        if not left or not all(isinstance(item, datetime) for item in left):
            return None
        found = [compare(item, operator, right, with_null) for item in left]
        return None if None in found else any(found)
    return scalars(left, operator, right)


def scalars(left: Any, operator: str, right: Any) -> Any:
    test = _ORDER[operator]
    if isinstance(left, bool) or isinstance(right, bool):
        return bools(left, operator, right)
    if isinstance(left, datetime) or isinstance(right, datetime):
        first, second = point(left), point(right)
        return None if first is None or second is None else test(first, second)
    if isinstance(left, str) and isinstance(right, str):
        return test(left, right) if operator in ("=", "!=") else _ODD
    first, second = number(left), number(right)
    if first is None and isinstance(left, str):
        return operator == "!="
    return None if first is None or second is None else test(first, second)


def bools(left: Any, operator: str, right: Any) -> Verdict:
    if operator not in ("=", "!="):
        return None
    if isinstance(left, str):
        known = _TEXTS_OF_BOOLS.get(left)
        if known is None:
            return False if operator == "=" else None
        return (known == right) == (operator == "=")
    if isinstance(left, bool) and isinstance(right, str):
        return None
    both = isinstance(left, bool) and isinstance(right, bool)
    return (left == right) == (operator == "=") if both else None


def number(value: Any) -> float | None:
    if isinstance(value, int | float):
        return float(value)
    try:
        return float(value) if isinstance(value, str) else None
    except ValueError:
        return None


def point(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value.replace(microsecond=0)
    if isinstance(value, int | float):
        return datetime.fromtimestamp(value / (1 if abs(value) < 1e11 else 1000), UTC)
    return instant(value, NOW) if isinstance(value, str) else None


def between(value: Any, low: Any, high: Any) -> Verdict:
    if isinstance(value, list) and value and all(isinstance(item, datetime) for item in value):
        found = [between(item, low, high) for item in value]
        return None if None in found else any(found)
    if isinstance(value, datetime):
        first, last = point(low), point(high)
        return None if first is None or last is None else first < value < last
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    first, last = number(low), number(high)
    if first is None or last is None:
        return None
    if isinstance(value, int):
        first, last = int(first), int(last)
    return first < value < last


def is_in(left: Any, right: Any) -> Verdict:
    """IN and INTERSECTS; on the right an array or the value of a field."""
    if left is _MISSING:
        return False
    if left is None or right is _MISSING or right is None:
        return None
    if isinstance(left, datetime | bool):
        return None
    values = right if isinstance(right, list | dict) else [right]
    has = left if isinstance(left, list | dict) else [left]
    return any(equal(mine, other) for mine in has for other in values)


def equal(mine: Any, other: Any) -> bool:
    """The equality of IN: a number equals the same number in a text."""
    if isinstance(mine, bool | datetime) or isinstance(other, bool | datetime):
        return type(mine) is type(other) and mine == other
    if isinstance(mine, str) == isinstance(other, str):
        return mine == other
    first, second = number(mine), number(other)
    return first is not None and first == second


def any_text(value: Any, test: Callable[[str], bool], numbers: bool = False) -> Verdict:
    if isinstance(value, str):
        return test(value)
    if isinstance(value, list):
        kinds = (str, int, float) if numbers else (str,)
        return any(test(as_text(item)) for item in value if isinstance(item, kinds))
    return None


def as_text(value: Any) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def glob(pattern: Any) -> re.Pattern[str]:
    """LIKE's patterns as regular expressions: short ones, so no matter how slow."""
    parts = re.findall(r"\*\*|%%|[*%?]|\[\^?[^\]]*\]|.", as_text(pattern), re.DOTALL)
    known = {"**": ".*", "%%": ".*", "*": "[^/]*", "%": "[^/]*", "?": "[^/]"}
    texts = (known.get(p) or (p if len(p) > 1 and p[0] == "[" else re.escape(p)) for p in parts)
    return re.compile("".join(texts), re.DOTALL)
