"""A baseline: the problems that were there when checking began, and are not told again.

A problem is known by its file, its rule and the text it points to, not by its line: what is edited
elsewhere changes nothing. Of the text only a digest is kept, for it may be what nobody should see.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from segql.diagnostics import Diagnostic
from segql.diagnostics.reports.fingerprints import with_fingerprints
from segql.linter.setup import Findings
from segql.source import SourceFile

_VERSION = 1


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A problem of a baseline. Path and code are for people."""

    path: str
    code: str
    fingerprint: str


class Baseline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file, as it is stored."""

    version: int
    problems: list[Known]


def read_baseline(path: Path) -> Baseline:
    """Read a baseline. Raises ``OSError``, and ``ValueError`` for a file that is none."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Baseline)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"this is no baseline: {error}") from None
    if found.version != _VERSION:
        raise ValueError(f"version {found.version} of the format is not known")
    return found


def baseline_of(findings: Findings, folder: Path) -> str:
    """The text of a baseline that knows all findings, to be stored in a folder."""
    known = [
        Known(source.path or "", problem.code, fingerprint)
        for source, problem, fingerprint in _fingerprints(findings, folder)
    ]
    text = msgspec.json.encode(Baseline(_VERSION, known))
    return msgspec.json.format(text, indent=1).decode() + "\n"


def without_known(findings: Findings, baseline: Baseline, folder: Path) -> Findings:
    """The findings that a baseline does not know; of several that are equal, the last."""
    known = {problem.fingerprint for problem in baseline.problems}
    prints = (fingerprint for _, _, fingerprint in _fingerprints(findings, folder))
    return [
        (source, [p for p in problems if next(prints) not in known])
        for source, problems in findings
    ]


def _fingerprints(findings: Findings, folder: Path) -> Iterator[tuple[SourceFile, Diagnostic, str]]:
    """As the reports have them, but by paths that do not depend on the current folder."""
    moved = [(SourceFile(s.text, _relative(s.path, folder)), problems) for s, problems in findings]
    return with_fingerprints(moved)


def _relative(path: str | None, folder: Path) -> str:
    relative = Path(os.path.relpath(path or "-", folder)).as_posix()
    return relative.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
