"""What the tests of the TYP rules share: a catalog, and what is said about a phrase."""

from __future__ import annotations

from typing import Any

from segql.catalog import TYPES, Catalog, Field
from segql.diagnostics import CODES
from segql.linter.pages import EXAMPLE_FIELDS

from .asking import ask, mend

# Besides those of the examples.
FIELDS = {
    **EXAMPLE_FIELDS,
    "last name": "string",
    "lastvisit_web": "date",
    "expires": "date",
    "seen_ts": "int",
    "sizes": "[]int",
    "birthdays": "map[string]date",
    "anything": "unknown",
    "list": "[]value",
    "Select": "string",
}
KNOWN = Catalog.from_types(FIELDS)
# With keys and values that were seen.
SEEN = Catalog(
    {
        "user": [
            Field("counts", TYPES["map[string]int"], keys=("web", "app")),
            Field("totals", TYPES["map[string]int"], keys=("all time",)),
            Field("visit_ct", TYPES["int"]),
            Field("visit", TYPES["int"]),
            Field("tags", TYPES["[]string"]),
            Field("age", TYPES["string"], examples=("17", "35")),
            Field("zip", TYPES["string"], examples=("E1 6AN", "90210")),
        ]
    }
)
TYP = frozenset(name for name, code in CODES.items() if code.family == "TYP")


def found(phrase: str, catalog: Catalog | None = KNOWN) -> list[tuple[str, str]]:
    """The name of each TYP rule that says something about a filter, with the place."""
    text = f"FILTER {phrase}"
    return [
        (finding.problem.name, finding.place)
        for rule in sorted(TYP)
        for finding in ask(rule, text, catalog=catalog)
    ]


def fixed(rule: str, phrase: str, **options: Any) -> str:
    return mend(rule, f"FILTER {phrase}", catalog=KNOWN, **options).removeprefix("FILTER ")
