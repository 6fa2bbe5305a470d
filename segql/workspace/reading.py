"""Read files: what is not UTF-8 text becomes a diagnostic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from segql.diagnostics import diagnostic
from segql.source import SourceFile

if TYPE_CHECKING:
    from segql.syntax.parser import ParsedFile


def read_file(path: Path) -> ParsedFile:
    """Read a file; what is not UTF-8 text becomes a diagnostic. Raises ``OSError``."""
    content = path.read_bytes()
    return read_bytes(content, str(path))


def read_bytes(content: bytes, path: str) -> ParsedFile:
    """Decode and parse; an optional byte order mark is passed over."""
    from segql.syntax.parser import ParsedFile, parse  # not where everything is remembered

    try:
        return parse(_decoded(content), path)
    except ValueError as error:
        message = f"this is not a text file: {error}"
        problem = diagnostic("not-text", 0, 0, message, "save it as UTF-8")
        return ParsedFile(SourceFile("", path), (), (), (problem,))


def source_of(content: bytes, path: str) -> SourceFile:
    """The text that `read_bytes` reads; "" where it is none."""
    try:
        return SourceFile(_decoded(content), path)
    except ValueError:
        return SourceFile("", path)


def _decoded(content: bytes) -> str:
    """The text of a file. Raises ``ValueError``, with the reason, where it is none."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start + 1} is not UTF-8") from None
    if "\0" in text:
        raise ValueError("it holds NUL bytes")
    return text
