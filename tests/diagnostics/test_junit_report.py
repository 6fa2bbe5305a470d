"""JUnit's XML, as GitLab and Jenkins read it."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given

from segql.diagnostics import diagnostic
from segql.diagnostics.reports import Findings, junit
from segql.source import SourceFile

from .findings import any_findings, count, found, with_schema
from .validators import junit_errors

SOURCE = SourceFile("FILTER $ > 1, $", "deep/a.segql")
DOLLAR = diagnostic("bad-character", 7, 8, "what", "do this")
ADVICE = diagnostic("fixed-date", 7, 8, "advice", "do this")


def rendered(findings: Findings) -> Xml.Element:
    document = junit.render(findings)
    assert junit_errors(document) == []
    return Xml.fromstring(document.encode())


def counts(element: Xml.Element) -> tuple[int, int, int]:
    """Tests, failures and errors."""
    number = element.attrib
    return int(number["tests"]), int(number["failures"]), int(number["errors"])


def test_nothing_checked() -> None:
    root = rendered([])
    assert counts(root) == (0, 0, 0)
    assert len(root) == 0


def test_a_file_without_problems_is_a_test_that_passes() -> None:
    (suite,) = rendered([(SOURCE, [])])
    assert suite.attrib["name"] == suite.attrib["file"] == "deep/a.segql"
    assert counts(suite) == (1, 0, 0)
    (case,) = suite
    assert case.attrib == {"classname": "deep/a", "name": "nothing found"}
    assert len(case) == 0


def test_a_problem_is_a_test_that_fails() -> None:
    ((case,),) = rendered([(SOURCE, [DOLLAR])])
    assert case.attrib == {"classname": "deep/a", "name": "SYN008 what"}
    (failure,) = case
    assert failure.tag == "failure"
    assert failure.attrib == {"type": "error", "message": "what"}
    assert failure.text == (
        "deep/a.segql:1:8: error SYN008 what\n"
        "  |\n"
        "1 | FILTER $ > 1, $\n"
        "  |        ^\n"
        "  = help: do this"
    )


def test_advice_is_no_failure() -> None:
    (suite,) = rendered([(SOURCE, [ADVICE])])
    assert counts(suite) == (1, 0, 0)
    (case,) = suite
    assert [child.tag for child in case] == ["system-out"]


def test_a_suite_a_file_and_the_counts() -> None:
    warning = diagnostic("trailing-comma", 7, 8, "what", "")
    root = rendered(
        [(SOURCE, [DOLLAR, warning, ADVICE]), (SourceFile("", "b"), []), (SOURCE, [DOLLAR])]
    )
    assert [counts(suite) for suite in root] == [(3, 2, 0), (1, 0, 0), (1, 1, 0)]
    assert counts(root) == (5, 3, 0)


def test_no_two_tests_of_a_file_have_the_same_name() -> None:
    """GitLab would pass over the second one."""
    (suite,) = rendered([(SOURCE, [DOLLAR, DOLLAR, DOLLAR])])
    names = [case.attrib["name"] for case in suite]
    assert names == ["SYN008 what", "SYN008 what (2)", "SYN008 what (3)"]


@pytest.mark.parametrize("text", ["<a> & \"b\" 'c'", "]]>", "&lt;", "<!-- -->", "a\nb\r\tc", "🙂"])
def test_what_has_a_meaning_is_escaped(text: str) -> None:
    (suite,) = rendered(found("$", path=text, message=text))
    assert suite.attrib["file"] == text
    assert suite[0].attrib["name"] == f"SYN008 {text}"
    assert suite[0][0].attrib["message"] == text


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x0c", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_replaced(character: str) -> None:
    (suite,) = rendered(found(character, message=f"a{character}b"))
    assert suite[0].attrib["name"] == "SYN008 a\N{REPLACEMENT CHARACTER}b"


@with_schema
@given(any_findings)
def test_any_findings(findings: Findings) -> None:
    root = rendered(findings)
    assert len(root) == len(findings)
    for suite, (_, problems) in zip(root, findings, strict=True):
        failing = [problem for problem in problems if problem.severity != "info"]
        assert counts(suite) == (max(1, len(problems)), len(failing), 0)
        assert len(suite) == max(1, len(problems))
        assert len(suite.findall("testcase/failure")) == len(failing)
    assert len(root.findall("*/testcase/*")) == count(findings)
