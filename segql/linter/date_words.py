"""Texts that were meant as date math, and names that are likely those of dates."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from segql.catalog.dates import DateMath

_SPELLINGS = {
    "y": "y yr yrs year years",
    "M": "mo mon mos month months",
    "w": "w wk wks week weeks",
    "d": "d day days",
    "h": "h hr hrs hour hours",
    "m": "min mins minute minutes",
    "s": "s sec secs second seconds",
}
_UNITS = {word: unit for unit, words in _SPELLINGS.items() for word in words.split()}
# A fraction of a unit is a whole number of a smaller one.
_SMALLER = {"w": ("d", 7), "d": ("h", 24), "h": ("m", 60), "m": ("s", 60)}
_NUMBERS = {"a": "1", "an": "1", "one": "1", "two": "2", "three": "3", "": "1"}
_SIGNS = {"-": "-", "−": "-", "–": "-", "+": "+"}
_DAYS = {"yesterday": "now-1d", "tomorrow": "now+1d", "now": "now-0s", "now()": "now-0s"}
_MEANT = re.compile(r"\s*now\s*(?:\Z|[-+−–/(])", re.IGNORECASE)
_WITH_NUMBER = re.compile(r"\s*now\s*[-+−–]\s*[0-9]", re.IGNORECASE)
# What happens to people and things, in the names of fields.
_EVENTS = (
    "visit|visited|seen|login|open|opened|click|clicked|purchase|purchased|order|ordered|session|"
    "active|activity|pageview|update|updated|modified|contact|contacted|touch|email"
)
_DONE = "created|modified|updated|registered|signup|signed_up|subscribed"
_LONGEST = 64  # characters; nothing that was meant as date math has more


def date_math(text: str) -> DateMath | None:
    """Read date math; None for what is none."""
    return _date_math(text) if text.startswith("now") else None


@lru_cache(maxsize=1024)  # several rules ask about each, and the same stand in many segments
def _date_math(text: str) -> DateMath | None:
    from segql.catalog.dates import parse_date_math  # most texts are none

    return parse_date_math(text)


def is_meant_as_date_math(text: str, is_ordered: bool) -> bool:
    """Whether a text begins as date math does. One that is not put in order may be any text."""
    if len(text) > _LONGEST:
        return False
    return (_MEANT if is_ordered else _WITH_NUMBER).match(text) is not None


def likely_date_math(text: str) -> str | None:
    """Date math that says what a text likely means: ``"30 days ago"`` is ``"now-30d"``."""
    words = text.strip()
    if len(words) > _LONGEST:
        return None
    if words.lower() in _DAYS:
        return _DAYS[words.lower()]
    for pattern, usual_sign in _forms():
        match = pattern.fullmatch(words)
        if match:
            sign, count, unit = match.groups(default="")
            unit = unit if unit in ("m", "M") else _UNITS.get(unit.lower())
            sign = _SIGNS.get(sign, usual_sign)
            return _spelled(sign, _NUMBERS.get(count.lower(), count), unit) if unit else None
    return None


@cache
def _forms() -> list[tuple[re.Pattern[str], str]]:
    """Patterns of a sign, a count and a unit; each with the sign where none is written."""
    count, unit, no_sign = r"([0-9]{1,9}(?:\.[0-9]{1,6})?|an?|one|two|three)", r"([a-z]{1,8})", "()"
    forms = (
        (rf"now\s*([-+−–])\s*{count}\s*{unit}(?:\s*/\s*[a-z]+)?", ""),
        (rf"{no_sign}{count}\s*{unit}\s+ago", "-"),
        (rf"{no_sign}(?:last|past)\s+(?:{count}\s+)?{unit}", "-"),
        (rf"{no_sign}next\s+(?:{count}\s+)?{unit}", "+"),
        (rf"{no_sign}in\s+{count}\s*{unit}", "+"),
        (rf"([-+]?)\s*{count}\s*{unit}", "-"),
    )
    return [(re.compile(pattern, re.IGNORECASE), sign) for pattern, sign in forms]


def _spelled(sign: str, count: str, unit: str) -> str | None:
    whole, _, fraction = count.partition(".")
    if not fraction.strip("0"):
        return f"now{sign}{int(whole)}{unit}"
    if unit not in _SMALLER:
        return None
    smaller, many = _SMALLER[unit]
    scaled = int(whole + fraction) * many
    parts = 10 ** len(fraction)
    return None if scaled % parts else f"now{sign}{scaled // parts}{smaller}"


def is_name_of_date(name: str) -> bool:
    """Whether a field of which nothing is known has a name that dates have."""
    words = r"last|first|created|modified|updated|signup|birth"
    endings = r"ts|at|on|date|time|timestamp|day"
    return _is_named(name, rf"_?(?:{words}).*|(?:.*_)?(?:{endings})")


def is_name_of_past(name: str) -> bool:
    """Whether the name of a field says that it happened: ``lastvisit_ts``, ``created``."""
    ending = "(?:_?(?:ts|at|on|date|time))?"
    return _is_named(name, rf"_?(?:(?:last|first)_?(?:{_EVENTS})|{_DONE}){ending}")


def _is_named(name: str, pattern: str) -> bool:
    own_part = name.rpartition(".")[2][:_LONGEST]
    return re.fullmatch(pattern, own_part, re.IGNORECASE) is not None
