"""Which comments describe a statement."""

from __future__ import annotations

import re
from bisect import bisect_right

from msgspec.structs import replace

from segql.syntax.nodes import Comment, Statement

_MARKS = re.compile(r"^(?:--+|#+|//+)\s?")
_LONE_RETURN = re.compile(r"\r(?!\n)")
_FARTHEST = 1_000  # characters
_DIRECTIVE = "segql:"  # a comment that speaks to the tools, not to people
_STARS = re.compile(r"^\s*\*+\s?")


def with_line_feeds(text: str) -> str:
    """The text with a line feed for each carriage return that ends a line alone."""
    return _LONE_RETURN.sub("\n", text) if "\r" in text else text


def block_above(text: str, comments: tuple[Comment, ...], start: int) -> tuple[Comment, ...]:
    """The comments directly above an offset: each on lines of its own, no blank line between.

    A blank line cuts the block, and so does a comment that ends another statement's line.
    """
    below, block = start, list[Comment]()
    above = bisect_right(comments, start, key=lambda comment: comment.end)
    for index in range(above - 1, -1, -1):  # no slice: files hold thousands of comments
        comment = comments[index]
        if not _is_adjacent(text, comment.end, below) or not _begins_line(text, comment):
            break
        block.append(comment)
        below = comment.start
    return tuple(reversed(block))


def described(text: str, comments: tuple[Comment, ...], statement: Statement) -> Statement:
    """The statement with what the comment block above it says, without marks."""
    block = block_above(text, comments, statement.start)
    lines = [line for comment in block for line in words(comment)]
    said = "\n".join(line for line in lines if not line.startswith(_DIRECTIVE)).strip()
    return replace(statement, comment=said) if said else statement


def words(comment: Comment) -> list[str]:
    """The lines of a comment without its marks."""
    if not comment.text.startswith("/*"):
        return [_MARKS.sub("", comment.text).rstrip()]
    inner = comment.text.removeprefix("/*").removesuffix("*/").strip("*")
    return [_STARS.sub("", line).strip() for line in inner.strip().splitlines()]


def _is_adjacent(text: str, start: int, end: int) -> bool:
    """Whether only white space without a blank line is between two offsets."""
    if end - start > _FARTHEST:  # statements without comments have a long way to the last one
        return False
    gap = text[start:end]
    return not gap.strip() and gap.count("\n") <= 1


def _begins_line(text: str, comment: Comment) -> bool:
    begin = text.rfind("\n", 0, comment.start) + 1
    before = text[begin : comment.start]
    return not before.strip(" \t;\ufeff") or before.rstrip().endswith("*/")
