"""PORT009 negative-in-list: the server refuses negative numbers among the values of a list.

`a IN (-1)` is refused, `a IN ("-1")` is not, and a number equals the same number in a text.
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.compiler.portable import is_negative
from segql.diagnostics import Diagnostic, diagnostic
from segql.formatter.spelling import string
from segql.linter.rewriting import nodes, rewrite
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile
from segql.workspace import Workspace


def check(workspace: Workspace) -> Iterator[tuple[ParsedFile, Diagnostic]]:
    """Report each negative number in the brackets of IN and INTERSECTS."""
    for file, array in nodes(workspace, n.Array):
        for item in array.items:
            if isinstance(item, n.Number) and is_negative(item):
                yield file, _problem(file, item)


def _problem(file: ParsedFile, item: n.Number) -> Diagnostic:
    text = string(item.text)
    help = f"write it as a text, which compares equal: `{text}`"
    fix = rewrite(file, f"write `{text}`", item.start, item.end, text)
    message = "the server refuses a negative number in a list of values"
    return diagnostic("negative-in-list", item.start, item.end, message, help, fix)
