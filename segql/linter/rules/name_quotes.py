"""Single quotes and square brackets quote names, never texts.

`'first name'` and `[first name]` are the field, as `` `first name` `` is. Whoever knows SQL reads a
text in single quotes, and a list in brackets; backticks cannot be taken for anything else. The fix
writes them, or no quotes at all where the name needs none. The meaning stays the same.

A quoted word on the right of an operator is most likely a text: that is another rule,
field-as-value.

Bad::

    FILTER 'Web hit' > 3 ALIAS web_hits

    FILTER counts.[Web hit] > 3 ALIAS web_hits

    FILTER visitct > 5 ALIAS 'regulars'

Good::

    FILTER `Web hit` > 3 ALIAS web_hits

    FILTER counts.`Web hit` > 3 ALIAS web_hits

    FILTER country IN ["US", "CA"] ALIAS north_america
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.formatter import UnsayableError
from segql.formatter.spelling import name, segment
from segql.linter.rewriting import rewrite
from segql.linter.rules.field_as_value import likely_text
from segql.linter.scope import Scope
from segql.syntax import nodes as n

_IN_BACKTICKS = re.compile(r"`[^`\n]*`")
_OTHER_QUOTES = re.compile(r"['\[]")


def check(statement: n.Statement, scope: Scope) -> Iterator[Diagnostic]:
    """Report each name in single quotes or brackets that backticks, or no quotes, can hold."""
    if not _OTHER_QUOTES.search(scope.text, statement.start, statement.end):
        return
    comparisons = scope.all(n.Comparison)
    reported = {id(likely_text(node, scope)) for node in comparisons}  # by field-as-value
    for node in scope.nodes:
        if isinstance(node, n.Identifier) and id(node) not in reported:
            yield from _misquoted(node, node.name, name, scope)
        elif isinstance(node, n.Name):
            yield from _misquoted(node, node.value, segment, scope)


def _misquoted(
    node: n.Node, value: str, spell: Callable[[str], str], scope: Scope
) -> Iterator[Diagnostic]:
    written = scope.text[node.start : node.end]
    if written.startswith('"') or not _has_other_quotes(written):
        return
    try:
        text = spell(value)
    except UnsayableError:
        return
    if not _has_other_quotes(text):  # else the name has a backtick in it
        help = f"write `` {text} ``" if "`" in text else f"write `{text}`"
        fix = rewrite(scope.file, help, node.start, node.end, text)
        message = "this is a name, not a text: only double quotes make a text"
        yield diagnostic("name-quotes", node.start, node.end, message, help, fix)


def _has_other_quotes(written: str) -> bool:
    return _OTHER_QUOTES.search(_IN_BACKTICKS.sub("", written)) is not None
