"""The figures as text for people, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from benchmarks.goals import Verdict
from benchmarks.timing import Measured


def as_text(
    versions: Mapping[str, str], tables: Sequence[Sequence[Measured]], verdicts: Sequence[Verdict]
) -> str:
    """Versions, figures, ratios and which goals are missed, line by line."""
    header = f"{'subject':36}{'MB/s':>8}{'µs/condition':>14}{'median / best':>15}"
    return "\n".join(
        [
            ", ".join(f"{name} {version}" for name, version in versions.items()),
            "",
            header,
            *(line for table in tables for line in (*map(_figures, table), "")),
            f"{'ratio':58}{'is':>8}  goal",
            *(f"{v.name:58}{v.ratio:8.2f}  {v.bounds}" for v in verdicts),
            "",
            *(_missed(verdicts) or ["All goals are reached."]),
        ]
    )


def as_json(
    versions: Mapping[str, str], tables: Sequence[Sequence[Measured]], verdicts: Sequence[Verdict]
) -> dict[str, Any]:
    """The same, for `json.dumps`."""
    return {
        "versions": dict(versions),
        "subjects": [
            {
                "name": row.subject.name,
                "conditions": row.subject.conditions,
                "seconds": row.best,
                "median_seconds": row.median,
                "megabytes_a_second": row.megabytes_a_second,
                "microseconds_a_condition": row.microseconds_a_condition,
            }
            for table in tables
            for row in table
        ],
        "ratios": [
            {"name": v.name, "ratio": v.ratio, "goal": v.bounds, "holds": v.holds} for v in verdicts
        ],
    }


def _figures(row: Measured) -> str:
    return (
        f"{row.subject.name:36}{row.megabytes_a_second:8.3f}"
        f"{row.microseconds_a_condition:14.2f}{row.median / row.best:15.2f}"
    )


def _missed(verdicts: Iterable[Verdict]) -> list[str]:
    return [f"MISSED: {v.name} is {v.ratio:.2f}, goal {v.bounds}" for v in verdicts if not v.holds]
