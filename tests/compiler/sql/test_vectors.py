"""What the reference implementation answers, asked of DuckDB."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from segql.catalog import Catalog
from segql.compiler.sql import Mapping
from segql.syntax.nodes import Not
from tests.vectors import HERE, load

from .profiles import COLUMNS, JSON, Profiles, statement

EDGES: dict[str, Any] = json.loads((HERE / "edge_match.json").read_text(encoding="utf-8"))
MATCHES = load("match")
CHUNK = 150
MAPPINGS = {"json": JSON, "columns": COLUMNS}

# The answer is "no match" and that of the negation cannot be told: a value that is no bool.
ODD = {'FILTER five > "3"', 'FILTER five > "now-3d"', "FILTER n", "FILTER s"}
# A function that has no SQL.
UNSAID = {'FILTER domain(url) == "x.com"'}
# A column cannot tell null from missing.
WITH_NULL = {"FILTER nul == NULL", "FILTER nul > 1", 'FILTER nul IN ("a")'}


def profiles_for(mapping: Mapping, case: dict[str, Any]) -> Profiles:
    catalog = Catalog.from_types({**case["types"], "nope": "string", "zz": "string"})
    return Profiles(mapping, catalog, datetime.fromisoformat(case["now"]), {})


def differs(profiles: Profiles, ql: str, matched: bool | None) -> str | None:
    """How the answer differs; where it is "no match", that of the negation counts as well."""
    phrase = statement(ql).filter
    if profiles.selects(phrase) != (matched is True):
        return f"{ql}: the answer is {matched}"
    if matched is False and ql not in ODD and not profiles.selects(Not(phrase)):
        return f"{ql}: not the negation"
    return None


@pytest.mark.parametrize("mapping", MAPPINGS.values(), ids=list(MAPPINGS))
@pytest.mark.parametrize("start", range(0, len(MATCHES), CHUNK))
def test_matches(mapping: Mapping, start: int) -> None:
    profiles = profiles_for(mapping, MATCHES[start])
    found: list[str | None] = []
    for case in MATCHES[start : start + CHUNK]:
        profiles.includes = {slug: statement(ql) for slug, ql in case["includes"].items()}
        profiles.hold(case["profile"])
        found.append(differs(profiles, case["ql"], case["matched"]))
    assert [problem for problem in found if problem] == []


@pytest.mark.parametrize("mapping", MAPPINGS.values(), ids=list(MAPPINGS))
def test_edges(mapping: Mapping) -> None:
    profiles = profiles_for(mapping, EDGES)
    profiles.includes = {slug: statement(ql) for slug, ql in EDGES["includes"].items()}
    profiles.hold(EDGES["profile"])
    left_out = UNSAID if mapping.json else UNSAID | WITH_NULL
    cases = [case for case in EDGES["cases"] if case["ql"] not in left_out]
    found = [differs(profiles, case["ql"], case["matched"]) for case in cases]
    assert [problem for problem in found if problem] == []
    assert len(cases) == len(EDGES["cases"]) - len(left_out)
