"""Whoever matches another phrase of the list matches this one as well, and so it changes nothing.
In an AND it is the weaker of the two: of `visitct > 3, visitct > 5` the first. In an OR it is the
stronger: of `visitct > 3, visitct > 5` the second.

The fix removes it. It is unsafe where the list would no longer stop at a phrase that cannot be
evaluated when it stopped before: where an AND has the weaker phrase first and others between. It
can be unsafe where a list of two becomes its only phrase: see duplicate-phrase.

`EXISTS a` beside a comparison of `a` is not reported: it turns away an explicit null, for which
`a > 5` cannot be evaluated. Nor are dates compared with `=` where the field may hold texts, which
have no order.

Bad::

    FILTER AND (visitct > 3, visitct > 5) ALIAS regulars

    FILTER OR (lastvisit_ts > "now-7d", lastvisit_ts > "now-30d", is_member) ALIAS recent

    FILTER AND (country = "US", country != "DE", EXISTS email) ALIAS american

    FILTER AND (visitct BETWEEN 5 AND 10, visitct > 1) ALIAS some

Good::

    FILTER visitct > 5 ALIAS regulars

    FILTER OR (lastvisit_ts > "now-30d", is_member) ALIAS recent

    FILTER AND (EXISTS visitct, visitct > 5) ALIAS guarded

    FILTER AND (visitct > 3, visitct < 5) ALIAS some
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.alike import remains_list
from segql.linter.edits import fix, without_phrase
from segql.linter.facts import Fact, Group, groups
from segql.linter.logic import extremes, fail_alike, implies
from segql.linter.phrases import always_decides, may_stand_alone, shown
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(node: n.And | n.Or, scope: Scope) -> Iterator[Diagnostic]:
    """Report each phrase that another one of the list makes idle."""
    is_and = isinstance(node, n.And)
    for group in groups(node.phrases, scope):
        others = extremes(group.facts, is_narrowest=is_and)
        for fact in group.facts:
            reason = next((o for o in others if _is_idle(fact, o, group, is_and)), None)
            if reason is not None:
                yield _problem(node, fact, reason, scope)


def _is_idle(fact: Fact, other: Fact, group: Group, is_and: bool) -> bool:
    """Whether a fact changes nothing beside another; of two that say the same, the second."""
    if fact.is_negated or other.is_negated or fact is other:
        return False
    one, two = (other, fact) if is_and else (fact, other)
    if not implies(one, two, group.type) or fact.phrase == other.phrase:
        return False  # duplicate-phrase reports equal ones
    return fact.position > other.position or not implies(two, one, group.type)


def _problem(node: n.And | n.Or, fact: Fact, reason: Fact, scope: Scope) -> Diagnostic:
    phrase, other = fact.phrase, shown(reason.phrase)
    if isinstance(node, n.And):
        message = f"whoever matches {other} matches this too"
        is_safe = _stops_alike(fact, reason)
        is_alone = may_stand_alone
    else:
        message = f"whoever matches this matches {other} too"
        is_safe = True
        is_alone = always_decides
    left = (reason.phrase,) if len(node.phrases) == 2 else node.phrases
    stays = remains_list(node.phrases, scope) or all(is_alone(p, scope) for p in left)
    made = fix("remove it", [without_phrase(scope.file, node, fact.position)], is_safe and stays)
    help = "remove it: it changes nothing"
    return diagnostic("implied-phrase", phrase.start, phrase.end, message, help, made)


def _stops_alike(fact: Fact, reason: Fact) -> bool:
    """Whether an AND stops as it did, and at what it stopped at, without a fact."""
    is_next = fact.position + 1 == reason.position
    return reason.position < fact.position or (is_next and fail_alike(fact, reason))
