"""PORT008 is-null: the server loses the field of IS NULL.

`a IS NULL` and `a IS NOT NULL` are read without the `a`. The comparison with NULL is read as it is
written: `a = NULL`, `a != NULL`.
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.rewriting import forms, rewrite
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile
from segql.workspace import Workspace


def check(workspace: Workspace) -> Iterator[tuple[ParsedFile, Diagnostic]]:
    """Report each IS NULL and IS NOT NULL."""
    for file, form in forms(workspace, "is-null"):
        if isinstance(form.node, n.Comparison):
            text = f"{form.node.operator} NULL"
            help = f"write `{text}`"
            fix = rewrite(file, help, form.start, form.end, text)
            message = "the server loses the field before IS"
            yield file, diagnostic("is-null", form.start, form.end, message, help, fix)
