"""What rules about the way of writing share: the forms of a workspace, and fixes in texts."""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Edit, Fix
from segql.syntax.nodes import Form, FormKind, Statement
from segql.syntax.parser import ParsedFile
from segql.syntax.walk import is_whole
from segql.workspace import Workspace

_ENOUGH = 16  # characters that hold any keyword


def forms(workspace: Workspace, kind: FormKind) -> Iterator[tuple[ParsedFile, Form]]:
    """Every place of the workspace that is written in a way, with its file."""
    for file in workspace.files:
        for form in file.forms:
            if form.kind == kind:
                yield file, form


def whole_statements(file: ParsedFile) -> Iterator[Statement]:
    """The statements of a file that have no mistake."""
    return (s for s in file.statements if not file.has_errors or is_whole(s))


def before(file: ParsedFile, offset: int) -> str:
    """The end of the text that is read before an offset: without white space and comments."""
    comments = [comment for comment in file.comments if comment.end <= offset]
    while True:
        text = file.source.text[max(0, offset - _ENOUGH) : offset]
        offset -= len(text) - len(text.rstrip())
        if comments and comments[-1].end >= offset and comments[-1].start < offset:
            offset = comments.pop().start
        elif text.strip() or not text:
            return text.rstrip()


def rewrite(file: ParsedFile, message: str, *edits: Edit) -> Fix | None:
    """A safe fix; None where a comment stands in what would be replaced."""
    for edit in edits:
        if any(c.start < edit.end and edit.start < c.end for c in file.comments):
            return None
    return Fix("safe", message, edits)
