"""A place where something is to be offered, and one offer of it.

Offers are plain JSON, for there may be thousands.
"""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

from lsprotocol.types import CompletionItemKind as Kind

from segql.catalog import DEFAULT_TABLE, FUNCTIONS, FieldType, Parameter, type_of
from segql.syntax.expectation import Expectation
from segql_lsp.documents import Document

Item = dict[str, Any]

_SNIPPET = 2  # the protocol's InsertTextFormat.Snippet


class Situation:
    """A place in a document where something is to be offered."""

    def __init__(
        self, document: Document, offset: int, expected: Expectation, now: datetime, snippets: bool
    ) -> None:
        self.document = document
        self.folder = document.folder
        self.expected = expected
        self.now = now
        self.takes_snippets = snippets
        self.typed = document.text[expected.start : offset]
        self.behind = document.text[expected.end : expected.end + 1]
        self.is_incomplete = False  # whether there is more for somebody who writes on

    @cached_property
    def table(self) -> str:
        """The table that the fields are of."""
        return self.expected.table or DEFAULT_TABLE

    @cached_property
    def type(self) -> FieldType | None:
        """The type of what is compared; None where nothing is known of it."""
        subject = self.expected.subject
        return type_of(subject, self.folder.catalog, self.table) if subject else None

    @cached_property
    def parameter(self) -> Parameter | None:
        """What the function takes in whose brackets the place is."""
        argument = self.expected.argument
        function = FUNCTIONS.get(argument.function.lower()) if argument else None
        if argument is None or function is None:
            return None
        filled = function.filled_by(max(argument.total, function.fewest))
        return filled[argument.position] if argument.position < len(filled) else None

    def item(
        self,
        label: str,
        kind: Kind,
        rank: str,
        text: str | None = None,
        *,
        detail: str | None = None,
        is_snippet: bool = False,
    ) -> Item:
        """One offer, which writes ``text`` or its label; ``rank`` puts it in order.

        What it is described as is told by its kind (see `completion`).
        """
        found: Item = {"label": label, "kind": kind.value, "sortText": rank + label}
        if text is not None and text != label:
            found["textEditText"] = text
        if detail:
            found["detail"] = detail
        if is_snippet:
            found["insertTextFormat"] = _SNIPPET
        if self.expected.quote:  # the client compares with what is typed, and that has the quote
            place = self.typed.index(self.expected.quote)
            found["filterText"] = label[:place] + self.expected.quote + label[place:]
        return found
