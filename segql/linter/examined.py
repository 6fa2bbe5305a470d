"""What is kept of a file that was examined: enough to report it without reading it again."""

from __future__ import annotations

import msgspec

from segql.diagnostics import Diagnostic
from segql.workspace import Outline

SUPPRESSION_MARK = "segql:"  # what every suppression has in it


class Suppression(msgspec.Struct, frozen=True, array_like=True):
    """A comment that silences rules, and where."""

    rules: list[str]  # as they are written
    start: int  # of the comment
    end: int
    first: int  # what begins in this stretch of the text is silenced
    last: int  # included
    until: str | None  # the last day, as in 2027-01-31
    listed: tuple[int, int]  # where the rules stand
    removal: tuple[int, int] | None  # what goes with it; None where that would be too much


class Examined(msgspec.Struct, frozen=True, array_like=True):
    """All that a file says on its own."""

    problems: list[Diagnostic]
    outlines: list[Outline]
    suppressions: list[Suppression]
