"""The same phrase stands twice in an AND or an OR. The second says nothing that the first has not
said; often it was copied to be changed, and then forgotten.

The fix removes it. Where a list of two becomes its only phrase it can be unsafe: an OR takes for
no match what cannot be evaluated, and an AND cannot go on with a field that holds no bool, nor with
the order of two texts, neither of which matches alone.

Two phrases are the same when they say the same, however they are written: `a == 1` is `a = 1`. A
phrase is not compared with those of lists around its own.

Bad::

    FILTER AND (EXISTS email, visitct > 5, EXISTS email) ALIAS regulars

    FILTER country = "US" OR country = "US" ALIAS american

Good::

    FILTER AND (EXISTS email, visitct > 5) ALIAS regulars

    FILTER country = "US" OR country = "CA" ALIAS american
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.alike import Likeness, likenesses, remains_list
from segql.linter.edits import fix, without_phrase
from segql.linter.phrases import always_decides, may_stand_alone
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(node: n.And | n.Or, scope: Scope) -> Iterator[Diagnostic]:
    """Report each phrase that stands before in the same list."""
    seen: set[Likeness] = set()
    for index, likeness in likenesses(node.phrases, scope):
        if likeness in seen:
            yield _problem(node, index, scope)
        seen.add(likeness)


def _problem(node: n.And | n.Or, index: int, scope: Scope) -> Diagnostic:
    phrase = node.phrases[index]
    is_alone = always_decides if isinstance(node, n.Or) else may_stand_alone
    is_safe = remains_list(node.phrases, scope) or all(is_alone(p, scope) for p in node.phrases)
    made = fix("remove it", [without_phrase(scope.file, node, index)], is_safe)
    message = "this phrase stands in the list already"
    help = "remove it, or write what it should have become"
    return diagnostic("duplicate-phrase", phrase.start, phrase.end, message, help, made)
