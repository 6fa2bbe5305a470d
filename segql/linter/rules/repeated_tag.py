"""The same tag twice in one segment.

Tags are a set: the second one says nothing. Either it was copied, or another tag was meant. The fix
removes it. Tags that differ in case are two tags, and are not reported.

Bad::

    FILTER orders > 10 WITH tags = ["vip", "email", "vip"] ALIAS vip

    FILTER orders > 10 WITH {"tags": ["email", "email"]} ALIAS vip

Good::

    FILTER orders > 10 WITH tags = ["vip", "email"] ALIAS vip

    FILTER orders > 10 WITH {"tags": ["email"]} ALIAS vip
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.metadata import item_spans, shown, texts_in
from segql.linter.rewriting import rewrite
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(option: n.Option, scope: Scope) -> Iterator[Diagnostic]:
    """Report each tag that stands further left already."""
    tags = texts_in(option, "tags")
    if len(set(tags)) == len(tags):
        return
    spans, seen = item_spans(option, scope.text), set[str]()
    for index, (tag, span) in enumerate(zip(tags, spans, strict=True)):
        if tag in seen:
            fix = rewrite(scope.file, "remove it", spans[index - 1].end, span.end, "")
            message, help = f"the tag {shown(tag)} stands here twice", "remove one of the two"
            yield diagnostic("repeated-tag", span.start, span.end, message, help, fix)
        seen.add(tag)
