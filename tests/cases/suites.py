"""Suites of texts in memory."""

from __future__ import annotations

from datetime import UTC, datetime

from segql.cases.running import Suite
from segql.catalog import Catalog
from segql.syntax.parser import parse
from segql.workspace import Workspace

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TYPES = {
    "visits": "int",
    "value": "number",
    "city": "string",
    "email": "string",
    "seen": "date",
    "tags": "[]string",
    "flag": "bool",
    "consent": "map[string]bool",
    "home": "geolocation",
    "hits": "[]timebucket",
}


def suite(*texts: str, types: dict[str, str] | None = None) -> Suite:
    """The segments of some texts, with the types above if no others are given."""
    files = [parse(text, f"{number}.segql") for number, text in enumerate(texts)]
    catalog = Catalog.from_types(TYPES if types is None else types)
    return Suite(Workspace(files), catalog, NOW)
