"""PORT007 exists-parentheses: the server refuses parentheses behind EXISTS.

EXISTS is an operator, not a function: `EXISTS a`, not `EXISTS(a)`.
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Edit, diagnostic
from segql.formatter.flat import flat
from segql.linter.rewriting import forms, rewrite
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile
from segql.syntax.walk import is_whole
from segql.workspace import Workspace


def check(workspace: Workspace) -> Iterator[tuple[ParsedFile, Diagnostic]]:
    """Report each EXISTS whose operand stands in parentheses."""
    for file, form in forms(workspace, "exists-parentheses"):
        if isinstance(form.node, n.Exists) and is_whole(form.node):
            text = f" {flat(form.node.operand)}"
            help = f"write `EXISTS{text}`"
            fix = rewrite(file, help, Edit(form.start, form.end, text))
            message = "the server refuses parentheses behind EXISTS"
            start, end = form.node.start, form.node.end
            yield file, diagnostic("exists-parentheses", start, end, message, help, fix)
