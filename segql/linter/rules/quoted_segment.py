"""The server refuses a segment in quotation marks.

INCLUDE takes a name, not a text: `INCLUDE vip`, or `` INCLUDE `my vip` `` where the name needs
quotes. The fix writes it so, as compiling does. The function `in_segment("vip")` is what takes a
text.

Bad::

    FILTER INCLUDE "active_users" ALIAS members

    FILTER AND (EXISTS email, NOT INCLUDE "on hold") ALIAS contactable

Good::

    FILTER INCLUDE active_users ALIAS members

    FILTER AND (EXISTS email, NOT INCLUDE `on hold`) ALIAS contactable
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.formatter import UnsayableError
from segql.formatter.spelling import segment
from segql.linter.rewriting import rewrite
from segql.linter.scope import Scope
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile


def check(form: n.Form, scope: Scope) -> Iterator[Diagnostic]:
    """Report each INCLUDE of a name in quotation marks."""
    if isinstance(form.node, n.Name) and form.node.value:
        yield _problem(scope.file, form, form.node.value)


def _problem(file: ParsedFile, form: n.Form, slug: str) -> Diagnostic:
    message = "the server refuses a segment in quotation marks"
    try:
        text = segment(slug)
    except UnsayableError:
        help = "give the segment a name that some quotes can hold"
        return diagnostic("quoted-segment", form.start, form.end, message, help)
    help = f"write `INCLUDE {text}`"
    fix = rewrite(file, help, form.start, form.end, text)
    return diagnostic("quoted-segment", form.start, form.end, message, help, fix)
