"""PORT016 missing-filter: the server wants FILTER before every filter.

The vendor's examples leave it out, and segql reads them; what is pasted into the web form or sent
by another tool is refused without it.
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic
from segql.linter.rewriting import forms
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile
from segql.workspace import Workspace


def check(workspace: Workspace) -> Iterator[tuple[ParsedFile, Diagnostic]]:
    """Report each statement that begins without FILTER."""
    for file, form in forms(workspace, "missing-filter"):
        if isinstance(form.node, n.Statement):
            message = "the server refuses a statement without FILTER"
            help = "begin with FILTER"
            fix = Fix("safe", "write FILTER", (Edit(form.start, form.start, "FILTER "),))
            end = form.node.filter.end
            yield file, diagnostic("missing-filter", form.start, end, message, help, fix)
