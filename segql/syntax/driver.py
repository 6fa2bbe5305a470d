"""Drive the generated LALR(1) tables over the tokens of a text that is well formed.

Nothing here knows the language: what may follow what is in the tables, and what is built from it
in `builder`. The ways through the tables are always the same few, and so each is worked out once:
a step is what the parser does in one state with one token, the next token known. It takes in the
reductions of that token alone (a name is a field, a field is an operand) up to the first symbol
that waits for more.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, Final, NamedTuple

from segql.syntax.builder import Builder
from segql_grammar import parser_tables as t
from segql_grammar.scanner import Tokens

Handler = Callable[[Builder, list[Any], int, int], Any]

# A rule without a builder method only passes its one value on.
RULES: tuple[tuple[int, int, Handler | None], ...] = tuple(
    (length, left, getattr(Builder, method) if method else None) for length, left, method in t.RULES
)

# Lengths of a step that is no reduction.
_SHIFT: Final = -1
_SKIP: Final = -2
_ERROR: Final = -3
_APPEND: Final = Builder.list_append
_KEEP: Final = Builder.list_keep


class Landing(NamedTuple):
    """Where a symbol ends up: what is made of its value on the way, and the state it waits in."""

    handlers: tuple[Handler, ...]
    appends: bool  # to the list before it, which waits in that state
    state: int


class Step(NamedTuple):
    """What to do in a state: shift and land, skip a separator, or reduce by a rule and land."""

    length: int  # of the rule, or one of the marks above
    left: int = 0
    handler: Handler | None = None
    landing: Landing = Landing((), False, 0)  # of a shift


class _Steps(dict[int, Step]):
    """A step by state, kind of the token and kind of the next one, packed into one number."""

    def __missing__(self, key: int) -> Step:
        state, kind, following = key >> 12, key >> 6 & 63, key & 63
        action = t.ACTIONS[state].get(kind)
        if action is None:
            step = Step(_ERROR)
        elif action < 0:
            length, left, handler = RULES[~action]
            step = Step(length, left, handler)
        else:
            step = _shift(state, action, following)
        self[key] = step
        return step


class _Landings(dict[int, Landing]):
    """Where the left side of a rule lands: by state below, left side and kind of the next token."""

    def __missing__(self, key: int) -> Landing:
        below, left, kind = key >> 12, key >> 6 & 63, key & 63
        landing = self[key] = _land(below, t.GOTOS[below][left], kind)
        return landing


_STEPS: Final = _Steps()
_LANDINGS: Final = _Landings()


def _shift(below: int, state: int, following: int) -> Step:
    action = t.ACTIONS[state].get(following)
    if action is not None and action < 0:
        length, _, handler = RULES[~action]
        if handler is _KEEP and length == 2:
            return Step(_SKIP)  # a list and a separator is the list
    return Step(_SHIFT, landing=_land(below, state, following))


def _land(below: int, state: int, kind: int) -> Landing:
    """Reduce as long as only the one symbol that was just shifted takes part."""
    handlers: list[Handler] = []
    while (action := t.ACTIONS[state].get(kind)) is not None and action < 0:
        length, left, handler = RULES[~action]
        if length == 2 and handler is _APPEND:
            return Landing(tuple(handlers), True, below)
        if length != 1:
            break
        if handler:
            handlers.append(handler)
        state = t.GOTOS[below][left]
    return Landing(tuple(handlers), False, state)


def in_pairs(tokens: Tokens) -> list[int]:
    """Each token's kind with that of the next, packed as the keys of a step are."""
    kinds = [*tokens.kinds, t.END_OF_TEXT, t.END_OF_TEXT]
    return [kind << 6 | following for kind, following in pairwise(kinds)]


def drive(builder: Builder, tokens: Tokens, pairs: list[int], begun: int) -> int | None:
    """Parse from a token on; return the index of the first that cannot stand where it is.

    None means that the text ends well. The statements are in the builder.
    """
    starts, ends = tokens.starts, tokens.ends
    steps, landings = _STEPS, _LANDINGS
    states: list[int] = [t.START_STATE]
    values: list[Any] = []
    begins: list[int] = []
    value: Any
    state, index = t.START_STATE, begun
    while True:
        length, left, handler, landing = steps[state << 12 | pairs[index]]
        if length == _SHIFT:
            value, begin, end = index, starts[index], ends[index]
            index += 1
        elif length > 0:
            begin, end = begins[-length], ends[index - 1]
            arguments = values[-length:]
            del states[-length:], values[-length:], begins[-length:]
            value = handler(builder, arguments, begin, end) if handler else arguments[0]
            landing = landings[states[-1] << 12 | left << 6 | pairs[index] >> 6]
        elif length == _SKIP:
            index += 1
            continue
        elif length == _ERROR:
            return None if state == t.END_STATE and index == len(ends) else index
        else:  # an empty rule
            begin = end = ends[index - 1] if index else 0
            value = handler(builder, [], begin, end) if handler else None
            landing = landings[state << 12 | left << 6 | pairs[index] >> 6]
        handlers, appends, state = landing
        for handler in handlers:
            value = handler(builder, [value], begin, end)
        if appends:
            values[-1].append(value)
        else:
            states.append(state)
            values.append(value)
            begins.append(begin)
