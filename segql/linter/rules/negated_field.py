"""`NOT is_member` finds those who are known to be no members. Who has no `is_member` at all cannot
be evaluated, and so does not match: often these are most of the profiles that are no members.

The fix writes `OR (NOT is_member, NOT EXISTS is_member)`, which finds both. It is unsafe, for more
profiles match.

Where the AND around it asks for the field, or the OR around it has `NOT EXISTS is_member`, nothing
is reported: somebody thought of those without it. Nor is a field that the catalog says is no bool.

Bad::

    FILTER NOT is_member ALIAS no_members

    FILTER AND (EXISTS email, NOT is_member) ALIAS reachable_no_members

Good::

    FILTER OR (NOT is_member, NOT EXISTS is_member) ALIAS no_members

    FILTER AND (EXISTS is_member, NOT is_member) ALIAS known_no_members

    FILTER is_member != true ALIAS anybody_else
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Edit, diagnostic
from segql.linter.edits import fix, in_place, inserted
from segql.linter.facts import type_of
from segql.linter.guards import Guarded, guarded_phrases
from segql.linter.known import MATCH_ALL
from segql.linter.phrases import shown
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(statement: n.Statement, scope: Scope) -> Iterator[Diagnostic]:
    """Report each NOT of a field alone that nothing else asks for."""
    if not any(isinstance(node.phrase, n.Identifier) for node in scope.all(n.Not)):
        return
    for found in guarded_phrases(scope):
        match found.phrase:
            case n.Not(n.Identifier(name) as field) if name.lower() != MATCH_ALL:
                type = type_of(field, scope)
                if not found.guards.have(name) and (type is None or type.name == "bool"):
                    yield _problem(found, field, scope)
            case _:
                pass


def _problem(found: Guarded, field: n.Identifier, scope: Scope) -> Diagnostic:
    phrase = found.phrase
    new = n.Or((phrase, n.Not(n.Exists(field))))
    message = f"this passes over whoever has no {shown(field)}"
    help = f"write {shown(new, 'NOT EXISTS as well')} to find them too"
    made = fix("find them too", [_edit(found, new, scope)], is_safe=False)
    return diagnostic("negated-field", phrase.start, phrase.end, message, help, made)


def _edit(found: Guarded, new: n.Or, scope: Scope) -> Edit | None:
    if isinstance(found.parent, n.Or):
        return inserted(scope.file, found.parent, found.phrase, new.phrases[1])
    return in_place(scope.file, found.phrase, new)
