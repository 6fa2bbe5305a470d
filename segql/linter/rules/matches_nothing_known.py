"""A profile of which nothing is known matches. A missing field matches `!=` and every NOT, and so
`country != "US"` finds the people of other countries together with everybody whose country nobody
knows; there may be more of these.

The fix puts `EXISTS` before the phrase, where it speaks of one field. It is unsafe, for fewer
profiles match.

A filter is followed as the server evaluates it. What a function says of a missing field, and what
another segment says, is not known: such filters are not reported. Nor is `FILTER *`, and nor is
`NOT EXISTS country`, nor an OR with it: it speaks of the missing field on purpose.

Bad::

    FILTER country != "US" ALIAS abroad

    FILTER OR (visitct > 5, plan NOT IN ("free", "trial")) ALIAS paying

    FILTER email != NULL ALIAS reachable

Good::

    FILTER AND (EXISTS country, country != "US") ALIAS abroad

    FILTER AND (visitct > 5, plan NOT IN ("free", "trial")) ALIAS paying

    FILTER NOT EXISTS country ALIAS placeless

    FILTER NOT INCLUDE staff ALIAS public
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from segql.diagnostics import Diagnostic, Edit, diagnostic
from segql.linter.comparisons import compared
from segql.linter.edits import fix, in_place, inserted
from segql.linter.guards import has_negation, said_to_be_missing
from segql.linter.known import MATCH_ALL
from segql.linter.phrases import phrases_of, shown
from segql.linter.rules.tautology import always_matches
from segql.linter.scope import Scope
from segql.syntax import nodes as n
from segql.syntax.walk import walk

# What a phrase may say of a profile without fields: a set of verdicts, as bits.
_TRUE: Final = 1
_FALSE: Final = 2
_NONE: Final = 4  # it cannot be evaluated
_UNKNOWN: Final = _TRUE | _FALSE | _NONE


def check(statement: n.Statement, scope: Scope) -> Iterator[Diagnostic]:
    """Report the phrase that lets a profile without fields match."""
    path = _guilty_path(scope)
    if path and not any(isinstance(p, n.Or) and always_matches(p, scope) for p in path):
        yield _problem(path[-1], scope)


def culprit(scope: Scope) -> n.Phrase | None:
    """The phrase that makes a profile without fields match; None where nothing does."""
    path = _guilty_path(scope)
    return path[-1] if path else None


def _guilty_path(scope: Scope) -> list[n.Phrase]:
    """The way from a filter to the phrase that is guilty, which is the filter where several are."""
    return scope.once(_path, scope.statement.filter)


def _path(phrase: n.Phrase, scope: Scope) -> list[n.Phrase]:
    if not _may_match(scope) or verdicts(phrase) != _TRUE:
        return []
    path = [phrase]
    while len(guilty := _guilty(path[-1])) == 1:
        path += guilty
    return path if _fields(path[-1]) else []


def _may_match(scope: Scope) -> bool:
    """Whether anything in a statement is sure to match such a profile; in most there is nothing."""
    if has_negation(scope) or any(not node.phrases for node in scope.all(n.And)):
        return True
    fields = (phrase for phrase, _ in phrases_of(scope) if isinstance(phrase, n.Identifier))
    return any(_is_everything(field.name) for field in fields)


def _guilty(phrase: n.Phrase) -> list[n.Phrase]:
    """The parts of an OR each of which makes it match."""
    match phrase:
        case n.Or(phrases):
            return [part for part in phrases if verdicts(part) == _TRUE]
        case _:
            return []


def _fields(phrase: n.Phrase) -> list[n.Identifier]:
    """The fields that the guilty parts of a phrase speak of."""
    nodes = (node for part in _guilty(phrase) or [phrase] for node in walk(part))
    found = (node for node in nodes if isinstance(node, n.Identifier))
    return list(dict.fromkeys(field for field in found if not _is_everything(field.name)))


def _problem(phrase: n.Phrase, scope: Scope) -> Diagnostic:
    fields = _fields(phrase)
    message = "this matches profiles without any field: what is missing matches `!=` and NOT"
    help = "ask for a field as well: `AND (EXISTS ..., ...)`"
    made = None
    if len(fields) == 1:
        field = fields[0]
        message = f"this matches whoever has no {shown(field)}, and so profiles without any field"
        help = f"ask for the field as well, with {shown(n.Exists(field), 'EXISTS')}"
        parts = _guilty(phrase) or [phrase]
        made = fix("ask for the field", [_guarded(p, field, scope) for p in parts], is_safe=False)
    return diagnostic("matches-nothing-known", phrase.start, phrase.end, message, help, made)


def _guarded(phrase: n.Phrase, field: n.Identifier, scope: Scope) -> Edit | None:
    """The edit that asks for a field before a phrase."""
    exists = n.Exists(field)
    if isinstance(phrase, n.And) and phrase.phrases:
        return inserted(scope.file, phrase, phrase.phrases[0], exists)
    return in_place(scope.file, phrase, n.And((exists, phrase)))


def verdicts(phrase: n.Phrase) -> int:
    """What a phrase may say of a profile without fields."""
    match phrase:
        case n.And((one,)) | n.Or((one,)):
            return verdicts(one)
        case n.And(phrases):
            return _all_of(phrases)
        case n.Or(phrases):
            return _any_of(phrases)
        case n.Not(inner):
            return _opposite(verdicts(inner))
        case n.Comparison():
            return _compared(phrase)
        case n.Membership(n.Identifier(), _, n.Array() | n.String()):
            return _FALSE
        case n.Between(n.Identifier(name)) if not _is_everything(name):
            return _NONE
        case n.Identifier(name):
            return _TRUE if _is_everything(name) else _NONE
        case _:
            return _UNKNOWN


def _all_of(phrases: tuple[n.Phrase, ...]) -> int:
    found, goes_on = 0, True
    for phrase in phrases:
        said = verdicts(phrase)
        found |= said & ~_TRUE
        goes_on = bool(said & _TRUE)
        if not goes_on:
            break
    return found | _TRUE * goes_on


def _any_of(phrases: tuple[n.Phrase, ...]) -> int:
    if any(name for part in phrases for name in said_to_be_missing(part)):
        return _UNKNOWN
    found = [verdicts(phrase) for phrase in phrases]
    if _TRUE in found:
        return _TRUE
    return _FALSE | _TRUE * any(said & _TRUE for said in found)


def _opposite(said: int) -> int:
    turned = _FALSE * bool(said & _TRUE) | _TRUE * bool(said & _FALSE)
    return turned | said & _NONE


def _compared(comparison: n.Comparison) -> int:
    for found in compared(comparison):
        if isinstance(found.operand, n.Identifier):
            return _TRUE if found.operator == "!=" else _FALSE
    return _UNKNOWN


def _is_everything(name: str) -> bool:
    return name.lower() == MATCH_ALL
