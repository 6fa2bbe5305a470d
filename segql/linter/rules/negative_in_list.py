"""The server refuses negative numbers among the values of a list.

`score IN (-1)` is refused, `score IN ("-1")` is not, and a number equals the same number in a text.
The fix writes it so, and so does compiling. Behind any other operator a negative number is fine.

Bad::

    FILTER score IN (-1, 0, 1) ALIAS undecided

    FILTER visitct NOT IN (-99) ALIAS counted

Good::

    FILTER score IN ("-1", 0, 1) ALIAS undecided

    FILTER visitct != -99 ALIAS counted
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.compiler.emission import is_negative
from segql.diagnostics import Diagnostic, diagnostic
from segql.formatter.spelling import string
from segql.linter.rewriting import rewrite
from segql.linter.scope import Scope
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile


def check(array: n.Array, scope: Scope) -> Iterator[Diagnostic]:
    """Report each negative number in the brackets of IN and INTERSECTS."""
    for item in array.items:
        if isinstance(item, n.Number) and is_negative(item):
            yield _problem(scope.file, item)


def _problem(file: ParsedFile, item: n.Number) -> Diagnostic:
    text = string(item.text)
    help = f"write it as a text, which compares equal: `{text}`"
    fix = rewrite(file, f"write `{text}`", item.start, item.end, text)
    message = "the server refuses a negative number in a list of values"
    return diagnostic("negative-in-list", item.start, item.end, message, help, fix)
