"""A field stands twice in WITH, and only the last one is sent.

The first is lost without a word, though its author believes that it holds. It comes from lines that
were copied, or from two people who added the same field. Upper and lower case make no difference in
keys.

The fix removes the first. It is safe where both say the same; where they differ it has to be asked
for, for the first may be the one that was meant. No fix loses a comment.

Bad::

    FILTER orders > 10 WITH name = "VIP", tags = ["vip"], name = "VIP customers" ALIAS vip

    FILTER orders > 10 WITH {"is_public": true, "is_public": true} ALIAS vip

Good::

    FILTER orders > 10 WITH name = "VIP customers", tags = ["vip"] ALIAS vip

    FILTER orders > 10 WITH {"is_public": true} ALIAS vip
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic
from segql.linter.metadata import key_of, shown
from segql.linter.rewriting import has_comment
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(clause: n.With, scope: Scope) -> Iterator[Diagnostic]:
    """Report each field of which another one follows."""
    last = {key_of(option): option for option in clause.options}
    for option, following in zip(clause.options, clause.options[1:], strict=False):
        kept = last[key_of(option)]
        if kept is not option:
            key = shown(option.key.value)
            message = f"{key} stands twice in WITH, and only the last one is sent"
            fix = _fix(option, following, kept, scope)
            start, end = option.start, option.end
            yield diagnostic("repeated-option", start, end, message, "keep one of the two", fix)


def _fix(option: n.Option, following: n.Option, kept: n.Option, scope: Scope) -> Fix | None:
    """Remove the text up to the field that follows."""
    if has_comment(scope.file, option.start, following.start):
        return None
    is_same = repr(option.value) == repr(kept.value)  # 1 is not true
    edit = Edit(option.start, following.start, "")
    return Fix("safe" if is_same else "unsafe", "remove this one", (edit,))
