"""What tells one problem from all others, however the lines move between two reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from segql.diagnostics.diagnostic import Diagnostic
from segql.diagnostics.reports import Findings
from segql.diagnostics.reports.paths import shown_path
from segql.source import SourceFile

_LENGTH = 32  # hexadecimal digits: enough that no two are ever the same


def with_fingerprints(findings: Findings) -> Iterator[tuple[SourceFile, Diagnostic, str]]:
    """Every diagnostic with its text and its fingerprint; no two fingerprints are the same.

    It is made from path, code and offending text, and from how many of the same stand above.
    """
    above: Counter[tuple[str, str, str]] = Counter()
    for source, problems in findings:
        path = shown_path(source)
        for problem in problems:
            key = (path, problem.code, _offending_text(source, problem))
            fingerprint = sha256(ascii((*key, above[key])).encode()).hexdigest()
            yield source, problem, fingerprint[:_LENGTH]
            above[key] += 1


def _offending_text(source: SourceFile, problem: Diagnostic) -> str:
    """What is underlined; where something is missing, the line in which it is."""
    start, end = problem.span.start, problem.span.end
    return source.text[start:end] or source.line(source.position(start)[0]).strip()
