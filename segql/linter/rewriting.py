"""What rules about the way of writing share: what stands around a place, and fixes in texts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from segql.diagnostics import Edit, Fix
from segql.formatter import UnsayableError
from segql.formatter.flat import flat
from segql.syntax.nodes import Node, Statement
from segql.syntax.parser import ParsedFile
from segql.syntax.walk import is_whole

_STICKS = re.compile(r"[\w.@/'`\[-]")  # what would become one word with its neighbour
_ENOUGH = 16  # characters that hold any keyword


def whole_statements(file: ParsedFile) -> Iterator[Statement]:
    """The statements of a file that have no mistake."""
    # Where a word that is no operator stands, the tree is whole, but nobody means what it says.
    errors = sorted(problem.span.start for problem in file.diagnostics if problem.is_error)
    for statement in file.statements:
        near = bisect_left(errors, statement.start)
        is_clean = near == len(errors) or errors[near] > statement.end
        if not errors or (is_clean and is_whole(statement)):
            yield statement


def before(file: ParsedFile, offset: int) -> str:
    """The end of the text that is read before an offset: without white space and comments."""
    above = bisect_right(file.comments, offset, key=lambda comment: comment.end)
    while True:
        text = file.source.text[max(0, offset - _ENOUGH) : offset]
        offset -= len(text) - len(text.rstrip())
        if above and file.comments[above - 1].end >= offset > file.comments[above - 1].start:
            above -= 1
            offset = file.comments[above].start
        elif text.strip() or not text:
            return text.rstrip()


def canonical(node: Node) -> str | None:
    """The canonical text of a node; None where a name in it is one that no quotes can hold."""
    try:
        return flat(node)
    except UnsayableError:
        return None


def has_comment(file: ParsedFile, start: int, end: int) -> bool:
    """Whether a comment stands between two offsets, or reaches over one of them."""
    first = bisect_right(file.comments, start, key=lambda comment: comment.end)
    return first < len(file.comments) and file.comments[first].start < end


def rewrite(file: ParsedFile, message: str, start: int, end: int, text: str | None) -> Fix | None:
    """A safe fix that puts a text between two offsets; None without one, or to keep a comment."""
    if text is None or has_comment(file, start, end):
        return None
    return Fix("safe", message, (Edit(start, end, text),))


def replacement(text: str, start: int, end: int, new: str) -> Edit:
    """The edit that puts a text between two offsets, with a space where it would stick."""
    before = " " if _STICKS.match(text[start - 1 : start]) and _STICKS.match(new[:1]) else ""
    behind = " " if _STICKS.match(text[end : end + 1]) and _STICKS.match(new[-1:]) else ""
    return Edit(start, end, f"{before}{new}{behind}")
