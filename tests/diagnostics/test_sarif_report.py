"""SARIF, as code scanning reads it."""

from __future__ import annotations

import json
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import Any

import pytest
from hypothesis import given

from segql.diagnostics import CODES, Diagnostic, Edit, Fix, diagnostic
from segql.diagnostics.reports import Findings, sarif
from segql.diagnostics.reports.paths import uri
from segql.linter import check_text
from segql.source import SourceFile

from .findings import any_findings, count, found, with_schema
from .validators import is_uri_reference, sarif_errors


def rendered(findings: Findings) -> dict[str, Any]:
    log = json.loads(sarif.render(findings))
    assert sarif_errors(log) == []
    (run,) = log["runs"]
    return run


def one_result(findings: Findings) -> dict[str, Any]:
    (result,) = rendered(findings)["results"]
    return result


def test_a_run_without_results() -> None:
    run = rendered([(SourceFile("FILTER a", "a.segql"), [])])
    assert run["results"] == run["tool"]["driver"]["rules"] == []
    assert run["invocations"] == [{"executionSuccessful": True}]
    assert run["columnKind"] == "unicodeCodePoints"


def test_the_tool_says_what_it_is() -> None:
    from segql import __version__

    driver = rendered([])["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("segql", __version__)


def test_a_result() -> None:
    result = one_result(found("-- 🙂\nFILTER $$ > 1", 12, 14))
    (fingerprint,) = result.pop("partialFingerprints").values()
    assert len(fingerprint) == 32
    region = {
        "startLine": 2,
        "startColumn": 8,
        "endLine": 2,
        "endColumn": 10,
        "charOffset": 12,
        "charLength": 2,
    }
    place = {"artifactLocation": {"uri": "a.segql"}, "region": region}
    assert result == {
        "ruleId": "SYN008",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "what\nhelp: do this"},
        "locations": [{"physicalLocation": place}],
    }


def test_a_fingerprint_stays_when_the_lines_move() -> None:
    (one, other) = (
        one_result(found(text, text.index("$"), text.index("$") + 1))["partialFingerprints"]
        for text in ("FILTER $", "-- above\nFILTER AND (\n    $\n)")
    )
    assert one == other
    assert one != one_result(found("#"))["partialFingerprints"]


def test_only_the_rules_that_were_met_each_once() -> None:
    source = SourceFile("FILTER a", "a.segql")
    names = ("bad-character", "not-between", "bad-character")
    problems = [diagnostic(name, 0, 1, "what", "") for name in names]
    run = rendered([(source, problems), (source, problems[:1])])
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["PORT006", "SYN008"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [
        result["ruleId"] for result in run["results"]
    ]
    assert rules[0] == {
        "id": "PORT006",
        "name": "not-between",
        "shortDescription": {"text": CODES["not-between"].summary},
        "fullDescription": {"text": CODES["not-between"].summary},
        "help": rules[0]["help"],
        "helpUri": CODES["not-between"].url,
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": ["PORT"]},
    }
    assert CODES["not-between"].url in rules[0]["help"]["text"]


def test_every_rule_keeps_to_the_limits_of_github() -> None:
    source = SourceFile("FILTER a", "a.segql")
    problems = [diagnostic(name, 0, 1, "what", "") for name in CODES]
    rules = rendered([(source, problems)])["tool"]["driver"]["rules"]
    assert len(rules) == len(CODES) < 25_000
    for rule in rules:
        assert 0 < len(rule["name"]) <= 255
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert len(rule["properties"]["tags"]) <= 10


def test_a_severity_that_is_not_the_rules_own_is_the_results() -> None:
    problem = Diagnostic(
        code="SYN008",
        name="bad-character",
        severity="info",
        message="what",
        help="",
        span=diagnostic("bad-character", 0, 1, "", "").span,
    )
    run = rendered([(SourceFile("$", "a.segql"), [problem])])
    assert run["results"][0]["level"] == "note"
    assert run["tool"]["driver"]["rules"][0]["defaultConfiguration"] == {"level": "error"}


def test_braces_are_no_placeholders() -> None:
    assert one_result(found("{", message="`{0}` is wrong", help=""))["message"] == {
        "text": "`{{0}}` is wrong"
    }


def test_of_too_many_results_the_gravest_are_kept() -> None:
    source = SourceFile("FILTER a $", "a.segql")
    light = diagnostic("trailing-comma", 7, 8, "light", "")
    grave = diagnostic("bad-character", 9, 10, "grave", "")
    run = rendered_quickly([(source, [light] * sarif.MOST_RESULTS + [grave, grave])])
    assert [result["level"] for result in run["results"][:3]] == ["error", "error", "warning"]
    assert len(run["results"]) == sarif.MOST_RESULTS
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"].startswith("2 more were found")
    just_enough = rendered_quickly([(source, [light] * sarif.MOST_RESULTS)])
    assert just_enough["invocations"] == [{"executionSuccessful": True}]


def rendered_quickly(findings: Findings) -> dict[str, Any]:
    """Without the results in what is validated: the schema takes its time for each."""
    log = json.loads(sarif.render(findings))
    (run,) = log["runs"]
    assert sarif_errors({**log, "runs": [{**run, "results": run["results"][:1]}]}) == []
    return run


# Fixes


def test_a_fix_can_be_carried_out_with_what_stands_there() -> None:
    text = "-- 🙂\r\nFILTER AND (a IN (1,), b > 2,)"
    (problem,) = check_text(text)
    assert problem.fix is not None
    (fix,) = one_result([(SourceFile(text, "a.segql"), [problem])])["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "a.segql"}
    assert fix["description"]["text"] == f"{problem.fix.message} (safe)"
    assert carried_out(text, change["replacements"]) == "-- 🙂\r\nFILTER AND (a IN (1), b > 2,)"


def carried_out(text: str, replacements: list[dict[str, Any]]) -> str:
    for replacement in reversed(replacements):
        region = replacement["deletedRegion"]
        start = region["charOffset"]
        end = start + region["charLength"]
        text = text[:start] + replacement["insertedContent"]["text"] + text[end:]
    return text


def test_several_edits_and_one_that_only_inserts() -> None:
    fix = Fix("unsafe", "write {}", (Edit(0, 1, "{x}"), Edit(3, 3, "!")))
    (rendered_fix,) = one_result(found("a b", fix=fix))["fixes"]
    assert rendered_fix["description"] == {"text": "write {{}} (unsafe)"}
    (change,) = rendered_fix["artifactChanges"]
    assert carried_out("a b", change["replacements"]) == "{x} b!"


def test_a_fix_without_edits_is_none() -> None:
    assert "fixes" not in one_result(found("a", fix=Fix("safe", "nothing", ())))


# Paths


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.segql", "a.segql"),
        ("./deep//a b.segql", "deep/a%20b.segql"),
        ("../ü.segql", "../%C3%BC.segql"),
        ("a:b%41#?.segql", "a%3Ab%2541%23%3F.segql"),
        ("x\udcff.segql", "x%FF.segql"),
        ("/home/a b/c:d.segql", "file:///home/a%20b/c:d.segql"),
        ("back\\slash.segql", "back%5Cslash.segql"),
        (None, "%3Cstdin%3E"),
    ],
)
def test_paths_are_uris(path: str | None, expected: str) -> None:
    assert uri(SourceFile("", path), PurePosixPath) == expected
    (location,) = one_result(found("$", path=path))["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {
        "uri": uri(SourceFile("", path), PurePath)
    }


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("deep\\a b.segql", "deep/a%20b.segql"),
        ("C:\\Users\\ü\\a.segql", "file:///C:/Users/%C3%BC/a.segql"),
        ("\\\\host\\share\\a.segql", "file:////host/share/a.segql"),
        ("\ud800.segql", "%5Cud800.segql"),
    ],
)
def test_paths_of_windows_are_uris(path: str, expected: str) -> None:
    assert uri(SourceFile("", path), PureWindowsPath) == expected


# All


@with_schema
@given(any_findings)
def test_any_findings(findings: Findings) -> None:
    results = rendered(findings)["results"]
    assert len(results) == count(findings)
    for result in results:
        ((location,),) = [result["locations"]]
        assert is_uri_reference(location["physicalLocation"]["artifactLocation"]["uri"])


@with_schema
@given(any_findings)
def test_any_place(findings: Findings) -> None:
    places = [(source, problem.span) for source, found in findings for problem in found]
    for (source, span), result in zip(places, rendered(findings)["results"], strict=True):
        region = result["locations"][0]["physicalLocation"]["region"]
        lines = source.line_starts
        assert lines[region["startLine"] - 1] + region["startColumn"] - 1 == span.start
        assert lines[region["endLine"] - 1] + region["endColumn"] - 1 == span.end
        assert region["charOffset"] == span.start
        assert region["charOffset"] + region["charLength"] == span.end
