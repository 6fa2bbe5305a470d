"""Which phrases of a list are equal, or negate each other."""

from __future__ import annotations

from typing import NamedTuple

from segql.linter.scope import Scope
from segql.syntax import nodes as n

_WITH_LEFT = (n.Comparison, n.Membership)
_WITH_OPERAND = (n.Between, n.Exists)


class Likeness(NamedTuple):
    """What a phrase of a list says or negates: equal phrases of it have equal ones."""

    first: int  # the position where it, or its negation, stands first
    is_negated: bool


def likenesses(phrases: tuple[n.Phrase, ...], scope: Scope) -> list[Likeness]:
    """What each phrase of a list says; nothing where no two of them are alike."""
    return scope.once(_likenesses, phrases)


def _likenesses(phrases: tuple[n.Phrase, ...], _: Scope) -> list[Likeness]:
    alike: dict[object, list[int]] = {}
    for position, phrase in enumerate(phrases):
        alike.setdefault(_subject(phrase), []).append(position)
    if len(alike) == len(phrases):  # so it is in most lists
        return []
    inner = [phrase.phrase if isinstance(phrase, n.Not) else phrase for phrase in phrases]
    firsts = [*range(len(phrases))]
    for positions in alike.values():
        if len(positions) > 1:
            known: dict[n.Phrase, int] = {}
            for position in positions:
                firsts[position] = known.setdefault(inner[position], position)
    negated = [isinstance(phrase, n.Not) for phrase in phrases]
    return [*map(Likeness, firsts, negated)]


def _subject(phrase: n.Phrase) -> object:
    """What is the same of equal phrases, and of a phrase and its negation, at a glance."""
    while isinstance(phrase, n.Not):
        phrase = phrase.phrase
    operand: n.Node = phrase
    if isinstance(phrase, _WITH_LEFT):
        operand = phrase.left
    elif isinstance(phrase, _WITH_OPERAND):
        operand = phrase.operand
    if isinstance(operand, n.Identifier):
        return operand.name
    return operand.segment.value if isinstance(operand, n.Include) else type(operand)
