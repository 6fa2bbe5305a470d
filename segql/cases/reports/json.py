"""Results as JSON, for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from segql.cases.running import Result


def rows(results: Sequence[Result]) -> list[dict[str, Any]]:
    """An object a case or property."""
    return [
        {
            "path": result.path,
            "line": result.line,
            "segment": result.segment,
            "name": result.name,
            "outcome": "failed" if result.message else "passed",
            "message": result.message,
            "why": [*result.why],
        }
        for result in results
    ]
