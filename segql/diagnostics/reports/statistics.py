"""How many problems of each rule there are, the most frequent first."""

from __future__ import annotations

from collections import Counter

import msgspec

from segql.diagnostics.codes import CODES, Code
from segql.diagnostics.reports import Findings


def as_text(findings: Findings) -> str:
    """A line a rule; ``[*]`` marks those of which some problems come with a fix."""
    rows = _rows(findings)
    width = len(str(rows[0][1])) if rows else 0
    return "".join(
        f"{count:>{width}}  {code.code:8} {'[*]' if code.is_fixable else '   '} {code.name}\n"
        for code, count in rows
    )


def as_json(findings: Findings) -> str:
    """A list of objects."""
    rows = [
        {"code": code.code, "name": code.name, "count": count, "fixable": code.is_fixable}
        for code, count in _rows(findings)
    ]
    return msgspec.json.format(msgspec.json.encode(rows), indent=2).decode() + "\n"


def _rows(findings: Findings) -> list[tuple[Code, int]]:
    counted = Counter(problem.name for _, problems in findings for problem in problems)
    rows = [(CODES[name], count) for name, count in counted.items()]
    return sorted(rows, key=lambda row: (-row[1], row[0].code))
