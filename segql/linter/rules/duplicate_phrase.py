"""The same phrase stands twice in an AND or an OR. The second says nothing that the first has not
said; often it was copied to be changed, and then forgotten.

The fix removes it. Where an OR of two becomes its only phrase it is unsafe: what an OR cannot
evaluate it takes for no match, and a phrase that stands alone cannot.

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
from segql.linter.edits import fix, without_phrase
from segql.linter.phrases import always_decides, is_bare, is_true_or_false
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(node: n.And | n.Or, scope: Scope) -> Iterator[Diagnostic]:
    """Report each phrase that stands before in the same list."""
    seen: set[n.Phrase] = set()
    for index, phrase in enumerate(node.phrases):
        if phrase in seen:
            yield _problem(node, index, scope)
        seen.add(phrase)


def _problem(node: n.And | n.Or, index: int, scope: Scope) -> Diagnostic:
    phrase = node.phrases[index]
    is_safe = len(node.phrases) > 2 or _may_stand_alone(node, phrase, scope)
    made = fix("remove it", [without_phrase(scope.file, node, index)], is_safe)
    message = "this phrase stands in the list already"
    help = "remove it, or write what it should have become"
    return diagnostic("duplicate-phrase", phrase.start, phrase.end, message, help, made)


def _may_stand_alone(node: n.And | n.Or, phrase: n.Phrase, scope: Scope) -> bool:
    """Whether a phrase says alone what it says twice in a list."""
    if isinstance(node, n.Or):
        return always_decides(phrase, scope)
    return not is_bare(phrase) or is_true_or_false(phrase, scope)
