"""Paths as other programs take them: with forward slashes, and in Unicode."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import quote

from segql.source import SourceFile

_STDIN = "<stdin>"


def shown_path(source: SourceFile) -> str:
    """The path of a text for a report, ``<stdin>`` where it has none."""
    return encodable(PurePath(source.path or _STDIN).as_posix())


def uri(source: SourceFile, kind: type[PurePath] = PurePath) -> str:
    """The path of a text as a URI reference (RFC 3986): relative, or ``file:`` when absolute.

    ``kind`` says whose paths they are, this machine's if nothing else is said.
    """
    path = kind(source.path or _STDIN)
    if not path.is_absolute():
        return quote(_as_bytes(path.as_posix()))
    quoted = quote(_as_bytes(path.as_posix()), safe="/:")
    return f"file://{quoted}" if quoted.startswith("/") else f"file:///{quoted}"


def encodable(text: str) -> str:
    """A path, or a text with one, as UTF-8 can hold it: a byte that is no UTF-8 as ``\\xff``."""
    return _as_bytes(text).decode("utf-8", "backslashreplace")


def _as_bytes(path: str) -> bytes:
    """The bytes of a file's name; half of a surrogate pair, as Windows allows it, is spelt out."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return path.encode("utf-8", "backslashreplace")
