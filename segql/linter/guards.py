"""Which fields a filter asks for at each of its phrases: there they cannot be missing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from segql.linter.scope import Scope
from segql.syntax import nodes as n
from segql.syntax.walk import walk

_LISTS = (n.And, n.Or)
_NOT_ASKING = (n.And, n.Or, n.Not, n.Include, n.MatchAll)


class Guards:
    """The fields that one list speaks of, and the lists around it; outermost there is none."""

    def __init__(self, list: n.And | n.Or | None, around: Guards | None) -> None:
        self._list, self._around = list, around

    @cached_property
    def _names(self) -> frozenset[str]:
        if self._list is None:
            return frozenset()
        asked = _asked if isinstance(self._list, n.And) else said_to_be_missing
        return frozenset(name for part in self._list.phrases for name in asked(part))

    def have(self, name: str) -> bool:
        """Whether one of the lists speaks of a field."""
        guards: Guards | None = self
        while guards is not None:
            if name in guards._names:
                return True
            guards = guards._around
        return False


class Guarded(NamedTuple):
    """A phrase with the list it stands in, and what guards it."""

    phrase: n.Phrase
    parent: n.And | n.Or | None
    guards: Guards


def guarded_phrases(scope: Scope) -> list[Guarded]:
    """Each phrase that stands in no negation; of a negation only the whole.

    Fields are guarded that an AND around the phrase asks for, and those of which an OR around it
    says that they may be missing.
    """
    return scope.once(_guarded_phrases, scope.statement.filter)


def _guarded_phrases(filter: n.Phrase, _: Scope) -> list[Guarded]:
    found: list[Guarded] = []
    pending = [Guarded(filter, None, Guards(None, None))]
    while pending:
        guarded = pending.pop()
        found.append(guarded)
        phrase = guarded.phrase
        if isinstance(phrase, _LISTS):
            guards = Guards(phrase, guarded.guards)
            pending += [Guarded(part, phrase, guards) for part in phrase.phrases[::-1]]
    return found


def has_negation(scope: Scope) -> bool:
    """Whether a statement has a NOT or a `!=`."""
    operators = (node.operator for node in scope.all(n.Comparison))
    return bool(scope.all(n.Not)) or "!=" in operators


def _asked(phrase: n.Phrase) -> list[str]:
    """The fields without which a phrase does not match."""
    if isinstance(phrase, _NOT_ASKING):
        return []
    if isinstance(phrase, n.Comparison) and phrase.operator == "!=":
        return []
    return [node.name for node in walk(phrase) if isinstance(node, n.Identifier)]


def said_to_be_missing(phrase: n.Phrase) -> Iterator[str]:
    """The field of which a phrase of an OR says that it may be missing."""
    match phrase:
        case n.Not(n.Exists(n.Identifier(name))) | n.Comparison(n.Identifier(name), "=", n.Null()):
            yield name
        case _:
            return
