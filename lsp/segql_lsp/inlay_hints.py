"""textDocument/inlayHint: what date math means now, and the types of fields."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lsprotocol import types

from segql.catalog import DEFAULT_TABLE, instant, parse_date_math, type_of
from segql.syntax.nodes import Between, Comparison, Identifier, Operand, Statement, String
from segql.syntax.walk import walk
from segql_lsp.documents import Document
from segql_lsp.settings import InlayHints

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer

_TEXT_OPERATORS = frozenset(("LIKE", "CONTAINS"))
# The smallest part of an instant that is worth reading, by the unit of the date math.
_PARTS = {"h": "minutes", "m": "minutes", "s": "seconds"}


def register(server: SegqlServer) -> None:
    """Show hints on request."""

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    def inlay_hint(ls: SegqlServer, params: types.InlayHintParams) -> list[types.InlayHint] | None:
        document = ls.document(params.text_document)
        if document is None:
            return None
        span = document.span(params.range)
        return hints(document, span, ls.settings.inlay_hints, datetime.now(UTC))


def hints(
    document: Document, span: tuple[int, int], settings: InlayHints, now: datetime
) -> list[types.InlayHint]:
    """The hints that stand in a stretch of a text, in its order."""
    start, end = span
    found: list[tuple[int, types.InlayHint]] = []
    for statement in document.file.statements:
        if statement.start <= end and start <= statement.end:
            if settings.instants:
                found += _instants(document, statement, now)
            if settings.types:
                found += _types(document, statement)
    found.sort(key=lambda hint: hint[0])
    return [hint for offset, hint in found if start <= offset <= end]


def _instants(
    document: Document, statement: Statement, now: datetime
) -> Iterator[tuple[int, types.InlayHint]]:
    for value in _dates(document, statement):
        math, moment = parse_date_math(value.value), instant(value.value, now)
        if math and moment:
            part = _PARTS.get(math.unit)
            label = f"{_clock(moment, part)} UTC" if part else str(moment.date())
            yield (
                value.end,
                types.InlayHint(
                    document.position(value.end),
                    label,
                    tooltip=f"{_clock(moment, 'seconds')} UTC, counted from now",
                    padding_left=True,
                ),
            )


def _clock(moment: datetime, part: str) -> str:
    return moment.replace(tzinfo=None).isoformat(" ", part)


def _dates(document: Document, statement: Statement) -> Iterator[String]:
    """The texts that are compared with what may be a date; elsewhere "now-3d" is only a text."""
    catalog, table = document.folder.catalog, statement.table or DEFAULT_TABLE
    for operand, value in _compared(statement):
        if isinstance(value, String):
            type = type_of(operand, catalog, table)
            if type is None or type.value in (None, "date"):
                yield value


def _compared(statement: Statement) -> Iterator[tuple[Operand, Operand]]:
    for node in walk(statement.filter):
        match node:
            case Comparison(left=left, operator=operator, right=right):
                if operator not in _TEXT_OPERATORS:
                    yield left, right
                    yield right, left
            case Between(operand=operand, low=low, high=high):
                yield operand, low
                yield operand, high
            case _:
                pass


def _types(document: Document, statement: Statement) -> Iterator[tuple[int, types.InlayHint]]:
    """The type of each field where it stands first."""
    catalog, table = document.folder.catalog, statement.table or DEFAULT_TABLE
    seen: set[str] = set()
    for node in walk(statement.filter):
        if isinstance(node, Identifier) and node.name not in seen:
            seen.add(node.name)
            found = catalog.find(node.name, table)
            if found and found.type.shape != "unknown":
                yield (
                    node.end,
                    types.InlayHint(
                        document.position(node.end),
                        f": {found.type.name}",
                        kind=types.InlayHintKind.Type,
                        tooltip=found.field.description or None,
                    ),
                )
