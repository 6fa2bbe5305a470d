"""An OR of which one phrase always matches, whatever the field holds: `visitct = 1, visitct != 1`.
The whole OR matches everybody; somebody meant to leave profiles out.

The fix takes the OR out of the AND it stands in, or writes `*` where it is the whole filter. It is
unsafe: see first whether one of the phrases was meant otherwise.

`visitct > 3, visitct <= 3` is not reported: a profile without the field matches neither. Nor is
`is_member, NOT is_member`, which cannot be evaluated without the field; a phrase and its negation
are reported only where they can be evaluated for every profile. Two `!=` are reported by
not-equal-or.

Bad::

    FILTER AND (EXISTS email, OR (visitct = 1, visitct != 1)) ALIAS mailed

    FILTER OR (EXISTS email, NOT EXISTS email) ALIAS everybody

    FILTER OR (country = "US", NOT country = "US", is_member) ALIAS members

Good::

    FILTER OR (visitct > 3, visitct <= 3) ALIAS counted

    FILTER OR (is_member, NOT is_member) ALIAS asked

    FILTER OR (visitct = 1, country != "US") ALIAS others
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Edit, diagnostic
from segql.linter.alike import likenesses
from segql.linter.edits import behind, fix, without_phrase
from segql.linter.facts import Fact, Group, belongs, groups, is_datelike
from segql.linter.phrases import always_decides, phrases_of, shown
from segql.linter.rewriting import before, has_comment
from segql.linter.rules.not_equal_or import apart
from segql.linter.scope import Scope
from segql.syntax import nodes as n

_FILTER = re.compile(r"(?<![\w.@/-])filter\Z", re.IGNORECASE)


def check(statement: n.Statement, scope: Scope) -> Iterator[Diagnostic]:
    """Report each OR that always matches, at the phrase that makes it so."""
    for node, parent in phrases_of(scope):
        if type(node) is n.Or:
            found = _pair(node, scope)
            if found:
                yield _problem(node, parent, *found, scope)


def always_matches(node: n.Or, scope: Scope) -> bool:
    """Whether an OR leaves nobody out, here or after not-equal-or."""
    return _pair(node, scope) is not None or any(map(apart, groups(node.phrases, scope)))


def _pair(node: n.Or, scope: Scope) -> tuple[n.Phrase, n.Phrase] | None:
    """Two phrases, one of which always matches."""
    return _opposites(node, scope) or _equal_or_not(node, scope)


def _opposites(node: n.Or, scope: Scope) -> tuple[n.Phrase, n.Phrase] | None:
    """A phrase and its negation, of which one matches whenever they can be evaluated."""
    if not scope.all(n.Not):
        return None
    seen: dict[tuple[int, bool], n.Phrase] = {}
    for position, (first, is_negated) in likenesses(node.phrases, scope):
        phrase = node.phrases[position]
        opposite = seen.get((first, not is_negated))
        if opposite is not None and always_decides(phrase, scope):
            return opposite, phrase
        seen.setdefault((first, is_negated), phrase)
    return None


def _equal_or_not(node: n.Or, scope: Scope) -> tuple[n.Phrase, n.Phrase] | None:
    for group in groups(node.phrases, scope):
        seen: dict[tuple[n.LiteralValue, bool], Fact] = {}
        for fact in group.facts:
            if fact.operator not in ("=", "!=") or not _is_comparable(fact, group):
                continue
            opposite = seen.get((fact.value, fact.operator != "="))
            if opposite is not None:
                return opposite.phrase, fact.phrase
            seen[fact.value, fact.operator == "="] = fact
    return None


def _is_comparable(fact: Fact, group: Group) -> bool:
    """Whether `=` and `!=` of this value are opposites in a field that it belongs in."""
    value = fact.value
    if group.type is None:  # a text that is no bool is no bool's opposite, a set has many dates
        return not isinstance(value, n.Boolean | n.Null) and not is_datelike(value)
    return belongs(value, group.type)


def _problem(
    node: n.Or, parent: n.Phrase | None, one: n.Phrase, other: n.Phrase, scope: Scope
) -> Diagnostic:
    message = f"either {shown(one)} or this always matches: the OR leaves nobody out"
    help = "change one of the two, or remove the OR"
    made = fix("remove the OR", [_edit(node, parent, scope)], is_safe=False)
    return diagnostic("tautology", other.start, other.end, message, help, made)


def _edit(node: n.Or, parent: n.Phrase | None, scope: Scope) -> Edit | None:
    if isinstance(parent, n.And) and len(parent.phrases) > 1:
        index = next(i for i, phrase in enumerate(parent.phrases) if phrase is node)
        return without_phrase(scope.file, parent, index)
    above = before(scope.file, node.start)
    is_in_line = "\n" not in scope.text[scope.statement.start : node.start]
    if parent is not None or not is_in_line or not _FILTER.search(above):
        return None
    if has_comment(scope.file, node.start, node.end):
        return None
    space = " " if behind(scope.file, node.end)[:1].isalpha() else ""
    is_stuck = scope.text[node.end : node.end + 1].isalpha()
    return Edit(node.start, node.end, "*" + space * is_stuck)
