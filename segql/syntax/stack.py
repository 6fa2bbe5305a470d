"""Questions to the parser's stack of states: what can stand next."""

from __future__ import annotations

from functools import lru_cache

from segql.syntax.driver import RULES
from segql_grammar import parser_tables as t


def can_follow(states: list[int], *kinds: int) -> bool:
    """Whether the terminals can stand next, one after the other. The stack is left as it is."""
    # Reductions only shorten the stack and add to its top: what is added is kept apart.
    height, added = len(states), list[int]()
    for kind in kinds:
        while True:
            state = added[-1] if added else states[height - 1]
            action = t.ACTIONS[state].get(kind)
            if action is None:
                return kind == t.END_OF_TEXT and state == t.END_STATE
            if action >= 0:
                added.append(action)
                break
            length, left, _ = RULES[~action]
            height -= max(0, length - len(added))
            del added[max(0, len(added) - length) :]
            below = added[-1] if added else states[height - 1]
            added.append(t.GOTOS[below][left])
    return True


def expected(states: list[int]) -> frozenset[int]:
    """The terminals that can stand next.

    The tables' row of a state also has what only other ways to it can be followed by.
    """
    return _expected(tuple(states))


@lru_cache(maxsize=1024)  # the same mistakes are made in the same places
def _expected(states: tuple[int, ...]) -> frozenset[int]:
    stack = list(states)
    return frozenset(kind for kind in t.ACTIONS[stack[-1]] if can_follow(stack, kind))
