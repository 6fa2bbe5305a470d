"""Diagnostics as JUnit's XML: a test suite a file, which fails once for each problem.

There is no standard. This is what GitLab and Jenkins read, and what the schema of Jenkins allows:
a file's path stands at the suite, for a test case has no place for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from segql.diagnostics.diagnostic import Diagnostic
from segql.diagnostics.reports import Findings, text
from segql.diagnostics.reports.paths import shown_path
from segql.source import SourceFile

_SUFFIX = ".segql"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(findings: Findings) -> str:
    """The XML document; a file without problems is one test that passes."""
    suites = [_suite(source, problems) for source, problems in findings]
    root = Xml.Element("testsuites", _counts(sum(len(suite) for suite in suites), findings))
    root.extend(suites)
    Xml.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{Xml.tostring(root, "unicode")}\n'


def _suite(source: SourceFile, problems: Sequence[Diagnostic]) -> Xml.Element:
    path = _clean(shown_path(source))
    tests = max(1, len(problems))
    suite = Xml.Element(
        "testsuite", {"name": path, "file": path, **_counts(tests, [(source, problems)])}
    )
    class_name = path.removesuffix(_SUFFIX)  # what follows the last dot is the class for Jenkins
    if not problems:
        Xml.SubElement(suite, "testcase", {"classname": class_name, "name": "nothing found"})
    times: Counter[str] = Counter()
    for problem in problems:
        name = _clean(f"{problem.code} {problem.message}")
        times[name] += 1
        # GitLab passes over a second test of the same name. A line would make it another test
        # whenever the lines move.
        name += f" ({times[name]})" if times[name] > 1 else ""
        case = Xml.SubElement(suite, "testcase", {"classname": class_name, "name": name})
        _add_outcome(case, source, problem)
    return suite


def _add_outcome(case: Xml.Element, source: SourceFile, problem: Diagnostic) -> None:
    excerpt = _clean(text.render([(source, [problem])]).rstrip("\n"))
    if _is_failure(problem):
        attributes = {"type": problem.severity, "message": _clean(problem.message)}
        Xml.SubElement(case, "failure", attributes).text = excerpt
    else:
        Xml.SubElement(case, "system-out").text = excerpt


def _counts(tests: int, findings: Findings) -> dict[str, str]:
    failures = sum(_is_failure(problem) for _, problems in findings for problem in problems)
    return {"tests": f"{tests}", "failures": f"{failures}", "errors": "0"}


def _is_failure(problem: Diagnostic) -> bool:
    return problem.severity != "info"


def _clean(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold (its section 2.2)."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
