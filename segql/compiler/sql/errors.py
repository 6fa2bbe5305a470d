"""What a dialect cannot say."""

from __future__ import annotations

from segql.source import Span
from segql.syntax.nodes import Node


class SqlError(ValueError):
    """A phrase that has no SQL: ``span`` is its place, ``message`` says why, ``help`` what to do.

    In a segment that another one includes, the place is one in the text of the included segment,
    and ``segment`` is its slug.
    """

    def __init__(self, node: Node, message: str, help: str, segment: str | None = None) -> None:
        super().__init__(message)
        self.span: Span = node.span
        self.message = message
        self.help = help
        self.segment = segment


class Unsayable(ValueError):
    """What SQL is not asked, in words that go on from what it is asked of."""
