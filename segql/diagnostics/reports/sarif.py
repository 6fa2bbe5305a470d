"""Diagnostics as SARIF 2.1.0, for code scanning on GitHub and for many viewers.

The standard: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
What GitHub uses of it, and up to which size:
https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from segql._version import __version__
from segql.diagnostics.codes import CODES, PAGES, Code
from segql.diagnostics.diagnostic import Diagnostic, Edit, Fix
from segql.diagnostics.reports import Findings
from segql.diagnostics.reports.fingerprints import with_fingerprints
from segql.diagnostics.reports.json import as_text
from segql.diagnostics.reports.paths import encodable, uri
from segql.source import SourceFile

# GitHub refuses a file with more. Its other limits (20 runs, 25,000 rules, 20 tags a rule, 1,000
# places a result, 1,024 characters of a description, 255 of a name) are never near.
MOST_RESULTS = 25_000

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_HOME = PAGES.removesuffix("/rules")
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_RANKS = {"error": 0, "warning": 1, "info": 2}
# Our own kind of fingerprint. The one that GitHub compares is made from the file when the report is
# uploaded, and the upload complains of any other under its name.
_FINGERPRINT = "segql/v1"

_Object = dict[str, Any]


def render(findings: Findings) -> str:
    """The diagnostics of all files as one run; the gravest ones where they are too many."""
    found = [*with_fingerprints(findings)]
    left_out = len(found) - MOST_RESULTS
    if left_out > 0:
        found = sorted(found, key=lambda each: _RANKS[each[1].severity])[:MOST_RESULTS]
    rules = sorted({CODES[problem.name] for _, problem, _ in found})
    indices = {rule.code: index for index, rule in enumerate(rules)}
    results = [_result(*each) | {"ruleIndex": indices[each[1].code]} for each in found]
    run: _Object = {
        "tool": {"driver": _driver(rules)},
        "invocations": [_invocation(left_out)],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": results,
    }
    return as_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver(rules: Iterable[Code]) -> _Object:
    return {
        "name": "segql",
        "version": __version__,
        "informationUri": _HOME,
        "rules": [_rule(rule) for rule in rules],
    }


def _rule(code: Code) -> _Object:
    return {
        "id": code.code,
        "name": code.name,
        "shortDescription": _message(code.summary),
        "fullDescription": _message(code.summary),
        "help": {
            "text": f"{code.summary} More: {code.url}",
            "markdown": f"{code.summary} [More]({code.url})",
        },
        "helpUri": code.url,
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
        "properties": {"tags": [code.family]},
    }


def _invocation(left_out: int) -> _Object:
    if left_out <= 0:
        return {"executionSuccessful": True}
    notice = f"{left_out} more were found than the {MOST_RESULTS} that a report may hold"
    notification = {"level": "warning", "message": _message(notice)}
    return {"executionSuccessful": True, "toolExecutionNotifications": [notification]}


def _result(source: SourceFile, problem: Diagnostic, fingerprint: str) -> _Object:
    artifact = {"uri": uri(source)}
    region = _region(source, problem.span.start, problem.span.end)
    help = f"\nhelp: {problem.help}" if problem.help else ""
    result: _Object = {
        "ruleId": problem.code,
        "level": _LEVELS[problem.severity],
        "message": _message(problem.message + help),
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "partialFingerprints": {_FINGERPRINT: fingerprint},
    }
    if problem.fix and problem.fix.edits:
        result["fixes"] = [_fix(source, artifact, problem.fix)]
    return result


def _region(source: SourceFile, start: int, end: int) -> _Object:
    line, column = source.position(start)
    end_line, end_column = source.position(end)
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": start,
        "charLength": end - start,
    }


def _fix(source: SourceFile, artifact: _Object, fix: Fix) -> _Object:
    replacements = [_replacement(source, edit) for edit in fix.edits]
    return {
        "description": _message(f"{fix.message} ({fix.applicability})"),
        "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
    }


def _replacement(source: SourceFile, edit: Edit) -> _Object:
    return {
        "deletedRegion": _region(source, edit.start, edit.end),
        "insertedContent": {"text": encodable(edit.text)},
    }


def _message(text: str) -> _Object:
    """A text in which braces stand for themselves (section 3.11.5 of the standard)."""
    return {"text": encodable(text).replace("{", "{{").replace("}", "}}")}
