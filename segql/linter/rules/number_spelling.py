"""PORT017 number-spelling: a number is spelled in a way that other readers of it may not know.

Signs, zeros and points that say nothing (`+1`, `007`, `.5`, `1.`) and a large `E` are read here;
what is sent is the plain spelling (`1`, `7`, `0.5`, `1e5`).
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.rewriting import forms, rewrite
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile
from segql.workspace import Workspace


def check(workspace: Workspace) -> Iterator[tuple[ParsedFile, Diagnostic]]:
    """Report each number whose spelling is not the one that is sent."""
    for file, form in forms(workspace, "number-spelling"):
        if isinstance(form.node, n.Number):
            help = f"write `{form.node.text}`"
            fix = rewrite(file, help, form.start, form.end, form.node.text)
            message = "the server may refuse or misread this spelling of a number"
            yield file, diagnostic("number-spelling", form.start, form.end, message, help, fix)
