"""LIKE: a pattern against a whole text, in time linear in the text whatever the pattern.

Wildcards: ``*`` and ``%`` are any run and ``?`` one character, none with a slash in it; ``**`` and
``%%`` are any run at all; ``[a-c]`` and ``[^x]`` are one character of a set, or not of it.

The patterns that people write are a comparison, a prefix, a suffix or a search. For all others the
places in the pattern that a stretch of text can have reached are the bits of one number, and each
character moves all of them on at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import contains, eq
from typing import NamedTuple


class Like(NamedTuple):
    """What tells whether a text is like a pattern; of a simple one, ``part`` is all of it."""

    is_so: Callable[[str, str], bool]
    part: str = ""

    def __call__(self, text: str) -> bool:
        """Whether a text is like the pattern."""
        return self.is_so(text, self.part)


_RUNS = {"*": False, "%": False, "**": True, "%%": True}  # and whether they cross a slash
_WILDCARDS = frozenset("*%?")
_LONGEST_REMEMBERED = 1_000  # characters


def like(pattern: str) -> Like:
    """What tells whether a text is like a pattern."""
    return _remembered(pattern) if len(pattern) <= _LONGEST_REMEMBERED else _compile(pattern)


def _compile(pattern: str) -> Like:
    tokens = [*_tokens(pattern)]
    return _simple(tokens) or _any_other(tokens)


_remembered = lru_cache(maxsize=256)(_compile)  # a pattern can be the value of a field


def _tokens(pattern: str) -> Iterator[str]:
    """Wildcards and single characters."""
    last_end = pattern.rfind("]")  # so that an open bracket is not searched for over and over
    place = 0
    while place < len(pattern):
        length = 2 if pattern[place : place + 2] in _RUNS else 1
        if pattern[place] == "[" and place < last_end:
            length = _length_of_set(pattern, place)
        yield pattern[place : place + length]
        place += length


def _length_of_set(pattern: str, place: int) -> int:
    """With brackets; 1 for an empty set, which is a bracket like any other character."""
    length = pattern.index("]", place) - place + 1
    return length if pattern[place : place + length] not in ("[]", "[^]") else 1


def _is_literal(token: str) -> bool:
    return len(token) == 1 and token not in _WILDCARDS


def _simple(tokens: list[str]) -> Like | None:
    """A test for a pattern of literal characters and a run or two; None for another pattern."""
    places = [place for place, token in enumerate(tokens) if not _is_literal(token)]
    if any(tokens[place] not in _RUNS for place in places):
        return None
    if not places:
        return Like(eq, "".join(tokens))
    if len(places) == 1:
        place = places[0]
        return _ends("".join(tokens[:place]), "".join(tokens[place + 1 :]), _RUNS[tokens[place]])
    if places == [0, len(tokens) - 1]:
        return _around("".join(tokens[1:-1]), _RUNS[tokens[0]], _RUNS[tokens[-1]])
    return None


def _ends(prefix: str, suffix: str, crosses: bool) -> Like:
    if crosses and not suffix:
        return Like(str.startswith, prefix)
    if crosses and not prefix:
        return Like(str.endswith, suffix)
    shortest, start, behind = len(prefix) + len(suffix), len(prefix), len(suffix)

    def test(text: str, _: str) -> bool:
        return (
            text.startswith(prefix)
            and text.endswith(suffix)
            and len(text) >= shortest
            and (crosses or text.find("/", start, len(text) - behind) < 0)
        )

    return Like(test)


def _around(part: str, crosses_before: bool, crosses_behind: bool) -> Like | None:
    if crosses_before and crosses_behind:
        return Like(contains, part)
    if crosses_before or crosses_behind or "/" in part:
        return None
    return Like(_is_around, part)


def _is_around(text: str, part: str) -> bool:
    return part in text and "/" not in text


class _Set(NamedTuple):
    ranges: tuple[tuple[str, str], ...]
    is_negated: bool

    def has(self, char: str) -> bool:
        return any(low <= char <= high for low, high in self.ranges) != self.is_negated


def _set(token: str) -> _Set:
    inner = token[1:-1]
    is_negated = inner.startswith("^")
    return _Set(tuple(_ranges(inner.removeprefix("^"))), is_negated)


def _ranges(inner: str) -> Iterator[tuple[str, str]]:
    place = 0
    while place < len(inner):
        is_range = inner[place + 1 : place + 2] == "-" and place + 2 < len(inner)
        yield inner[place], inner[place + 2 if is_range else place]
        place += 3 if is_range else 1


def _any_other(tokens: list[str]) -> Like:
    """Bit ``i`` of a number stands for a text that fits the first ``i`` characters of the pattern.

    A run is no character: it keeps the bit that it stands at.
    """
    taken: dict[str, int] = {}  # a single character or set, and the places that it stands at
    runs = {False: 0, True: 0}
    place = 0
    for token in tokens:
        if token in _RUNS:
            runs[_RUNS[token]] |= 1 << place
        else:
            taken[token] = taken.get(token, 0) | 1 << place
            place += 1
    end = 1 << place
    one = taken.pop("?", 0)
    sets = [(_set(token), bits) for token, bits in taken.items() if len(token) > 1]
    kept = {False: runs[False] | runs[True], True: runs[True]}

    def moves(char: str) -> int:
        bits = taken.get(char, 0) | (0 if char == "/" else one)
        for chars, places in sets:
            if chars.has(char):
                bits |= places
        return bits

    def test(text: str, _: str) -> bool:
        moved = {char: (moves(char), kept[char == "/"]) for char in set(text)}
        reached = 1
        for char in text:
            move, keep = moved[char]
            reached = (reached & move) << 1 | reached & keep
            if not reached:
                return False
        return bool(reached & end)

    return Like(test)
