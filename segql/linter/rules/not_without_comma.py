"""PORT003 not-without-comma: the server joins a NOT to the phrase before it.

Between the phrases of a list the comma may be left out. On one line, `AND (EXISTS a NOT EXISTS b)`
is nevertheless read as NOT EXISTS a: the NOT goes to the phrase before. A comma keeps it where it
is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.rewriting import forms, rewrite
from segql.syntax.parser import ParsedFile
from segql.workspace import Workspace


def check(workspace: Workspace) -> Iterator[tuple[ParsedFile, Diagnostic]]:
    """Report each NOT that follows a phrase on its line without a comma between."""
    for file, form in forms(workspace, "not-without-comma"):
        start = form.node.start
        message = "the server would negate the phrase before this NOT"
        help = "write a comma before NOT"
        fix = rewrite(file, help, form.start, form.start, ",")
        yield file, diagnostic("not-without-comma", start, start + len("NOT"), message, help, fix)
