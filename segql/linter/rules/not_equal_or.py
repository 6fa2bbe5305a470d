"""`country != "US" OR country != "CA"` matches everybody: what is "US" is not "CA", and the other
way round. Who writes it means AND: neither the one nor the other.

The fix writes AND. It is unsafe, for then not everybody matches; `NOT IN` says the same shorter.

The two values must differ in every field: `1` and `"1"` may be the same, and so may two dates that
are written in different ways. `NOT country = "US"` counts as `country != "US"`.

Bad::

    FILTER country != "US" OR country != "CA" ALIAS overseas

    FILTER OR (visitct != 0, NOT visitct = 1) ALIAS regulars

    FILTER OR (status != "new", is_member, status != "gone") ALIAS known

Good::

    FILTER country != "US" AND country != "CA" ALIAS overseas

    FILTER visitct NOT IN (0, 1) ALIAS regulars

    FILTER country != "US" OR city != "Boston" ALIAS others
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Edit, diagnostic
from segql.linter.edits import fix, in_place, is_list, keyword
from segql.linter.facts import Fact, Group, belongs, groups
from segql.linter.logic import differ
from segql.linter.phrases import shown
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(node: n.Or, scope: Scope) -> Iterator[Diagnostic]:
    """Report each operand that an OR asks to differ from two values."""
    for group in groups(node.phrases, scope):
        pair = apart(group)
        if pair is not None:
            yield _problem(node, group, *pair, scope)


def apart(group: Group) -> tuple[Fact, Fact] | None:
    """Two facts, not equal to one value and not equal to another, one of which always matches."""
    found = [f for f in group.facts if f.operator == "!=" and belongs(f.value, group.type)]
    for other in found[1:]:
        if differ(found[0].value, other.value, group.type):
            return found[0], other
    return None


def _problem(node: n.Or, group: Group, first: Fact, other: Fact, scope: Scope) -> Diagnostic:
    phrase, values = other.phrase, [shown(fact.value) for fact in (first, other)]
    message = f"nothing is both {values[0]} and {values[1]}: this OR matches everybody"
    help = "write AND, or `NOT IN`, to leave out each of them"
    made = fix("write AND", [_edit(node, group, scope)], is_safe=False)
    return diagnostic("not-equal-or", phrase.start, phrase.end, message, help, made)


def _edit(node: n.Or, group: Group, scope: Scope) -> Edit | None:
    """AND in the place of OR, or of those phrases of it that are meant."""
    positions = [fact.position for fact in group.facts if fact.operator == "!="]
    if len(positions) == len(node.phrases):
        if is_list(scope.file, node):
            return Edit(*keyword(scope.file, node), "AND")
        return in_place(scope.file, node, n.And(node.phrases))
    together = n.And(tuple(node.phrases[position] for position in positions))
    others = [(i, phrase) for i, phrase in enumerate(node.phrases) if i not in set(positions)]
    rows = sorted([(positions[0], together), *others], key=lambda row: row[0])
    return in_place(scope.file, node, n.Or(tuple(phrase for _, phrase in rows)))
