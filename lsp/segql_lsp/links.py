"""textDocument/documentLink: from the code of a silenced rule to its page.

The names of segments are no links: editors offer a definition and a link with the same gesture, and
both would open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from segql.diagnostics import CODES
from segql.diagnostics.choice import named
from segql.linter.examined import SUPPRESSION_MARK
from segql.linter.suppressions import suppressions_in
from segql_lsp.abilities import ability
from segql_lsp.documents import Document

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer

_RULE = re.compile(r"[^\s,]+")


def register(server: SegqlServer) -> None:
    """Link what has a page."""

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK)
    def document_link(
        ls: SegqlServer, params: types.DocumentLinkParams
    ) -> list[types.DocumentLink] | None:
        document = ls.document(params.text_document)
        has_tooltips = ability(ls, "text_document.document_link.tooltip_support")
        return [*links(document, has_tooltips)] if document else None


def links(document: Document, has_tooltips: bool) -> Iterator[types.DocumentLink]:
    """The rules that a document silences, by code or by name; a family has no page of its own."""
    if SUPPRESSION_MARK not in document.text:
        return
    for suppression in suppressions_in(document.file)[0]:
        for rule in _RULE.finditer(document.text, *suppression.listed):
            names = named(rule[0])
            if len(names) == 1:
                code = CODES[next(iter(names))]
                tooltip = f"{code.code}: {code.summary}" if has_tooltips else None
                yield types.DocumentLink(document.range(*rule.span()), code.url, tooltip)
