"""Reports of diagnostics, one file a format: pure functions from findings to text."""

from __future__ import annotations

from collections.abc import Sequence

from segql.diagnostics.diagnostic import Diagnostic
from segql.source import SourceFile

# A text with what was found in it.
Findings = Sequence[tuple[SourceFile, Sequence[Diagnostic]]]
