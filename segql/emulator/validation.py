"""The one door to the language: what the emulator asks the parser and the compiler."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from segql import CompileError, SourceFile, Statement, parse
from segql import compile as compile_statement


class Invalid(ValueError):
    """The text is not one valid statement; the message is `line:column reason`, both from 1."""


@lru_cache(maxsize=1024)
def read_statement(text: str) -> Statement:
    """Parse a text that is exactly one statement.

    Raises:
        Invalid: it has a mistake, of which the first is told, or it is none or several statements.
    """
    parsed = parse(text)
    mistake = next((each for each in parsed.diagnostics if each.severity == "error"), None)
    if mistake:
        raise _invalid(parsed.source, mistake.span.start, mistake.message)
    if not parsed.statements:
        raise _invalid(parsed.source, 0, "there is no statement")
    first, *others = parsed.statements
    if others:
        raise _invalid(parsed.source, others[0].start, "a second statement, where one is taken")
    return first


def read_payload(text: str) -> Mapping[str, object]:
    """Compile a text that is exactly one statement to the fields of its segment.

    Raises:
        Invalid: as `read_statement`, and also for a statement without an ALIAS or with a WITH
            option of another type.
    """
    statement = read_statement(text)
    try:
        return compile_statement(statement)
    except CompileError as error:
        mistake = error.diagnostics[0]
        raise _invalid(SourceFile(text), mistake.span.start, mistake.message) from error


def is_valid(text: str) -> bool:
    """Whether a text is one valid statement."""
    try:
        read_statement(text)
    except Invalid:
        return False
    return True


def _invalid(source: SourceFile, offset: int, reason: str) -> Invalid:
    line, column = source.position(offset)
    return Invalid(f"{line}:{column} {reason}")
