"""The canonical form of a text: `format_text` for people, `statement_text` for machines."""

from __future__ import annotations

from segql.diagnostics import Diagnostic
from segql.formatter.layout import LINE_LENGTH, layout, statement_text
from segql.formatter.spelling import UnsayableError
from segql.syntax.parser import ParsedFile, parse

__all__ = [
    "LINE_LENGTH",
    "FormatError",
    "UnsayableError",
    "format_parsed",
    "format_text",
    "statement_text",
]


class FormatError(ValueError):
    """A text that cannot be formatted; it is left as it is.

    ``diagnostics`` holds the errors in it; it is empty where the formatter refused its own output.
    """

    def __init__(self, message: str, diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message)
        self.diagnostics = diagnostics


def format_text(text: str, line_length: int = LINE_LENGTH) -> str:
    """Return the canonical form of a text. ``line_length`` is in characters.

    Raises `FormatError` when the text has errors, or when the result would not be the same
    segments with the same comments.
    """
    return format_parsed(parse(text), line_length)


def format_parsed(parsed: ParsedFile, line_length: int = LINE_LENGTH) -> str:
    """The same for a text that was read already."""
    errors = tuple(problem for problem in parsed.diagnostics if problem.is_error)
    if errors:
        line, column = parsed.source.position(errors[0].span.start)
        raise FormatError(f"{line}:{column}: {errors[0].message}", errors)
    written = layout(parsed, line_length)
    _verify(parsed, written, line_length)
    return written


def _verify(parsed: ParsedFile, written: str, line_length: int) -> None:
    """Refuse an output that says something else, loses a comment, or would change again."""
    again = parse(written)
    comments = [statement.comment for statement in parsed.statements]
    is_same = not again.has_errors and again.statements == parsed.statements
    if not is_same or [statement.comment for statement in again.statements] != comments:
        raise FormatError("the formatted text would not be the same segments (a bug in segql)")
    if [comment.text for comment in again.comments] != [c.text for c in parsed.comments]:
        raise FormatError("the formatted text would not keep every comment (a bug in segql)")
    # Without comments the layout is made from the tree alone, and the tree is the same.
    if parsed.comments and layout(again, line_length) != written:
        raise FormatError("the formatted text would change when formatted again (a bug in segql)")
