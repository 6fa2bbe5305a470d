"""Names of files for segments: safe on every system, and no two of them the same on any.

A slug is any text. What is not a plain letter, digit, `_`, `-` or dot inside is written as in an
address, `%2F` for a slash; so no name leads out of its folder, is hidden, or means a device.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import count

# Devices of Windows, whatever stands behind the first dot, and folders that nobody looks into.
_RESERVED = frozenset(
    (
        *("con", "prn", "aux", "nul", "node_modules", "__pycache__"),
        *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
    )
)
_LONGEST = 100  # bytes of a stem: most systems take 255, of which others need some


class FileNames:
    """Stems of files that are not given twice.

    Systems differ in what they take for the same name, so upper and lower case, and characters that
    look the same, make no difference here.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {_key(name) for name in taken}

    def new(self, prefix: str, slug: str, suffix: str) -> str:
        """A free path: a prefix such as a folder, a stem made from the slug, and a suffix."""
        path = next(
            path
            for stem in _stems(slug)
            if _key(path := f"{prefix}{stem}{suffix}") not in self._taken
        )
        self._taken.add(_key(path))
        return path


def stem(slug: str) -> str:
    """A slug, or any other text, as the name of a file or folder without a suffix."""
    pieces = [char if _is_plain(char) else _escaped(char) for char in slug.lower()]
    if pieces and pieces[0] in (".", "-"):  # it would be hidden, or be taken for an option
        pieces[0] = _escaped(pieces[0])
    if pieces and pieces[-1] == ".":  # some systems drop it
        pieces[-1] = _escaped(".")
    if "".join(pieces).partition(".")[0] in _RESERVED:
        pieces[0] = _escaped(pieces[0])
    return _cut(pieces) or "_"


def _stems(slug: str) -> Iterator[str]:
    first = stem(slug)
    yield first
    yield from (f"{first}-{number}" for number in count(2))


def _is_plain(char: str) -> bool:
    if char in "_-.":
        return True
    return char.isalnum() and unicodedata.normalize("NFKC", char) == char == char.casefold()


def _escaped(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))


def _cut(pieces: list[str]) -> str:
    """As many whole pieces as a name may be long."""
    length = 0
    for index, piece in enumerate(pieces):
        length += len(piece.encode())
        if length > _LONGEST:
            return "".join(pieces[:index]).rstrip(".")
    return "".join(pieces)


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
