"""PORT018 trailing-comma: behind the last value of IN or of a function no comma may stand.

Between phrases commas are free; between values the server's grammar has none too many.
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic
from segql.linter.rewriting import forms
from segql.syntax.parser import ParsedFile
from segql.workspace import Workspace


def check(workspace: Workspace) -> Iterator[tuple[ParsedFile, Diagnostic]]:
    """Report each comma before the closing bracket of IN, INTERSECTS or a function."""
    for file, form in forms(workspace, "trailing-comma"):
        fix = Fix("safe", "remove the comma", (Edit(form.start, form.end, ""),))
        message = "the server's grammar has no comma behind the last value"
        help = "remove the comma"
        yield file, diagnostic("trailing-comma", form.start, form.end, message, help, fix)
