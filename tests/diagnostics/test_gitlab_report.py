"""Code Quality reports, as GitLab reads them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from segql.diagnostics import diagnostic
from segql.diagnostics.reports import Findings, gitlab
from segql.source import SourceFile
from segql.syntax.parser import parse

from .findings import any_findings, count, found, with_schema
from .validators import gitlab_errors


def rendered(findings: Findings) -> list[dict[str, Any]]:
    report = json.loads(gitlab.render(findings))
    assert gitlab_errors(report) == []
    return report


def fingerprints(text: str, path: str = "a.segql") -> list[str]:
    parsed = parse(text, path)
    assert parsed.diagnostics
    return [row["fingerprint"] for row in rendered([(parsed.source, parsed.diagnostics)])]


def test_nothing_found_is_an_empty_list() -> None:
    assert gitlab.render([(SourceFile("FILTER a", "a.segql"), [])]) == "[]\n"


def test_an_object_a_finding() -> None:
    (row,) = rendered(found("FILTER a\nFILTER $$ > 1", 16, 18, path="./deep/a.segql"))
    assert row == {
        "description": "SYN008 what (do this)",
        "check_name": "bad-character",
        "fingerprint": row["fingerprint"],
        "severity": "major",
        "location": {"path": "deep/a.segql", "lines": {"begin": 2}},
    }


@pytest.mark.parametrize(
    ("name", "severity"),
    [("bad-character", "major"), ("trailing-comma", "minor"), ("fixed-date", "info")],
)
def test_the_severities_of_gitlab(name: str, severity: str) -> None:
    assert rendered(found("a", name=name))[0]["severity"] == severity


def test_without_help() -> None:
    assert rendered(found("$", help=""))[0]["description"] == "SYN008 what"


def test_a_fingerprint_stays_when_the_lines_move() -> None:
    text = "FILTER AND (a > , b > 1)\n\nFILTER c $ 1\nFILTER AND (d > , b > 1)"
    moved = "-- a line more\n\n" + text.replace("\n\n", "\n\n\n-- and more\n")
    assert fingerprints(moved) == fingerprints(text)
    assert fingerprints("  " + text.replace("\n", "\r\n    ")) == fingerprints(text)


def test_a_fingerprint_of_what_is_missing_is_of_the_line() -> None:
    (one,) = fingerprints("FILTER a >")
    assert fingerprints("-- above\n\n  FILTER a >  ") == [one]
    assert fingerprints("FILTER b >") != [one]


def test_a_fingerprint_is_of_one_problem() -> None:
    twice = fingerprints("FILTER AND (a > , b > )\nFILTER AND (a > , b > )")
    assert len(set(twice)) == len(twice) == 4
    assert twice[:2] == fingerprints("FILTER AND (a > , b > )")
    assert not {*twice} & {*fingerprints("FILTER AND (a > , b > )", "b.segql")}


def test_a_fingerprint_is_of_the_code_and_not_of_the_words() -> None:
    one, other = (rendered(found("a", name=name))[0] for name in ("not-between", "is-null"))
    assert one["fingerprint"] != other["fingerprint"]
    reworded = rendered(found("a", name="is-null", message="in other words", help=""))[0]
    assert reworded["fingerprint"] == other["fingerprint"]


def test_the_same_file_twice() -> None:
    file = (SourceFile("$", "a.segql"), [diagnostic("bad-character", 0, 1, "what", "")])
    one, other = rendered([file, file])
    assert one["fingerprint"] != other["fingerprint"]


@with_schema
@given(any_findings)
def test_any_findings(findings: Findings) -> None:
    rows = rendered(findings)
    assert len(rows) == count(findings)
    assert len({row["fingerprint"] for row in rows}) == len(rows)
