"""Read a statement that has mistakes: one diagnostic each, and a tree of all that is well formed.

The parser of `driver` stops at the first mistake, after reductions that the right token might not
have led to. Here a statement is read again, more slowly: nothing is reduced before it is known
that the token can stand where it is. Where it cannot, one of these is done:

- a bracket that is never closed is closed before the token;
- a `Bad` node takes the place of what is missing or wrong, and the parser goes on with the token,
  or at the next one that ends a part (a comma, a closing bracket, AND, a clause, a new line in a
  list). Of all ways the one that loses the fewest tokens is taken.

Until such an end is reached, further mistakes are consequences of the first and not reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any, NamedTuple

from segql.diagnostics import Diagnostic
from segql.syntax.builder import Builder
from segql.syntax.driver import RULES
from segql.syntax.mistakes import Mistake, explain, unclosed_bracket, wrong_closer
from segql.syntax.stack import can_follow, expected
from segql_grammar import parser_tables as t
from segql_grammar.scanner import CLAUSES, CLOSERS, MAX_DEPTH, TOO_DEEP, Tokens

_OPENERS = {closer: opener for opener, closer in CLOSERS.items()}
_CLOSING = frozenset(_OPENERS)
_CONNECTIVES = frozenset((t.AND, t.OR, t.DOUBLE_AMPERSAND, t.DOUBLE_PIPE))
# After one of these a part is complete, and what is wrong behind it is another mistake.
_SEPARATORS = _CONNECTIVES | CLAUSES | {t.COMMA, t.END_OF_TEXT}
_ENDS_OF_PARTS = _SEPARATORS | _CLOSING
# What comes behind a clause's keyword, where the keyword is not a name.
_CLAUSE_STARTS = {
    t.FROM: (t.NAME, t.SEGMENT_ID),
    t.ALIAS: (t.NAME, t.SEGMENT_ID),
    t.LIMIT: (t.INTEGER,),
    t.WITH: (t.NAME, t.LBRACE),
}
# What stands in phrases only, and so not in the brackets of IN or of a function.
_PHRASE_WORDS = _CONNECTIVES | {
    *(t.COMPARE, t.EQUAL, t.DOUBLE_EQUAL, t.IN, t.LIKE, t.CONTAINS, t.INTERSECTS, t.BETWEEN, t.IS),
    *(t.AND_LIST, t.OR_LIST, t.NOT, t.NOT_INFIX, t.EXISTS, t.INCLUDE),
}
_VALUES = frozenset((t.STRING, t.INTEGER, t.NUMBER, t.TRUE, t.FALSE, t.NULL))
_NO_TOKEN = -1
_QUIETLY = 4
_REACHES = (8, 64, 512)  # how many tokens to lose at most, if there is a way
_NEAR = 512  # tokens to look ahead for a closing bracket
_HOPELESS = ("not-a-filter", "too-deep")
_BAD = (t.BAD_VALUE, t.BAD_OPTION, t.BAD)


class _Way(NamedTuple):
    """A way to go on: cut the stack, put a bad node of a kind there, go on at a token."""

    height: int
    kind: int
    token: int


class _GivenUpError(Exception):
    """Nothing of the statement can be kept."""


def recover(builder: Builder, tokens: Tokens, begun: int, stop: int, most: int) -> None:
    """Read the tokens of one statement; the diagnostics and the statement go to the builder.

    Nothing of it is kept where more than so many mistakes are in it, or one that is hopeless.
    """
    with suppress(_GivenUpError):
        _Reading(builder, tokens, begun, stop, most).run()
    builder.is_quiet = False


def expected_at(text: str, tokens: Tokens, begun: int, stop: int) -> frozenset[int]:
    """The terminals that can stand at a token of the statement that begins at another."""
    reading = _Reading(Builder(text, tokens), tokens, begun, stop, most=stop)
    with suppress(_GivenUpError):
        reading.read_up_to(stop)
    return expected(reading.states)


def _unclosed(tokens: Tokens, begun: int, stop: int) -> int:
    """How many brackets are opened and never closed."""
    depth = 0
    for kind in islice(tokens.kinds, begun, stop):
        if kind in CLOSERS:
            depth += 1
        elif kind in _CLOSING:
            depth = max(0, depth - 1)
    return depth


class _Reading:
    def __init__(self, builder: Builder, tokens: Tokens, begun: int, stop: int, most: int) -> None:
        self.builder, self.tokens = builder, tokens
        self.begun, self.stop, self.most = begun, stop, most
        self.states = [t.START_STATE]
        self.values: list[Any] = []
        self.firsts: list[int] = []  # index of the first token of each value
        self.begins: list[int] = []  # offset of each value
        self.kinds: list[int] = []  # of each value: its terminal, or _NO_TOKEN
        self.losts: list[int] = []  # how many tokens of each value are in bad nodes
        self.unclosed = _unclosed(tokens, begun, stop)
        self.quietly = 0  # how many mistakes were mended since the last that was reported
        self.patience = 2 * (stop - begun) + MAX_DEPTH

    def run(self) -> None:
        self.read_up_to(self.stop)
        while not can_follow(self.states, t.END_OF_TEXT):
            self.mend(self.stop)
        self.take(t.END_OF_TEXT, self.stop)

    def read_up_to(self, stop: int) -> None:
        index = self.begun
        while index < stop:
            kind = self.tokens.kinds[index]
            if can_follow(self.states, kind) and not self.is_clause(index):
                self.take(kind, index)
                index += 1
            else:
                index = self.mend(index)

    def kind(self, index: int) -> int:
        return self.tokens.kinds[index] if index < self.stop else t.END_OF_TEXT

    # ---- the parser ------------------------------------------------------------------

    def take(self, kind: int, index: int) -> None:
        """Reduce as far as the terminal asks for, and shift it."""
        begin = self.tokens.starts[index] if index < self.stop else self.end_before(index)
        self.shift(kind, index, index, begin)

    def shift(self, kind: int, index: int, first: int, begin: int, lost: int = 0) -> None:
        while (action := t.ACTIONS[self.states[-1]].get(kind)) is not None and action < 0:
            self.reduce(~action, index)
        if action is None:  # the end of the text is not shifted
            return
        if kind in _ENDS_OF_PARTS:
            self.builder.is_quiet = False
        self.push(action, index, first, begin, lost, kind)

    def reduce(self, rule: int, index: int) -> None:
        length, left, handler = RULES[rule]
        cut = len(self.values) - length
        end = self.end_before(index)
        first, begin = (self.firsts[cut], self.begins[cut]) if length else (index, end)
        value = self.values[cut] if length == 1 else self.values[cut:]
        lost = sum(self.losts[cut:])
        self.cut(cut)
        if handler:
            value = handler(self.builder, value, begin, end)
        self.push(t.GOTOS[self.states[-1]][left], value, first, begin, lost)

    def end_before(self, index: int) -> int:
        return self.tokens.ends[index - 1] if index else 0

    def push(
        self, state: int, value: Any, first: int, begin: int, lost: int, kind: int = _NO_TOKEN
    ) -> None:
        self.states.append(state)
        self.values.append(value)
        self.firsts.append(first)
        self.begins.append(begin)
        self.losts.append(lost)
        self.kinds.append(kind)

    def cut(self, height: int) -> None:
        del self.states[height + 1 :], self.values[height:]
        del self.firsts[height:], self.begins[height:], self.losts[height:], self.kinds[height:]

    def open_brackets(self, height: int) -> Iterator[int]:
        """Indices of the tokens that open brackets below a height of the stack, innermost first."""
        closed = 0
        for place in range(height - 1, -1, -1):
            kind = self.kinds[place]
            if kind in _CLOSING:
                closed += 1
            elif kind in CLOSERS and closed:
                closed -= 1
            elif kind in CLOSERS:
                yield self.firsts[place]

    def open_bracket(self, height: int) -> int | None:
        return next(self.open_brackets(height), None)

    def closer(self, token: int) -> int:
        """What closes the bracket that a token opens."""
        return CLOSERS[self.tokens.kinds[token]]

    def ending(self, height: int, token: int) -> list[int]:
        """What must follow for all brackets to be closed before a token."""
        closers = map(self.closer, self.open_brackets(height))
        return [*closers, self.kind(token)]

    # ---- mistakes --------------------------------------------------------------------

    def mend(self, index: int) -> int:
        """Report the mistake at a token, and return the index of the one to go on at."""
        self.patience -= 1
        if self.patience < 0:  # each mending lets a token pass: this is never reached
            raise _GivenUpError
        bracket = self.open_bracket(len(self.values))
        self.quietly += 1
        if bracket is not None and self.is_wrong_closer(bracket, index):
            self.report(wrong_closer(self.builder.text, self.tokens, index, bracket))
            return self.close(bracket, index) + 1
        if bracket is not None and self.is_unclosed(bracket, index):
            self.report(unclosed_bracket(self.builder.text, self.tokens, bracket))
            return self.close(bracket, index)
        if not self.builder.is_quiet:
            mistake = Mistake(index, self.begun, self.stop, expected(self.states), bracket)
            self.report(explain(self.builder.text, self.tokens, mistake))
        way = self.best_way(index)
        if way is None:
            raise _GivenUpError
        self.go(way, index)
        return way.token

    def report(self, problem: Diagnostic) -> None:
        if self.builder.is_quiet:
            return
        if self.most == 0:
            raise _GivenUpError
        self.most -= 1
        self.quietly = 0
        self.builder.problems.append(problem)
        if problem.name in _HOPELESS:
            raise _GivenUpError

    def close(self, bracket: int, index: int) -> int:
        """Close a bracket before a token; of several that end here, one is reported."""
        self.unclosed -= 1
        self.shift(self.closer(bracket), index, index, self.end_before(index))
        self.builder.is_quiet = self.ends_here(index)
        return index

    def is_unclosed(self, bracket: int, index: int) -> bool:
        """Whether what is wrong at a token is that the innermost bracket was not closed before."""
        if self.ends_here(index):
            return can_follow(self.states, *self.ending(len(self.values), index))
        return (
            self.unclosed > 0
            and can_follow(self.states, self.closer(bracket), self.kind(index))
            and not self.is_closed_behind(index)
        )

    def is_wrong_closer(self, bracket: int, index: int) -> bool:
        """Whether a closing bracket stands where one of another kind should: `["x")`."""
        kind, closer = self.kind(index), self.closer(bracket)
        if kind not in _CLOSING or kind == closer or not can_follow(self.states, closer):
            return False
        kinds = self.tokens.kinds[self.begun : self.stop]
        is_needed = kinds.count(closer) < kinds.count(self.tokens.kinds[bracket])
        return is_needed and kinds.count(kind) > kinds.count(_OPENERS[kind])

    def is_closed_behind(self, index: int) -> bool:
        """Whether only values stand between a token and the next closing bracket."""
        depth = 0
        for token in range(index, min(index + _NEAR, self.stop)):
            kind = self.tokens.kinds[token]
            if kind in _PHRASE_WORDS:
                return False
            if kind in _CLOSING and depth == 0:
                return True
            depth += 1 if kind in CLOSERS else -1 if kind in _CLOSING else 0
        return False

    def ends_here(self, index: int) -> bool:
        """Whether all that is open must be closed before a token."""
        return index == self.stop or self.is_hidden_clause(index)

    def is_hidden_clause(self, index: int) -> bool:
        """Inside brackets a clause's keyword is a name, unless a bracket was forgotten."""
        if self.unclosed == 0 or not self.begins_clause(index):
            return False
        return self.open_bracket(len(self.values)) is not None

    def is_clause(self, index: int) -> bool:
        """Whether a clause's keyword that can be a name makes sense only as the keyword."""
        if not self.begins_clause(index):
            return False
        if self.open_bracket(len(self.values)) is not None:
            return self.unclosed > 0
        return not can_follow(self.states, self.kind(index), self.kind(index + 1))

    def begins_clause(self, index: int) -> bool:
        kind = self.kind(index)
        if kind not in CLAUSES or self.kind(index + 1) not in _CLAUSE_STARTS[kind]:
            return False
        return kind != t.WITH or self.kind(index + 2) in (t.EQUAL, t.DOUBLE_EQUAL, t.JSON_STRING)

    def best_way(self, index: int) -> _Way | None:
        """The way on that loses the fewest tokens; of equal ones the one that cuts the least."""
        # Most ways are short, and to look far at every mistake would take the square of the time.
        for most in (*_REACHES, self.stop + 1):
            if way := self.best_way_within(index, most):
                return way
        return None

    def best_way_within(self, index: int, most: int) -> _Way | None:
        """The best of the ways that lose fewer tokens than so many."""
        best: _Way | None = None
        cut = 0  # tokens above the height that are not lost already
        for height in range(len(self.values), -1, -1):
            if height < len(self.values):
                above = self.firsts[height + 1] if height + 1 < len(self.values) else index
                cut += above - self.firsts[height] - self.losts[height]
            if cut >= most:
                break
            states = self.states[: height + 1]
            for kind in _BAD:
                if can_follow(states, kind):
                    token = self.landing(states, height, kind, index, most - cut)
                    if token is not None:
                        most = cut + token - index
                        best = _Way(height, kind, token)
        return best

    def landing(
        self, states: list[int], height: int, bad: int, index: int, most: int
    ) -> int | None:
        """The first token at which the parser can go on behind a bad node; fewer than most on."""
        depth = self.depth_above(height)
        bracket = self.open_bracket(height)
        closer = None if bracket is None else self.closer(bracket)
        # Where one thing is wrong after the other, the rest up to an end is not worth reading.
        # And a value is no phrase, even where phrases need no comma.
        is_value = self.kind(index) in _VALUES
        here = index if self.quietly < _QUIETLY and not is_value else None
        for token in range(index, min(index + most, self.stop + 1)):
            kind = self.kind(token)
            if self.ends_here(token):
                ending = self.ending(height, token)
                return token if can_follow(states, bad, *ending) else None
            if kind in _CLOSING and depth:
                depth -= 1
            elif depth == 0 and (kind == closer or self.is_end(token) or token == here):
                if can_follow(states, bad, kind):
                    return token
                if kind == closer:
                    return None
            if kind in CLOSERS or kind == TOO_DEEP:
                depth += 1
        return None

    def depth_above(self, height: int) -> int:
        """How many brackets are opened above a height of the stack and not closed there."""
        depth = 0
        for kind in self.kinds[height:]:
            depth = depth + 1 if kind in CLOSERS else max(0, depth - (kind in _CLOSING))
        return depth

    def is_end(self, token: int) -> bool:
        """Whether what stands before a token can be a part of its own."""
        return self.kind(token) in _SEPARATORS or self.begins_line(token)

    def begins_line(self, token: int) -> bool:
        before, start = self.tokens.ends[token - 1], self.tokens.starts[token]
        return self.builder.text.find("\n", before, start) >= 0

    def go(self, way: _Way, index: int) -> None:
        if way.height < len(self.values):
            first, begin = self.firsts[way.height], self.begins[way.height]
        elif index < way.token:
            first, begin = index, self.tokens.starts[index]
        else:  # what is missing is missing behind the last token
            first, begin = index, self.end_before(index)
        self.cut(way.height)
        self.shift(way.kind, index, first, begin, way.token - first)
        self.builder.is_quiet = True
