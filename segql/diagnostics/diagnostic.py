"""The typed form of a problem, and of the edits that mend it."""

from __future__ import annotations

from typing import Literal

import msgspec

from segql.diagnostics.codes import CODES, Severity
from segql.source import Span


class Edit(msgspec.Struct, frozen=True):
    """Replace the text from ``start`` to ``end`` (offsets, end excluded) by ``text``."""

    start: int
    end: int
    text: str


class Fix(msgspec.Struct, frozen=True):
    """Edits that mend a problem; ``unsafe`` ones may change what the segment means."""

    applicability: Literal["safe", "unsafe"]
    message: str
    edits: tuple[Edit, ...]


class Diagnostic(msgspec.Struct, frozen=True, kw_only=True):
    """One problem in one text: ``message`` says what and why, ``help`` what to do."""

    code: str
    name: str
    severity: Severity
    message: str
    help: str
    span: Span
    fix: Fix | None = None

    @property
    def is_error(self) -> bool:
        """Whether the text cannot be used while this problem stands."""
        return self.severity == "error"


def diagnostic(
    name: str, start: int, end: int, message: str, help: str, fix: Fix | None = None
) -> Diagnostic:
    """Make a diagnostic of a kind in `CODES`; a name that is not there raises ``KeyError``."""
    code = CODES[name]
    return Diagnostic(
        code=code.code,
        name=name,
        severity=code.severity,
        message=message,
        help=help,
        span=Span(start, end),
        fix=fix,
    )
