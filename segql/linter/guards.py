"""Which fields a filter asks for at each of its phrases: there they cannot be missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from segql.syntax import nodes as n
from segql.syntax.walk import walk


class Guards(NamedTuple):
    """The names of the fields that one list speaks of, and the lists around it."""

    names: frozenset[str]
    around: Guards | None

    def have(self, name: str) -> bool:
        """Whether one of the lists speaks of a field."""
        guards: Guards | None = self
        while guards is not None:
            if name in guards.names:
                return True
            guards = guards.around
        return False


class Guarded(NamedTuple):
    """A phrase with the list it stands in, and what guards it."""

    phrase: n.Phrase
    parent: n.And | n.Or | None
    guards: Guards


def guarded_phrases(filter: n.Phrase) -> Iterator[Guarded]:
    """Each phrase that stands in no negation; of a negation only the whole.

    Fields are guarded that an AND around the phrase asks for, and those of which an OR around it
    says that they may be missing.
    """
    pending = [Guarded(filter, None, Guards(frozenset(), None))]
    while pending:
        found = pending.pop()
        yield found
        phrase = found.phrase
        if isinstance(phrase, n.And | n.Or):
            asked = _asked if isinstance(phrase, n.And) else said_to_be_missing
            names = frozenset(name for part in phrase.phrases for name in asked(part))
            guards = Guards(names, found.guards)
            pending.extend(Guarded(part, phrase, guards) for part in reversed(phrase.phrases))


def _asked(phrase: n.Phrase) -> Iterator[str]:
    """The fields without which a phrase does not match."""
    match phrase:
        case n.Comparison(operator="!=") | n.And() | n.Or():
            return
        case n.Not() | n.Include() | n.MatchAll():
            return
        case _:
            yield from (node.name for node in walk(phrase) if isinstance(node, n.Identifier))


def said_to_be_missing(phrase: n.Phrase) -> Iterator[str]:
    """The field of which a phrase of an OR says that it may be missing."""
    match phrase:
        case n.Not(n.Exists(n.Identifier(name))) | n.Comparison(n.Identifier(name), "=", n.Null()):
            yield name
        case _:
            return
