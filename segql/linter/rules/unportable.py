"""PORT001, PORT002: well-formed texts that have no form the server reads as we do."""

from __future__ import annotations

from collections.abc import Iterator

from segql.compiler.portable import unsayable
from segql.diagnostics import Diagnostic
from segql.workspace import Segment, Workspace


def check(workspace: Workspace) -> Iterator[tuple[Segment, Diagnostic]]:
    """Report what compiling would refuse."""
    for segment in workspace.segments:
        for problem in unsayable(segment.statement):
            yield segment, problem
