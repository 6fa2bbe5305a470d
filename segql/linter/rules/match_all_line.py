"""PORT012 match-all-line: the server refuses `*` on a later line than FILTER.

Anything else may stand on the next line, but `FILTER *` must be on one.
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.rewriting import forms, rewrite
from segql.syntax.parser import ParsedFile
from segql.workspace import Workspace


def check(workspace: Workspace) -> Iterator[tuple[ParsedFile, Diagnostic]]:
    """Report each `*` that stands on a later line than its FILTER."""
    for file, form in forms(workspace, "match-all-line"):
        help = "write `FILTER *` on one line"
        fix = rewrite(file, help, form.start, form.end, " ")
        message = "the server refuses `*` on a later line than FILTER"
        start, end = form.node.start, form.node.end
        yield file, diagnostic("match-all-line", start, end, message, help, fix)
