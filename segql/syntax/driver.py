"""Drive the generated LALR(1) tables over the tokens of a text that is well formed.

Nothing here knows the language: what may follow what is in the tables, and what is built from it
in `builder`. The ways through the tables are always the same few, and so each is worked out once:
where a symbol lands, the state below it and the next token known. That takes in the reductions of
that symbol alone (a name is a field, a field is an operand) up to the first that waits for more.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, Final, NamedTuple

from segql.syntax.builder import Builder
from segql_grammar import parser_tables as t
from segql_grammar.scanner import Tokens

Handler = Callable[[Builder, Any, int, int], Any]


class Rule(NamedTuple):
    """An alternative of the grammar; without a handler it only passes its one value on."""

    length: int
    left: int
    handler: Handler | None


RULES: tuple[Rule, ...] = tuple(
    Rule(length, left, getattr(Builder, method) if method else None)
    for length, left, method in t.RULES
)

# Lengths of the rule that is due.
_NO_RULE: Final = 0
_EMPTY_RULE: Final = -1
# States of what is no landing.
_SKIPPED: Final = -1  # the token is a separator
_ERROR: Final = -2  # the token cannot stand here
# Rules that put a value into the list before it, and how many symbols are between the two.
_APPENDING: Final[dict[Handler | None, int]] = {
    Builder.list_append: 0,
    Builder.list_append_after: 1,
}


# Where a symbol ends up, and what is to be done there before the next token is shifted. (A plain
# tuple: a named one takes three times as long to take apart.)
Landing = tuple[
    int,  # the state, packed (shifted to its place in a key), or one of the marks above
    tuple[Handler, ...],  # what is made of the value on the way
    int,  # the value goes to the list so many places down, which waits in that state; 0: to none
    int,  # length of the rule to reduce by, or one of the marks above
    int,  # its left side, packed
    Handler | None,  # its work
]


class _Shifts(dict[int, Landing]):
    """Where a token lands: by state, its kind and the kind of the next, packed into one number."""

    def __missing__(self, key: int) -> Landing:
        state, kind, following = key >> 12, key >> 6 & 63, key & 63
        action = t.ACTIONS[state].get(kind)
        if action is None:
            landing = (_ERROR, (), 0, _NO_RULE, 0, None)
        elif _is_skipped(action, following):
            landing = (_SKIPPED, (), 0, *_due(state, following))
        else:
            landing = _land(state, action, following)
        self[key] = landing
        return landing


class _Gotos(dict[int, Landing]):
    """Where the left side of a rule lands: by state below, left side and kind of the next token."""

    def __missing__(self, key: int) -> Landing:
        below, left, kind = key >> 12, key >> 6 & 63, key & 63
        landing = self[key] = _land(below, t.GOTOS[below][left], kind)
        return landing


_SHIFTS: Final = _Shifts()
_GOTOS: Final = _Gotos()


def _is_skipped(state: int, following: int) -> bool:
    """Whether a token is the end of `list separator`, which is the list."""
    action = t.ACTIONS[state].get(following)
    if action is None or action >= 0:
        return False
    length, _, handler = RULES[~action]
    return handler is Builder.list_keep and length == 2


def _land(below: int, state: int, kind: int) -> Landing:
    """Reduce as long as only the one symbol that was just put there takes part."""
    handlers: list[Handler] = []
    while (action := t.ACTIONS[state].get(kind)) is not None and action < 0:
        length, left, handler = RULES[~action]
        between = _APPENDING.get(handler)
        if between is not None and (list_at := _down(below, between)) is not None:
            return list_at << 12, tuple(handlers), 1 + between, *_due(list_at, kind)
        if length != 1:
            break
        if handler:
            handlers.append(handler)
        state = t.GOTOS[below][left]
    return state << 12, tuple(handlers), 0, *_due(state, kind)


def _down(state: int, places: int) -> int | None:
    """The state so many places below one; None where it can be one of several."""
    for _ in range(places):
        rows = zip(t.ACTIONS, t.GOTOS, strict=True)
        below = [at for at, row in enumerate(rows) if any(state in r.values() for r in row)]
        if len(below) != 1:
            return None
        state = below[0]
    return state


def _due(state: int, kind: int) -> tuple[int, int, Handler | None]:
    """The rule to reduce by before a token of a kind can be shifted."""
    action = t.ACTIONS[state].get(kind)
    if action is None or action >= 0:
        return _NO_RULE, 0, None
    length, left, handler = RULES[~action]
    return length or _EMPTY_RULE, left << 6, handler


class Packed(NamedTuple):
    """The kinds of the tokens and of the end, and each packed with the next as a key of a shift."""

    kinds: list[int]
    pairs: list[int]


def pack(tokens: Tokens) -> Packed:
    """Return the kinds of a text as `drive` wants them."""
    kinds = [*tokens.kinds, t.END_OF_TEXT, t.END_OF_TEXT]
    return Packed(kinds, [kind << 6 | following for kind, following in pairwise(kinds)])


def drive(builder: Builder, tokens: Tokens, packed: Packed, begun: int) -> int | None:
    """Parse from a token on; return the index of the first that cannot stand where it is.

    None means that the text ends well. The statements are in the builder.
    """
    starts, ends, shifts, gotos = tokens.starts, tokens.ends, _SHIFTS, _GOTOS
    # What was read: of each symbol the state behind it, its value and its offset.
    kinds, pairs = packed
    states: list[int] = [t.START_STATE << 12]
    values: list[Any] = []
    begins: list[int] = []
    value: Any
    state, index = t.START_STATE << 12, begun
    length, left, handler = _due(t.START_STATE, kinds[index])
    while True:
        if length:
            if length > 0:
                begin, end = begins[-length], ends[index - 1]
                value = values[-length:] if length > 1 else values[-1]
                del states[-length:], values[-length:], begins[-length:]
            else:
                begin = end = ends[index - 1] if index else 0
                value = []
            if handler:
                value = handler(builder, value, begin, end)
            row = gotos[states[-1] | left | kinds[index]]
            state, handlers, appends, length, left, handler = row
        else:
            row = shifts[state | pairs[index]]
            landed, handlers, appends, length, left, handler = row
            if landed < 0:
                if landed == _ERROR:
                    well_ended = state == t.END_STATE << 12 and index == len(ends)
                    return None if well_ended else index
                index += 1
                continue
            value, begin, end, state = index, starts[index], ends[index], landed
            index += 1
        for make in handlers:
            value = make(builder, value, begin, end)
        if appends:
            if appends > 1:
                del states[-1], values[-1], begins[-1]
            values[-1].append(value)
        else:
            states.append(state)
            values.append(value)
            begins.append(begin)
