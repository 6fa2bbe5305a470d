"""`country != "US"` matches whoever has no country as well. In an AND that asks for the field, with
`EXISTS country` or by another comparison, it cannot; here nothing asks for it.

The fix asks for the field before the phrase. It is unsafe, for fewer profiles match: often those
without the field are wanted. Then suppress this rule, or leave it off as it is.

`NOT EXISTS country` is not reported, for it speaks of the missing field on purpose; nor is a
negation in an OR with it. Of a negated list nothing is said. What lets everybody match of whom
nothing is known is reported by matches-nothing-known alone.

Bad::

    FILTER AND (visitct > 5, country != "US") ALIAS regulars_abroad

    FILTER AND (EXISTS email, NOT plan IN ("free", "trial")) ALIAS paying

Good::

    FILTER AND (visitct > 5, EXISTS country, country != "US") ALIAS regulars_abroad

    FILTER AND (email LIKE "*@example.com", email != "info@example.com") ALIAS people

    FILTER AND (visitct > 5, OR (NOT EXISTS country, country != "US")) ALIAS maybe_abroad
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Edit, diagnostic
from segql.linter.comparisons import compared
from segql.linter.edits import fix, in_place, inserted
from segql.linter.guards import Guarded, guarded_phrases, has_negation
from segql.linter.phrases import shown
from segql.linter.rules.matches_nothing_known import culprit
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(statement: n.Statement, scope: Scope) -> Iterator[Diagnostic]:
    """Report each negation that matches a missing field that nothing else asks for."""
    if not has_negation(scope):
        return
    reported = culprit(scope)
    for found in guarded_phrases(scope):
        field = _negated_field(found.phrase)
        if field is None or (reported and reported.start <= found.phrase.start < reported.end):
            continue
        if not found.guards.have(field.name):
            yield _problem(found, field, scope)


def _negated_field(phrase: n.Phrase) -> n.Identifier | None:
    """The field that a negation compares, where it matches a profile without the field."""
    if isinstance(phrase, n.Comparison):
        return _compared_field(phrase) if phrase.operator == "!=" else None
    match phrase:
        case n.Not(n.Comparison(operator=operator) as comparison) if operator != "!=":
            return _compared_field(comparison)
        case n.Not(n.Membership(n.Identifier() as field, _, n.Array() | n.String())):
            return field
        case _:
            return None


def _compared_field(comparison: n.Comparison) -> n.Identifier | None:
    fields = (found.operand for found in compared(comparison))
    return next((field for field in fields if isinstance(field, n.Identifier)), None)


def _problem(found: Guarded, field: n.Identifier, scope: Scope) -> Diagnostic:
    phrase, exists = found.phrase, n.Exists(field)
    message = f"this matches whoever has no {shown(field)} as well"
    text = shown(exists)
    help = f"ask for the field too, with {text}, unless they are wanted"
    made = fix(f"add {text}", [_edit(found, exists, scope)], is_safe=False)
    return diagnostic("unguarded-negation", phrase.start, phrase.end, message, help, made)


def _edit(found: Guarded, exists: n.Exists, scope: Scope) -> Edit | None:
    if isinstance(found.parent, n.And):
        return inserted(scope.file, found.parent, found.phrase, exists)
    return in_place(scope.file, found.phrase, n.And((exists, found.phrase)))
