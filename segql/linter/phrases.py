"""Phrases: where they stand in a filter, what kind they are, and how a message names them."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, Final, TypeAlias

from segql.linter.comparisons import ORDER
from segql.linter.facts import type_of
from segql.linter.rewriting import canonical
from segql.linter.scope import Scope
from segql.syntax import nodes as n

LISTS: Final = (n.And, n.Or)
# The phrases in one.
_INNER: Final[dict[type[n.Node], Callable[[Any], tuple[n.Phrase, ...]]]] = {
    **dict.fromkeys(LISTS, attrgetter("phrases")),
    n.Not: lambda node: (node.phrase,),
}
_LONGEST = 60  # characters of a phrase in a message

# A phrase, and the AND, OR or NOT around it.
Placed: TypeAlias = tuple[n.Phrase, n.Phrase | None]


def conjunctions(scope: Scope) -> list[tuple[n.Phrase, ...]]:
    """What must match together: the phrases of each AND, with those of an AND in it."""
    return scope.once(_conjunctions, scope.statement.filter)


def _conjunctions(_: n.Phrase, scope: Scope) -> list[tuple[n.Phrase, ...]]:
    return [
        _flattened(phrase)
        for phrase, parent in phrases_of(scope)
        if type(phrase) is n.And and type(parent) is not n.And
    ]


def _flattened(node: n.And) -> tuple[n.Phrase, ...]:
    """The phrases of an AND; the very same where no AND is in it."""
    if n.And not in map(type, node.phrases):
        return node.phrases
    found: list[n.Phrase] = []
    pending = [*reversed(node.phrases)]
    while pending:
        phrase = pending.pop()
        if isinstance(phrase, n.And):
            pending.extend(reversed(phrase.phrases))
        else:
            found.append(phrase)
    return tuple(found)


def phrases_of(scope: Scope) -> list[Placed]:
    """All that stands where a phrase can, with the AND, OR or NOT around it."""
    return scope.once(_phrases_of, scope.statement.filter)


def _phrases_of(filter: n.Phrase, _: Scope) -> list[Placed]:
    found: list[Placed] = []
    _add((filter,), None, found)
    return found


def _add(phrases: tuple[n.Phrase, ...], parent: n.Phrase | None, found: list[Placed]) -> None:
    for phrase in phrases:
        found.append((phrase, parent))
        if type(phrase) in _INNER:
            _add(_INNER[type(phrase)](phrase), phrase, found)


def included_in(phrase: n.Phrase) -> str | None:
    """The segment that a phrase includes, in lower case."""
    match phrase:
        case n.Include(n.Name(slug)):
            return slug.lower()
        case n.Call(name, (n.String(slug),)) if name.lower() == "in_segment":
            return slug.lower()
        case _:
            return None


def may_stand_alone(phrase: n.Phrase, scope: Scope) -> bool:
    """Whether a phrase says alone what an AND of it, or NOT of its NOT, would say.

    A bare field that holds null or anything else but a bool, and the order of two texts, do not
    match; but AND and NOT take them for what cannot be evaluated.
    """
    match phrase:
        case n.And((one,)) | n.Or((one,)):
            return may_stand_alone(one, scope)
        case n.Comparison(left, operator, right) if operator in ORDER:
            has_number = isinstance(left, n.Number) or isinstance(right, n.Number)
            return has_number or _has_order(left, scope) or _has_order(right, scope)
        case n.Call():
            type = type_of(phrase, scope)
            return type is not None and type.name == "bool"
        case _:
            return not isinstance(phrase, n.Identifier | n.Arithmetic)


def _has_order(operand: n.Operand, scope: Scope) -> bool:
    type = type_of(operand, scope)
    return type is not None and type.name in ("int", "number", "date")


def always_decides(phrase: n.Phrase, scope: Scope) -> bool:
    """Whether there is no profile for which a phrase cannot be evaluated."""
    match phrase:
        case n.Exists(n.Identifier()):
            return True
        case n.And((one,)) | n.Or((one,)) | n.Not(one):
            return always_decides(one, scope)
        case n.Or():
            return True
        case n.And(phrases):
            return all(always_decides(part, scope) for part in phrases)
        case n.Comparison(operator="=" | "!="):
            return has_own_type(phrase, scope)
        case _:
            return False


def has_own_type(comparison: n.Comparison, scope: Scope) -> bool:
    """Whether the literal on the right is of the type that the catalog gives the field."""
    if not isinstance(comparison.left, n.Identifier):
        return False
    type = type_of(comparison.left, scope)
    return type is not None and type.name in _OWN_TYPES.get(comparison.right.__class__, ())


_OWN_TYPES: dict[type[n.Node], tuple[str, ...]] = {
    n.String: ("string",),
    n.Number: ("int", "number"),
    n.Boolean: ("bool",),
}


def shown(node: n.Node, otherwise: str = "another phrase") -> str:
    """A node in a message; one that is too long for it is called otherwise."""
    is_long = node.end - node.start > 2 * _LONGEST  # few texts become that much shorter
    text = None if is_long else canonical(node)
    if text is None or len(text) > _LONGEST or "\n" in text:
        return otherwise
    return f"`` {text} ``" if "`" in text else f"`{text}`"
