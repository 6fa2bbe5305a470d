"""PORT010 parenthesised-value: the server refuses a value in parentheses.

`a > (1)` is refused, `a > 1` is not. Around arithmetic parentheses may stay.
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.rewriting import canonical, forms, rewrite
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile
from segql.workspace import Workspace


def check(workspace: Workspace) -> Iterator[tuple[ParsedFile, Diagnostic]]:
    """Report each single value or field behind an operator that stands in parentheses."""
    for file, form in forms(workspace, "parenthesised-value"):
        if isinstance(form.node, n.Comparison):
            text = canonical(form.node.right)
            help = f"write `{text}`" if text else "leave the parentheses out"
            fix = rewrite(file, help, form.start, form.end, text)
            message = "the server refuses parentheses around a single value"
            yield file, diagnostic("parenthesised-value", form.start, form.end, message, help, fix)
