"""Drive the generated LALR(1) tables over the tokens of a text.

Nothing here knows the language: what may follow what is in the tables, what is built from it in
`builder`, and what is said about a mistake in `mistakes`. A mistake ends its statement; the
parser goes on at the next ``;`` or FILTER.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from segql.diagnostics import Diagnostic
from segql.source import SourceFile
from segql.syntax.builder import Builder
from segql.syntax.comments import described
from segql.syntax.depth import find_too_deep
from segql.syntax.mistakes import Mistake, explain
from segql.syntax.nodes import Comment, Statement
from segql_grammar import parser_tables as t
from segql_grammar.scanner import BAD_CHARACTER, MAX_DEPTH, Tokens, scan

Handler = Callable[[Builder, list[Any], int, int], Any]

# A rule without a builder method only passes its one value on.
_RULES: tuple[tuple[int, int, Handler | None], ...] = tuple(
    (length, left, getattr(Builder, method) if method else None) for length, left, method in t.RULES
)
# Below this no tree can reach the depth limit (a bracket holds at most three levels: OR, AND and
# a comparison), so it need not be measured.
_SHALLOW = MAX_DEPTH // 4


class ParsedFile(NamedTuple):
    """What was read: well-formed statements, all comments, and what is wrong."""

    source: SourceFile
    statements: tuple[Statement, ...]
    comments: tuple[Comment, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def has_errors(self) -> bool:
        """Whether any of the diagnostics is an error."""
        return any(problem.is_error for problem in self.diagnostics)


def parse(text: str, path: str | None = None) -> ParsedFile:
    """Read a SegmentQL text. Never raises for what the text says: see ``.diagnostics``."""
    tokens = scan(text)
    builder = Builder(text, tokens)
    position = 0
    while position < len(tokens.kinds):
        stopped = _run(builder, tokens, position)
        if stopped is None:
            break
        expected = _expected_at(text, tokens, position, stopped)
        builder.problems.append(explain(text, tokens, Mistake(stopped, position, expected)))
        position = _next_statement(tokens, stopped, position)
    if tokens.nesting > _SHALLOW:
        _leave_out_too_deep(builder)
    problems = tuple(sorted(builder.problems, key=lambda problem: problem.span))
    comments = _comments(text, tokens)
    statements = (described(text, comments, statement) for statement in builder.statements)
    return ParsedFile(SourceFile(text, path), tuple(statements), comments, problems)


def _leave_out_too_deep(builder: Builder) -> None:
    """Whoever walks the tree recurses: what is too deep is reported, and given to nobody."""
    found = [(statement, find_too_deep(statement)) for statement in builder.statements]
    builder.problems += [problem for _, problem in found if problem]
    builder.statements = [statement for statement, problem in found if not problem]


def _comments(text: str, tokens: Tokens) -> tuple[Comment, ...]:
    places = tokens.comments
    return tuple(Comment(text[start:end].rstrip(), start=start, end=end) for start, end in places)


def expected_after(text: str) -> frozenset[int]:
    """The terminals that can follow a text: what an editor may offer at its end."""
    tokens = scan(text)
    position, count = 0, len(tokens.kinds)
    while position < count:
        states: list[int] = []
        stopped = _run(Builder(text, tokens), tokens, position, count, states)
        if stopped == count:
            return _expected(states)
        position = _next_statement(tokens, stopped or position, position)
    return _expected([t.START_STATE])


def _expected_at(text: str, tokens: Tokens, begun: int, stop: int) -> frozenset[int]:
    """The terminals that can stand at a token that was reached without a mistake.

    A wrong token may be found only after some reductions that the right ones would not have made,
    so the way there is gone again, up to the token and no further.
    """
    states: list[int] = []
    _run(Builder(text, tokens), tokens, begun, stop, states)
    return _expected(states)


def _expected(states: list[int]) -> frozenset[int]:
    """What the tables list for a state includes what only other ways to it can be followed by."""
    return frozenset(kind for kind in t.ACTIONS[states[-1]] if _can_shift(states, kind))


def _next_statement(tokens: Tokens, mistake: int, begun: int) -> int:
    """Index of the token where a statement begins again after a mistake."""
    position = max(mistake, begun + 1)
    while position < len(tokens.kinds) and tokens.kinds[position] not in (t.FILTER, t.SEMICOLON):
        position += 1
    return position


def _run(
    builder: Builder,
    tokens: Tokens,
    begun: int,
    stop: int | None = None,
    states: list[int] | None = None,
) -> int | None:
    """Parse from a token on; return the index of the first that cannot stand where it is.

    None means that the text ends well. With ``stop`` the text ends at that token, and no way of
    ending is right: what remains in ``states`` is the parser's stack there.
    """
    kinds, starts, ends = tokens.kinds, tokens.starts, tokens.ends
    last = t.END_OF_TEXT if stop is None else BAD_CHARACTER
    count = len(kinds) if stop is None else stop
    states = [] if states is None else states
    states.append(t.START_STATE)
    values, begins = list[Any](), list[int]()
    actions, gotos, rules = t.ACTIONS, t.GOTOS, _RULES
    state, index = t.START_STATE, begun
    while True:
        action = actions[state].get(kinds[index] if index < count else last)
        if action is None:
            well_ended = state == t.END_STATE and index == count
            return None if well_ended else index
        if action >= 0:
            state = action
            values.append(index)
            begins.append(starts[index])
            index += 1
        else:
            length, left, handler = rules[~action]
            if handler is None:  # a chain of these is the way from a name to a phrase
                states.pop()
            else:
                end = ends[index - 1] if index else 0
                begin = begins[-length] if length else end
                cut = len(states) - length
                arguments = values[cut - 1 :]
                del states[cut:], values[cut - 1 :], begins[cut - 1 :]
                values.append(handler(builder, arguments, begin, end))
                begins.append(begin)
            state = gotos[states[-1]][left]
        states.append(state)


def _can_shift(states: list[int], kind: int) -> bool:
    stack = list(states)
    while (action := t.ACTIONS[stack[-1]].get(kind)) is not None:
        if action >= 0:
            return True
        length, left, _ = _RULES[~action]
        del stack[len(stack) - length :]
        stack.append(t.GOTOS[stack[-1]][left])
    return kind == t.END_OF_TEXT and stack[-1] == t.END_STATE
