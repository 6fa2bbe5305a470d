"""Which phrases of a list speak of the same, are equal, or negate each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, Final, NamedTuple

from segql.linter.comparisons import LITERALS
from segql.linter.scope import Scope
from segql.syntax import nodes as n

# What a phrase speaks of: most speak of a field, on the left.
_OPERANDS: Final[dict[type, Callable[[Any], n.Operand]]] = {
    **dict.fromkeys((n.Comparison, n.Membership), attrgetter("left")),
    **dict.fromkeys((n.Between, n.Exists), attrgetter("operand")),
}
# The part of a node in which it most likely differs from others, until there is none.
_TELLING: Final[dict[type, Callable[[Any], object]]] = {
    **dict.fromkeys((n.Comparison, n.Membership, n.Arithmetic), attrgetter("right")),
    **dict.fromkeys((n.And, n.Or), lambda node: node.phrases[:1] and node.phrases[0]),
    n.Not: attrgetter("phrase"),
    n.Between: attrgetter("low"),
    n.Exists: attrgetter("operand"),
    n.Include: attrgetter("segment"),
    n.Call: lambda node: node.arguments[:1] and node.arguments[0],
    n.Array: lambda node: node.items[:1] and node.items[0],
    n.Identifier: attrgetter("name"),
    n.Number: attrgetter("text"),
    **dict.fromkeys((n.String, n.Name), attrgetter("value")),
}


class Likeness(NamedTuple):
    """What a phrase of a list says or negates: equal phrases of it have equal ones."""

    first: int  # the position where it, or its negation, stands first
    is_negated: bool


def likenesses(phrases: tuple[n.Phrase, ...], scope: Scope) -> list[tuple[int, Likeness]]:
    """The phrases that others are like: the position of each, in their order, and its likeness."""
    return scope.once(_likenesses, phrases)


def _likenesses(phrases: tuple[n.Phrase, ...], scope: Scope) -> list[tuple[int, Likeness]]:
    found: list[tuple[int, Likeness]] = []
    for positions in same_operand(phrases, scope):
        for near in _several(phrases, positions, _glance):
            for alike in _several(phrases, near, _inner):
                first = alike[0]
                found += [(at, Likeness(first, type(phrases[at]) is n.Not)) for at in alike]
    return sorted(found)


def remains_list(phrases: tuple[n.Phrase, ...], scope: Scope) -> bool:
    """Whether at least two phrases are left when those go that others make idle.

    Fixes of several rules are made at once: a list of three can lose two, and what stands alone in
    the end may say something else than it said in a list.
    """
    idle = sum(len(positions) - 1 for positions in same_operand(phrases, scope))
    return len(phrases) - idle > 1


def same_operand(phrases: tuple[n.Phrase, ...], scope: Scope) -> list[list[int]]:
    """The positions of phrases that may speak of the same operand, where several do."""
    return scope.once(_same_operand, phrases)


def _same_operand(phrases: tuple[n.Phrase, ...], _: Scope) -> list[list[int]]:
    return _several(phrases, range(len(phrases)), _operand)


def _several(
    phrases: tuple[n.Phrase, ...], positions: Iterable[int], key: Callable[[n.Phrase], object]
) -> list[list[int]]:
    """The positions whose phrases have a key in common with others."""
    found: dict[object, list[int]] = {}
    for position in positions:
        found.setdefault(key(phrases[position]), []).append(position)
    return [positions for positions in found.values() if len(positions) > 1]


def _operand(phrase: n.Phrase) -> object:
    """The name of the field that a phrase speaks of, or another operand; else its class."""
    kind = type(phrase)
    if kind not in _OPERANDS:
        return _operand(phrase.phrase) if isinstance(phrase, n.Not) else kind
    operand = _OPERANDS[kind](phrase)
    if type(operand) in LITERALS and isinstance(phrase, n.Comparison):
        operand = phrase.right
    return operand.name if isinstance(operand, n.Identifier) else operand  # names are faster


def _glance(phrase: n.Phrase) -> object:
    """What equal phrases, and their negations, have in common, and others seldom."""
    found: object = phrase
    while tell := _TELLING.get(type(found)):
        found = tell(found)
    return found


def _inner(phrase: n.Phrase) -> n.Phrase:
    return phrase.phrase if type(phrase) is n.Not else phrase
