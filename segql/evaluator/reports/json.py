"""An answer for programs: one object, with a list of phrases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from segql.evaluator.reports.rows import Answer, encoded, rows


def as_json(answer: Answer) -> Iterator[str]:
    """The object as text that people can read as well."""
    yield msgspec.json.format(encoded(_said(answer)), indent=2).decode()


def as_object(answer: Answer) -> dict[str, Any]:
    """The object itself; whatever a profile holds, what is in it is plain JSON."""
    return msgspec.json.decode(encoded(_said(answer)))


def _said(answer: Answer) -> dict[str, Any]:
    """Each phrase has a depth, and stands before its parts."""
    phrases = [
        {
            "depth": row.depth,
            "phrase": row.phrase,
            "answer": row.answer,
            "decided": row.decided,
            "reason": row.reason,
            "values": dict(row.values),
            "missing": row.missing,
        }
        for row in rows(answer.trace)
    ]
    return {
        "segment": answer.segment,
        "matched": answer.trace.matched,
        "reason": answer.trace.reason,
        "now": answer.now,
        "phrases": phrases,
    }
