"""The server does not negate `is_member AND visitct > 5` as it negates the list of the two.

Without `is_member` a profile cannot be evaluated: a field that stands alone, and BETWEEN, have no
answer without their field. A list has none then either, and NOT of it does not match. An infix AND
simply does not match, and so NOT of it does: the segment has members that NOT of the list has not.
The list is what segql reads and what is compiled; the fix writes it.

Without NOT both have the same members. Reported is only where a missing field makes the difference,
and nothing else in the filter asks for that field. Null, and values that cannot be compared, can
make it as well.

Bad::

    FILTER NOT (is_member AND visitct > 5) ALIAS no_regular_members

    FILTER AND (EXISTS email, NOT (country = "US" AND score BETWEEN 1 AND 9)) ALIAS others

Good::

    FILTER NOT AND (is_member, visitct > 5) ALIAS no_regular_members

    FILTER NOT (country = "US" AND visitct > 5) ALIAS no_regulars_us

    FILTER is_member AND score BETWEEN 1 AND 9 ALIAS members
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.edits import fix, in_place
from segql.linter.guards import Guards
from segql.linter.known import MATCH_ALL
from segql.linter.scope import Scope
from segql.syntax import nodes as n

_MESSAGE = "the server takes what this AND cannot evaluate for no match, and so the NOT matches"
_HELP = "write a list: `NOT AND (a, b)`"
_NONE: frozenset[str] = frozenset()

# Where the first phrase of a list begins and the last one ends, of those that are infix.
_Extents: TypeAlias = set[tuple[int, int]]


class Place(NamedTuple):
    """Where a phrase stands, and what its having no answer means to the whole filter."""

    phrase: n.Phrase
    guards: Guards
    is_no_match: bool  # the same as if it did not match
    is_match: bool  # the same as if it did


def check(form: n.Form, scope: Scope) -> Iterator[Diagnostic]:
    """Report an infix AND below NOT that has no answer where a field is missing."""
    if not isinstance(form.node, n.And):
        return
    node = scope.once(_reported, scope.statement.filter).get(_extent(form.node))
    if node is not None:
        made = fix("write a list", [in_place(scope.file, node, node)], is_safe=True)
        yield diagnostic("negated-infix", node.start, node.end, _MESSAGE, _HELP, made)


def places(filter: n.Phrase, is_no_match: bool) -> Iterator[Place]:
    """All phrases, in the order of the text.

    ``is_no_match`` says whether a filter without an answer is as good as one that does not match.
    So it is for its own members; not for those of a segment with NOT INCLUDE of it.
    """
    pending = [Place(filter, Guards(None, None), is_no_match, False)]
    while pending:
        place = pending.pop()
        yield place
        pending += reversed(_below(place))


def _below(place: Place) -> list[Place]:
    phrase, guards, is_no_match, is_match = place
    match phrase:
        case n.Not(inner):
            return [Place(inner, guards, is_match, is_no_match)]
        case n.And((*others, last)) | n.Or((*others, last)):
            within = Guards(phrase, guards)
            if isinstance(phrase, n.Or) and others:  # it asks for matches only
                return [Place(part, within, True, False) for part in phrase.phrases]
            # Behind a match the AND goes on, and the next phrase may not match.
            is_either = is_match and is_no_match
            found = [Place(part, within, is_no_match, is_either) for part in others]
            return [*found, Place(last, within, is_no_match, is_match)]
        case _:
            return []


def _reported(filter: n.Phrase, scope: Scope) -> dict[tuple[int, int], n.And]:
    """Each AND to report, by its extent; of those in one another the outermost."""
    found: dict[tuple[int, int], n.And] = {}
    if not scope.all(n.Not):
        return found
    infix = {_extent(form.node) for form in scope.forms if form.kind == "infix"}
    end = 0
    for place in places(filter, is_no_match=True):
        node = place.phrase
        if place.is_no_match or not isinstance(node, n.And) or node.start < end:
            continue
        is_infix = len(node.phrases) > 1 and _extent(node) in infix
        if is_infix and _can_differ(node, place.guards, infix):
            found[_extent(node)] = node
            end = node.end
    return found


def _extent(node: Any) -> tuple[int, int]:
    """Where the phrases of a list stand: parentheses are part of it in the tree, not in a form."""
    return node.phrases[0].start, node.phrases[-1].end


def _can_differ(node: n.And, guards: Guards, infix: _Extents) -> bool:
    """Whether one phrase can be left without an answer while another one has one."""
    first, *others = (_needed(part, infix) for part in node.phrases)
    everywhere = first.intersection(*others)
    return any(not guards.have(name) for name in _needed(node, infix) - everywhere)


def _needed(phrase: n.Phrase, infix: _Extents, is_negated: bool = False) -> frozenset[str]:
    """The fields without which a phrase has no answer, or an infix AND below it has none.

    Below NOT the server has an answer from an infix AND: there it is looked at for itself.
    """
    match phrase:
        case n.Identifier(name):
            return _NONE if name.lower() == MATCH_ALL else frozenset((name,))
        case n.Between():
            ends = (phrase.operand, phrase.low, phrase.high)
            return frozenset(end.name for end in ends if isinstance(end, n.Identifier))
        case n.Not(inner):
            return _needed(inner, infix, is_negated=True)
        case n.And((inner,)) | n.Or((inner,)):
            return _needed(inner, infix, is_negated)
        case n.And(parts) if parts and not (is_negated and _extent(phrase) in infix):
            needed = [_needed(part, infix, is_negated) for part in parts]
            sure = tuple(part for part, names in zip(parts, needed, strict=True) if not names)
            asked = Guards(n.And(sure), None)
            return frozenset(name for name in _NONE.union(*needed) if not asked.have(name))
        case _:
            return _NONE
