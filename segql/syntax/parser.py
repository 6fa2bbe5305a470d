"""Read a text: the strict parser first, recovery only for a statement it stops in."""

from __future__ import annotations

from typing import NamedTuple

from segql.diagnostics import Diagnostic, diagnostic
from segql.source import SourceFile
from segql.syntax.builder import Builder
from segql.syntax.comments import described, with_line_feeds
from segql.syntax.depth import find_too_deep
from segql.syntax.driver import drive, pack
from segql.syntax.nodes import Comment, Form, Node, Statement
from segql.syntax.tokens import tokens_of
from segql.syntax.walk import path_at
from segql_grammar import parser_tables as t
from segql_grammar.scanner import MAX_DEPTH, Tokens

# Below this no tree can reach the depth limit (a bracket holds at most three levels: OR, AND and
# a comparison), so it need not be measured.
_SHALLOW = MAX_DEPTH // 4
# Nobody reads more mistakes than these, and to explain each takes time.
_MISTAKES = 100
_MISTAKES_PER_CHARACTER = 0.01


class ParsedFile(NamedTuple):
    """What was read: well-formed statements, all comments, and what is wrong."""

    source: SourceFile
    statements: tuple[Statement, ...]
    comments: tuple[Comment, ...]
    diagnostics: tuple[Diagnostic, ...]
    forms: tuple[Form, ...] = ()  # ways of writing that the tree does not keep

    def node_at(self, offset: int) -> Node | None:
        """The smallest node that an offset stands in, or None between the statements."""
        path = self.path_at(offset)
        return path[-1] if path else None

    def path_at(self, offset: int) -> tuple[Node, ...]:
        """The nodes that an offset stands in, from the statement to the smallest."""
        for statement in self.statements:
            if statement.start <= offset <= statement.end:
                return path_at(statement, offset)
        return ()

    @property
    def has_errors(self) -> bool:
        """Whether any of the diagnostics is an error."""
        return any(problem.is_error for problem in self.diagnostics)


def parse(text: str, path: str | None = None) -> ParsedFile:
    """Read a SegmentQL text. Never raises for what the text says: see ``.diagnostics``.

    A statement with mistakes is in the tree as far as it is well formed, with a `Bad` node in
    place of what is not.
    """
    tokens = tokens_of(text)
    builder = _read(text, tokens)
    if tokens.nesting > _SHALLOW:
        _leave_out_too_deep(builder)
    problems = tuple(sorted(builder.problems, key=lambda problem: problem.span))
    comments = _comments(text, tokens)
    if comments:
        lines = with_line_feeds(text)
        builder.statements = [described(lines, comments, s) for s in builder.statements]
    statements, forms = tuple(builder.statements), tuple(builder.forms)
    return ParsedFile(SourceFile(text, path), statements, comments, problems, forms)


def _read(text: str, tokens: Tokens) -> Builder:
    builder = Builder(text, tokens)
    most = _MISTAKES + int(len(text) * _MISTAKES_PER_CHARACTER)
    packed = pack(tokens)
    position = 0
    while (stopped := drive(builder, tokens, packed, position)) is not None:
        begun = _begin_of_statement(tokens, stopped, position)
        position = _end_of_statement(tokens, max(stopped, begun + 1))
        builder.forget(tokens.starts[begun])
        if len(builder.problems) < most:
            _recover(builder, tokens, begun, position, most - len(builder.problems))
    if len(builder.problems) >= most:
        builder.problems.append(_too_many(builder, most))
    return builder


def _recover(builder: Builder, tokens: Tokens, begun: int, stop: int, most: int) -> None:
    from segql.syntax.recovery import recover  # most texts have no mistake

    recover(builder, tokens, begun, stop, most)
    builder.forget_forms(tokens.starts[begun])


def _too_many(builder: Builder, most: int) -> Diagnostic:
    last = builder.problems[-1].span
    message = f"there are more mistakes than these {most}: the others are not reported"
    return diagnostic("too-many-mistakes", last.start, last.end, message, "mend these first")


def _leave_out_too_deep(builder: Builder) -> None:
    """Whoever walks the tree recurses: what is too deep is reported, and given to nobody."""
    found = [(statement, find_too_deep(statement)) for statement in builder.statements]
    builder.problems += [problem for _, problem in found if problem]
    builder.statements = [statement for statement, problem in found if not problem]


def _comments(text: str, tokens: Tokens) -> tuple[Comment, ...]:
    places = tokens.comments
    return tuple(Comment(text[start:end].rstrip(), start=start, end=end) for start, end in places)


def _begin_of_statement(tokens: Tokens, token: int, least: int) -> int:
    """Index of the first token of the statement that a token stands in, or ends."""
    for index in range(token - 1, least - 1, -1):
        if tokens.kinds[index] == t.FILTER:
            return index
        if tokens.kinds[index] == t.SEMICOLON:
            return index + 1
    return least


def _end_of_statement(tokens: Tokens, token: int) -> int:
    """Index of the first token, from one on, that is not in its statement."""
    for index in range(token, len(tokens.kinds)):
        if tokens.kinds[index] in (t.FILTER, t.SEMICOLON):
            return index
    return len(tokens.kinds)
