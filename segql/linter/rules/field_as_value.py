"""PORT013 field-as-value: a word without quotation marks is a field, not a text.

`name = Bob` compares two fields of the profile, and `last_visit > now-3d` asks for a field of that
name. Texts and dates stand in double quotes: `name = "Bob"`, `last_visit > "now-3d"`. In single
quotes and in square brackets a word is a field as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic
from segql.formatter import UnsayableError
from segql.formatter.spelling import string
from segql.linter.rewriting import nodes
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile
from segql.workspace import Workspace

_DATE_MATH = re.compile(r"now([+-]\w+)?")
# Numbers and dates of two fields are compared on purpose; texts of two fields hardly ever are.
_TEXT_OPERATORS = frozenset(("=", "!=", "CONTAINS", "LIKE"))


def check(workspace: Workspace) -> Iterator[tuple[ParsedFile, Diagnostic]]:
    """Report each field on the right of an operator that looks like a text or a date."""
    for file, right in likely_texts(workspace):
        yield file, _problem(right)


def likely_texts(workspace: Workspace) -> Iterator[tuple[ParsedFile, n.Identifier]]:
    """The fields on the right of an operator that were likely meant as texts, with their files."""
    for file, node in nodes(workspace, n.Comparison):
        match node:
            case n.Comparison(n.Identifier(), operator, n.Identifier() as right):
                if _is_likely_text(file, operator, right):
                    yield file, right
            case _:
                pass


def _is_likely_text(file: ParsedFile, operator: str, right: n.Identifier) -> bool:
    """Whether a field on the right of an operator was likely meant as a text."""
    is_quoted = file.source.text[right.start] in "'["
    if is_quoted or _DATE_MATH.fullmatch(right.name):
        return True
    return operator in _TEXT_OPERATORS and "." not in right.name


def _problem(right: n.Identifier) -> Diagnostic:
    message = f"this compares with the field `{right.name}`, not with a text"
    try:
        text = string(right.name)
    except UnsayableError:
        help = "a text goes in double quotes"
        return diagnostic("field-as-value", right.start, right.end, message, help)
    fix = Fix("unsafe", f"write `{text}`", (Edit(right.start, right.end, text),))
    help = f"did you mean `{text}`?"
    return diagnostic("field-as-value", right.start, right.end, message, help, fix)
