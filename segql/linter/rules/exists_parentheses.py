"""PORT007 exists-parentheses: the server refuses parentheses behind EXISTS.

EXISTS is an operator, not a function: `EXISTS a`, not `EXISTS(a)`.
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.rewriting import canonical, forms, rewrite
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile
from segql.workspace import Workspace


def check(workspace: Workspace) -> Iterator[tuple[ParsedFile, Diagnostic]]:
    """Report each EXISTS whose operand stands in parentheses."""
    for file, form in forms(workspace, "exists-parentheses"):
        if isinstance(form.node, n.Exists):
            text = canonical(form.node)
            help = f"write `{text}`" if text else "leave the parentheses out"
            start, end = form.node.start, form.node.end
            fix = rewrite(file, help, start, end, text)
            message = "the server refuses parentheses behind EXISTS"
            yield file, diagnostic("exists-parentheses", start, end, message, help, fix)
