"""A catalog from profiles: what their values say about the fields.

The memory that one field takes does not grow with the number of profiles.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from hashlib import blake2b

from segql.catalog import privacy
from segql.catalog.dates import parse_date
from segql.catalog.model import Field
from segql.catalog.shapes import entries, items
from segql.catalog.types import TYPES, UNKNOWN, FieldType

_REMEMBERED = 1000  # values of one field
_LONGEST = 100  # characters of a value that is remembered
_SAMPLE = 256  # hashes; the more, the better values are counted
_HASH_BYTES = 8
_SHORTEST_DATE = len("2015-04-01")
_GEO_NAME = re.compile(r"geo|location|lat_?lon|lat_?lng|coordinates|position", re.IGNORECASE)
_PLACE = re.compile(r"-?[0-9]{1,3}(\.[0-9]+)?, ?-?[0-9]{1,3}(\.[0-9]+)?")

# The kinds of values that were seen together -> the type that holds all of them.
_JOINED = {
    frozenset({"int", "number"}): "number",
    frozenset({"date", "string"}): "string",
    frozenset({"place", "string"}): "string",
    frozenset({"place"}): "geolocation",
}


def infer(profiles: Iterable[Mapping[str, object]]) -> list[Field]:
    """The fields of profiles (decoded JSON objects), sorted by name.

    A list is a set, an object a map; texts that are all dates are dates. Where values contradict
    each other, or there is none, nothing is said about the type. Which examples and keys are shown
    is decided by `segql.catalog.privacy`.
    """
    seen: dict[str, _Seen] = {}
    for profile in profiles:
        for name, value in profile.items():
            if not name:  # nothing can be said about it, nor can a segment name it
                continue
            seen.setdefault(name, _Seen(name)).add(value)
    return [seen[name].field() for name in sorted(seen)]


class _Counts:
    """How many profiles have a text; of very many texts only the frequent ones are remembered."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.seen = 0
        self._smallest: list[bytes] = []  # of the hashes of all texts, in order

    def add(self, text: str) -> None:
        """Count a text."""
        self.seen += 1
        if text in self.counts:
            self.counts[text] += 1
            return
        self._note(text)
        if len(text) <= _LONGEST:
            self.counts[text] = 1
            if len(self.counts) > _REMEMBERED:
                kept = sorted(self.counts.items(), key=lambda pair: -pair[1])
                self.counts = dict(kept[: _REMEMBERED // 2])

    @property
    def distinct(self) -> int:
        """How many texts there are: exactly where they are few, within some percent of many.

        Hashes lie evenly, so that the largest of the smallest ones tells how many there are.
        """
        if len(self._smallest) < _SAMPLE:
            return len(self._smallest)
        share = int.from_bytes(self._smallest[-1], "big") / 2 ** (8 * _HASH_BYTES)
        return round((_SAMPLE - 1) / share)

    def _note(self, text: str) -> None:
        found = blake2b(text.encode(errors="surrogatepass"), digest_size=_HASH_BYTES).digest()
        if len(self._smallest) == _SAMPLE and found >= self._smallest[-1]:
            return
        place = bisect_left(self._smallest, found)
        if self._smallest[place : place + 1] != [found]:
            self._smallest.insert(place, found)
            del self._smallest[_SAMPLE:]


class _Seen:
    """What was seen of one field."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._may_be_place = _GEO_NAME.search(name) is not None
        self._shapes: set[str] = set()
        self._kinds: set[str] = set()  # of the values, the items, or the values of the maps
        self._values = _Counts()
        self._keys = _Counts()

    def add(self, value: object) -> None:
        """Look at a value of the field; null and the empty text say nothing."""
        if value is None or value == "":
            return
        shape = _SHAPES.get(type(value), "scalar")
        self._shapes.add(shape)
        if shape == "map":
            for key, inner in entries(value).items():
                self._keys.add(key)
                self._kinds.update(self._kinds_of(inner))
            return
        inner = items(value) if shape == "set" else [value]
        for item in inner:
            self._kinds.update(self._kinds_of(item))
        for text in {str(item) for item in inner if type(item) in (str, int, float)}:
            self._values.add(text)

    def field(self) -> Field:
        found, values = self._type(), self._values
        is_shown = found.value in ("string", "int", "number") and found.shape != "map"
        distinct = values.distinct / max(1, values.seen)
        examples = privacy.examples(self._name, False, values.counts, distinct) if is_shown else []
        keys = privacy.keys(self._keys.counts) if found.shape == "map" else []
        return Field(self._name, found, examples=tuple(examples), keys=tuple(keys))

    def _type(self) -> FieldType:
        if len(self._shapes) != 1:
            return UNKNOWN
        (shape,) = self._shapes
        kinds = frozenset(self._kinds)
        value = _JOINED.get(kinds) or (next(iter(kinds)) if len(kinds) == 1 else "value")
        if shape != "scalar" and value == "geolocation":  # there are no sets and maps of places
            value = "string"
        return TYPES.get(_PREFIXES[shape] + value, UNKNOWN)

    def _kinds_of(self, value: object) -> list[str]:
        if isinstance(value, str):
            return [self._kind_of_text(value)] if value else []
        return [] if value is None else [_KINDS.get(type(value), "value")]

    def _kind_of_text(self, text: str) -> str:
        if self._may_be_place and _PLACE.fullmatch(text):
            return "place"
        # Digits alone can be a date as well as anything else.
        is_like_date = len(text) >= _SHORTEST_DATE and text[4] in "-/"
        return "date" if is_like_date and parse_date(text) else "string"


_SHAPES: dict[type, str] = {list: "set", dict: "map"}
_PREFIXES = {"scalar": "", "set": "[]", "map": "map[string]"}
_KINDS: dict[type, str] = {bool: "bool", int: "int", float: "number"}
