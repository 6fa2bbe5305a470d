"""PORT014 name-quotes: single quotes and square brackets quote names, never texts.

`'first name'` and `[first name]` are the field, as `` `first name` `` is. Whoever knows SQL reads
a text in single quotes; backticks cannot be taken for anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.formatter import UnsayableError
from segql.formatter.spelling import name, segment
from segql.linter.rewriting import nodes, rewrite
from segql.linter.rules.field_as_value import likely_texts
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile
from segql.workspace import Workspace

_IN_BACKTICKS = re.compile(r"`[^`\n]*`")
_OTHER_QUOTES = re.compile(r"['\[]")


def check(workspace: Workspace) -> Iterator[tuple[ParsedFile, Diagnostic]]:
    """Report each name in single quotes or brackets that backticks, or no quotes, can hold."""
    reported = {id(node) for _, node in likely_texts(workspace)}  # by field-as-value
    for file, node in nodes(workspace, n.Node):
        if id(node) not in reported:
            yield from _misquoted(file, node)


def _misquoted(file: ParsedFile, node: n.Node) -> Iterator[tuple[ParsedFile, Diagnostic]]:
    match node:
        case n.Identifier(value):
            spell = name
        case n.Name(value):
            spell = segment
        case _:
            return
    written = file.source.text[node.start : node.end]
    if written.startswith('"') or not _has_other_quotes(written):
        return
    try:
        text = spell(value)
    except UnsayableError:
        return
    if not _has_other_quotes(text):  # else the name has a backtick in it
        help = f"write `` {text} ``" if "`" in text else f"write `{text}`"
        fix = rewrite(file, help, node.start, node.end, text)
        message = "this is a name, not a text: only double quotes make a text"
        yield file, diagnostic("name-quotes", node.start, node.end, message, help, fix)


def _has_other_quotes(written: str) -> bool:
    return _OTHER_QUOTES.search(_IN_BACKTICKS.sub("", written)) is not None
