"""`AND (a, AND (b, c))` is `AND (a, b, c)`, and likewise with OR. The inner list looks as if it
made a difference.

The fix takes the inner list away and leaves its phrases where they are. It is safe: the phrases
are looked at in the same order, and the first that does not match decides.

An OR in an AND is another matter, and so is a list of one, which list-of-one reports.

Bad::

    FILTER AND (EXISTS email, AND (visitct > 5, is_member)) ALIAS members

    FILTER country = "US" OR (country = "CA" OR is_member) ALIAS known

Good::

    FILTER AND (EXISTS email, visitct > 5, is_member) ALIAS members

    FILTER AND (EXISTS email, OR (visitct > 5, is_member)) ALIAS known
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.edits import fix, in_place, is_list, keyword, unwrapped
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(node: n.And | n.Or, scope: Scope) -> Iterator[Diagnostic]:
    """Report each list that stands in a list of its kind."""
    if type(node) not in map(type, node.phrases):  # so it is in most lists
        return
    for index, inner in enumerate(node.phrases):
        if isinstance(inner, type(node)) and min(len(inner.phrases), len(node.phrases)) > 1:
            yield _problem(node, index, inner, scope)


def _problem(node: n.And | n.Or, index: int, inner: n.And | n.Or, scope: Scope) -> Diagnostic:
    word = type(node).__name__.upper()
    if is_list(scope.file, node) and is_list(scope.file, inner):
        edits = unwrapped(scope.file, inner)
    else:
        phrases = (*node.phrases[:index], *inner.phrases, *node.phrases[index + 1 :])
        edits = [in_place(scope.file, node, n.And(phrases) if word == "AND" else n.Or(phrases))]
    made = fix(f"take the inner {word} away", edits, is_safe=True)
    message = f"{word} in {word}: its phrases can stand in the outer one"
    help = f"take the inner {word} away"
    return diagnostic("nested-list", *keyword(scope.file, inner), message, help, made)
