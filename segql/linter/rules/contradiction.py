"""Two phrases of an AND that no profile matches together, and so nobody matches the AND.

`country = "US", country = "DE"` asks for one country that is both. Mostly OR was meant, which `IN`
says shorter. Two bounds that lie apart, `visitct > 5, visitct < 3`, often have their signs turned.
There is no fix, for nobody but the author knows what was meant.

A phrase and its own negation are reported whatever they are, and so is a comparison with a value
beside `NOT EXISTS`. Values and bounds are reported where a field can have one value only: not of
fields that the catalog calls sets or maps, and of fields that no catalog knows not two `IN`, which
ask for any item, and not two dates, for each of which a set of dates may have one. Other
comparisons cannot be evaluated for sets, so nobody matches them in any case. Segments are reported
by include-and-not, date math by windows-apart.

Bad::

    FILTER AND (country = "US", country = "DE") ALIAS both_markets

    FILTER AND (visitct > 5, visitct < 3) ALIAS regulars

    FILTER AND (city = "Oslo", EXISTS email, city NOT IN ("Oslo", "Bergen")) ALIAS oslo

    FILTER AND (NOT EXISTS email, email = "info@example.com") ALIAS without_email

    FILTER is_member AND NOT is_member ALIAS half_members

Good::

    FILTER country IN ("US", "DE") ALIAS both_markets

    FILTER AND (visitct > 3, visitct < 5) ALIAS regulars

    FILTER AND (interests IN ("ski"), interests IN ("golf")) ALIAS ski_and_golf

    FILTER AND (logins > "2026-05-01", logins < "2026-01-01") ALIAS came_back

    FILTER OR (visitct > 5, visitct < 3) ALIAS extremes
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.alike import likenesses
from segql.linter.facts import Group, groups
from segql.linter.logic import excludes, extremes
from segql.linter.phrases import conjunctions, included_in, shown
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(statement: n.Statement, scope: Scope) -> Iterator[Diagnostic]:
    """Report each phrase that excludes one before it in the same AND."""
    for phrases in conjunctions(scope):
        found = dict(_opposites(phrases, scope))
        for group in groups(phrases, scope):
            for earlier, later in _exclusive(group):
                found.setdefault(later, earlier)
        for later in sorted(found):
            yield _problem(phrases[later], phrases[found[later]])


def _opposites(phrases: tuple[n.Phrase, ...], scope: Scope) -> Iterator[tuple[int, int]]:
    """Positions of phrases whose opposite stands before them, each with that of the opposite."""
    if not scope.all(n.Not):
        return
    seen: dict[tuple[int, bool], int] = {}
    for position, (first, is_negated) in likenesses(phrases, scope):
        opposite = seen.get((first, not is_negated))
        if opposite is not None and not _is_of_segment(phrases[position]):
            yield position, opposite
        seen.setdefault((first, is_negated), position)


def _is_of_segment(phrase: n.Phrase) -> bool:
    """Whether include-and-not tells of a phrase and its negation."""
    return included_in(phrase.phrase if isinstance(phrase, n.Not) else phrase) is not None


def _exclusive(group: Group) -> Iterator[tuple[int, int]]:
    narrowest = extremes(group.facts, is_narrowest=True)
    for fact in group.facts:
        for other in narrowest:
            if other is not fact and excludes(fact, other, group.type):
                first, second = sorted((fact.position, other.position))
                yield first, second
                break


def _problem(phrase: n.Phrase, other: n.Phrase) -> Diagnostic:
    message = f"no profile matches both {shown(other)} and this: nobody matches"
    help = "write OR where one of them is enough, else remove the one that is wrong"
    match other, phrase:
        case n.Comparison(operator="="), n.Comparison(operator="="):
            help = "write `IN`, or OR, where one of the values is enough"
        case _:
            pass
    return diagnostic("contradiction", phrase.start, phrase.end, message, help)
