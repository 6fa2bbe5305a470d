"""The list of objects that other programs read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from segql.diagnostics import CODES, Edit, Fix
from segql.diagnostics.reports import Findings
from segql.diagnostics.reports import json as report

from .findings import any_findings, count, found

KEYS = (
    *("path", "line", "column", "end_line", "end_column", "code", "name", "severity"),
    *("message", "help", "url", "fix"),
)


def rendered(findings: Findings) -> list[dict[str, Any]]:
    return json.loads(report.render(findings))


def test_nothing_found_is_an_empty_list() -> None:
    assert rendered([]) == []


def test_an_object_a_finding() -> None:
    fix = Fix("safe", "drop it", (Edit(16, 18, ""),))
    assert rendered(found("FILTER a\nFILTER $$ > 1", 16, 18, fix=fix)) == [
        {
            "path": "a.segql",
            "line": 2,
            "column": 8,
            "end_line": 2,
            "end_column": 10,
            "code": "SYN008",
            "name": "bad-character",
            "severity": "error",
            "message": "what",
            "help": "do this",
            "url": CODES["bad-character"].url,
            "fix": {
                "applicability": "safe",
                "message": "drop it",
                "edits": [{"start": 16, "end": 18, "text": ""}],
            },
        }
    ]


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (None, None),
        ("", None),
        ("./a b.segql", "./a b.segql"),
        ("ü\udcff.segql", "ü\\xff.segql"),
        ("\udcc3\udca9.segql", "é.segql"),
        ("\ud800\udcff.segql", "\\ud800\\udcff.segql"),
    ],
)
def test_a_path_is_shown_as_it_was_named(path: str | None, shown: str | None) -> None:
    assert rendered(found("$", path=path))[0]["path"] == shown


@given(any_findings)
def test_any_findings(findings: Findings) -> None:
    rows = rendered(findings)
    assert len(rows) == count(findings)
    each = (problem for _, found in findings for problem in found)
    for row, problem in zip(rows, each, strict=True):
        assert tuple(row) == KEYS
        assert (row["fix"] is None) == (problem.fix is None)
        json.dumps(row, ensure_ascii=False).encode()
