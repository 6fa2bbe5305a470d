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
_OTHER_QUOTES = "'["


def check(statement: n.Statement, scope: Scope) -> Iterator[Diagnostic]:
    """Report each name in single quotes or brackets that backticks, or no quotes, can hold."""
    place = statement.start, statement.end
    if not any(scope.text.find(quote, *place) >= 0 for quote in _OTHER_QUOTES):
        return
    names = [*_quoted(scope)]
    if not names:
        return
    comparisons = scope.all(n.Comparison)
    reported = {id(likely_text(node, scope)) for node in comparisons}  # by field-as-value
    for node in sorted(names, key=lambda node: node.start):
        if isinstance(node, n.Name):
            yield from _misquoted(node, node.value, segment, scope)
        elif id(node) not in reported:
            yield from _misquoted(node, node.name, name, scope)


def _quoted(scope: Scope) -> Iterator[n.Identifier | n.Name]:
    """The names in single quotes or brackets."""
    # Quotes are no part of a name: one that is as long as its text has none.
    fields = [node for node in scope.all(n.Identifier) if len(node.name) < node.end - node.start]
    names = [node for node in scope.all(n.Name) if len(node.value) < node.end - node.start]
    for node in (*fields, *names):
        written = scope.text[node.start : node.end]
        if not written.startswith('"') and _has_other_quotes(written):
            yield node


def _misquoted(
    node: n.Node, value: str, spell: Callable[[str], str], scope: Scope
) -> Iterator[Diagnostic]:
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
    if not any(quote in written for quote in _OTHER_QUOTES):
        return False
    rest = _IN_BACKTICKS.sub("", written)
    return any(quote in rest for quote in _OTHER_QUOTES)
