"""Format some statements of a text, and indent a line that is being typed."""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Edit
from segql.formatter import FormatError, UnsayableError, format_parsed
from segql.formatter.layout import INDENT, layout
from segql.linter.rewriting import whole_statements
from segql.refactoring.selection import comments_between
from segql.syntax.comments import block_above
from segql.syntax.nodes import Statement
from segql.syntax.parser import ParsedFile, parse
from segql_grammar import parser_tables as t
from segql_grammar.scanner import (
    CLOSERS,
    UNCLOSED_COMMENT,
    UNCLOSED_NAME,
    UNCLOSED_STRING,
    Tokens,
    scan,
)

_UNCLOSED = frozenset((UNCLOSED_STRING, UNCLOSED_NAME, UNCLOSED_COMMENT))
_ENDS = frozenset((t.FILTER, t.SEMICOLON))
_CLOSING = frozenset(CLOSERS.values())
_CLOSING_MARKS = (")", "]", "}")
# What goes on in the next line, where no bracket is open.
_OPEN_ENDED = frozenset((t.FILTER, t.WITH, t.AND, t.OR, t.NOT, t.COMMA))

# ---- Whole statements -------------------------------------------------------------------


def formatted_between(
    file: ParsedFile, start: int, end: int, line_length: int
) -> list[Edit] | None:
    """The edits that make the statements canonical that a stretch touches; the others stay.

    None where the text cannot be formatted. A statement with a mistake keeps no other from it.
    """
    touched = [s for s in file.statements if s.start <= end and start <= s.end]
    if len(touched) == len(file.statements) and not file.has_errors:
        return _everything(file, line_length)
    whole = {id(statement) for statement in whole_statements(file)}
    edits: list[Edit] = []
    for group in _by_lines(file):
        is_touched = any(s.start <= end and start <= s.end for s in group)
        if is_touched and all(id(statement) in whole for statement in group):
            edit = _region(file, group, line_length)
            edits += [edit] if edit and _is_harmless(file, edit) else []
    return edits


def _everything(file: ParsedFile, line_length: int) -> list[Edit] | None:
    try:
        return [Edit(0, len(file.source.text), format_parsed(file, line_length))]
    except (FormatError, UnsayableError):
        return None


def _by_lines(file: ParsedFile) -> Iterator[list[Statement]]:
    """The statements, those together that share a line."""
    group: list[Statement] = []
    for statement in file.statements:
        if group and "\n" in file.source.text[group[-1].end : statement.start]:
            yield group
            group = []
        group.append(statement)
    if group:
        yield group


def _region(file: ParsedFile, group: list[Statement], line_length: int) -> Edit | None:
    """Statements with what describes them and what ends their last line."""
    text, first, last = file.source.text, group[0], group[-1]
    block = block_above(text, file.comments, first.start)
    start = block[0].start if block else first.start
    line_end = text.find("\n", last.end)
    line_end = len(text) if line_end < 0 else line_end
    end = max((c.end for c in comments_between(file, last.end, line_end)), default=last.end)
    alone = ParsedFile(file.source, tuple(group), comments_between(file, start, end), ())
    try:
        return Edit(start, end, layout(alone, line_length).rstrip("\r\n"))
    except UnsayableError:
        return None


def _is_harmless(file: ParsedFile, edit: Edit) -> bool:
    """Whether a text says the same after an edit, with the same comments and mistakes."""
    text = file.source.text
    again = parse(text[: edit.start] + edit.text + text[edit.end :])
    return _said(again) == _said(file)


def _said(file: ParsedFile) -> object:
    described = [statement.comment for statement in file.statements]
    comments = [comment.text for comment in file.comments]
    return file.statements, described, comments, [p.code for p in file.diagnostics]


# ---- A line that is being typed ---------------------------------------------------------


def indentation(text: str, offset: int) -> int | None:
    """How many spaces the line of an offset begins with; None inside a string or a comment.

    Of the line itself only its first character matters: what is behind may be half written.
    """
    start = text.rfind("\n", 0, offset) + 1
    tokens = scan(text[:start])
    if not _UNCLOSED.isdisjoint(tokens.kinds):
        return None
    end = text.find("\n", start)
    line = text[start:] if end < 0 else text[start:end]
    opened = _opened(tokens)
    if opened is not None:
        at_opener = _leading_spaces(text, opened)
        return at_opener if line.lstrip()[:1] in _CLOSING_MARKS else at_opener + INDENT
    return INDENT if tokens.kinds and tokens.kinds[-1] in _OPEN_ENDED else 0


def is_in_text(text: str, offset: int) -> bool:
    """Whether an offset is in a string, a quoted name or a comment."""
    tokens = scan(text[:offset])
    is_in_comment = any(
        start < offset <= end and not text.startswith("/*", start) for start, end in tokens.comments
    )
    return is_in_comment or not _UNCLOSED.isdisjoint(tokens.kinds)


def _opened(tokens: Tokens) -> int | None:
    """Where the innermost bracket was opened that is still open."""
    brackets: list[int] = []
    for kind, start in zip(tokens.kinds, tokens.starts, strict=True):
        if kind in _ENDS:
            brackets.clear()
        elif kind in CLOSERS:
            brackets.append(start)
        elif kind in _CLOSING and brackets:
            brackets.pop()
    return brackets[-1] if brackets else None


def _leading_spaces(text: str, offset: int) -> int:
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    return len(line) - len(line.lstrip(" \t"))
