"""PORT011 quoted-segment: the server refuses a segment in quotation marks.

INCLUDE takes a name, not a text: `INCLUDE vip`, or `` INCLUDE `my vip` `` where the name needs
quotes.
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.formatter import UnsayableError
from segql.formatter.spelling import segment
from segql.linter.rewriting import forms, rewrite
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile
from segql.workspace import Workspace


def check(workspace: Workspace) -> Iterator[tuple[ParsedFile, Diagnostic]]:
    """Report each INCLUDE of a name in quotation marks."""
    for file, form in forms(workspace, "quoted-segment"):
        if isinstance(form.node, n.Name) and form.node.value:
            yield file, _problem(file, form, form.node.value)


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
