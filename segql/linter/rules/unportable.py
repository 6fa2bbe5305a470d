"""PORT001, PORT002: well-formed texts that have no form the server reads as we do."""

from __future__ import annotations

from collections.abc import Iterator

from segql.compiler.portable import unsayable
from segql.diagnostics import Diagnostic
from segql.syntax.parser import ParsedFile
from segql.workspace import Workspace


def check(workspace: Workspace) -> Iterator[tuple[ParsedFile, Diagnostic]]:
    """Report what compiling would refuse."""
    for segment in workspace.segments:
        for problem in unsayable(segment.statement):
            yield segment.file, problem
