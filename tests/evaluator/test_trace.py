"""A trace tells how the answer came about, and a reason why there is none."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from segql.evaluator import Trace
from segql.formatter.flat import flat

from .asking import predicate, why

PROFILE: dict[str, Any] = {
    "n": 5, "s": "abc", "t": True, "nul": None, "arr": ["x"], "m": {"k": 1},
    "d": datetime(2026, 3, 10, tzinfo=UTC),
}  # fmt: skip

REASONS = {
    "zz": "`zz`: the profile has no `zz`",
    "NOT visitct": "`NOT visitct`: the profile has no `visitct`",
    "NOT NOT zz": "`NOT zz`: the profile has no `zz`",
    "zz BETWEEN 1 AND 2": "`zz BETWEEN 1 AND 2`: the profile has no `zz`",
    "m.other BETWEEN 1 AND 2": "`m.other BETWEEN 1 AND 2`: the profile has no `m.other`",
    "nul > 1": "`nul > 1`: `nul` is null",
    'nul IN ("a")': '`nul IN ("a")`: `nul` is null',
    "n = NULL": "`n = NULL`: the number 5 cannot be compared with NULL",
    'n = "abc"': '`n = "abc"`: the number 5 cannot be compared with the text "abc"',
    "n > 1e999": "`n > 1e999`: the number is too large",
    "t = 1": "`t = 1`: the bool true cannot be compared with the number 1",
    "m = 1": "`m = 1`: a map cannot be compared with the number 1",
    "AND (n, t)": "`n`: it is the number 5, and only a bool is true or false",
    "NOT n": "`NOT n`: it is the number 5, and only a bool is true or false",
    'NOT s > "a"': '`NOT s > "a"`: texts have no order: the text "abc" and the text "a"',
    'n LIKE "5"': '`n LIKE "5"`: LIKE looks at texts and arrays, not at the number 5',
    'm CONTAINS "k"': '`m CONTAINS "k"`: CONTAINS looks at texts and arrays, not at a map',
    "s CONTAINS 5": "`s CONTAINS 5`: CONTAINS looks for a text, and the number 5 is none",
    "t IN (1)": "`t IN (1)`: IN looks at texts, numbers, arrays and maps, not at the bool true",
    "s BETWEEN 1 AND 2": "`s BETWEEN 1 AND 2`: BETWEEN looks at numbers and dates,"
    ' not at the text "abc"',
    'n BETWEEN 1 AND "x"': '`n BETWEEN 1 AND "x"`: the text "x" is no number',
    'd > "NOW-3d"': '`d > "NOW-3d"`: the text "NOW-3d" is no date',
    'd BETWEEN "x" AND "now+1d"': '`d BETWEEN "x" AND "now+1d"`: the text "x" is no date',
    "INCLUDE gone": "`INCLUDE gone`: there is no segment `gone`",
    "NOT INCLUDE gone": "`NOT INCLUDE gone`: there is no segment `gone`",
    'in_segment("gone")': '`in_segment("gone")`: there is no segment `gone`',
    "INCLUDE loop": "`INCLUDE loop`: `loop` includes itself, through others or directly",
    "INCLUDE half": "`zz`: the profile has no `zz`",
    "AND (t, AND (t, zz))": "`zz`: the profile has no `zz`",
}


@pytest.mark.parametrize("text", REASONS)
def test_why_it_cannot_be_evaluated(text: str) -> None:
    includes = {"loop": "INCLUDE loop", "half": "AND (t, zz)"}
    assert why(text, PROFILE, includes=includes) == REASONS[text]


def written(trace: Trace, depth: int = 0) -> list[str]:
    """A line a phrase: its answer, whether it decided, its text and the values it saw."""
    answer = {True: "yes", False: "no", None: "?"}[trace.matched] if trace.reached else "-"
    values = [f"{seen.value!r}" for seen in trace.values]
    mark = "*" if trace.decided else " "
    line = f"{'  ' * depth}{answer}{mark} {flat(trace.phrase)} {' '.join(values)}".rstrip()
    return [line, *(line for part in trace.parts for line in written(part, depth + 1))]


def explained(text: str, **options: Any) -> list[str]:
    return written(predicate(text, **options).explain(PROFILE))


def test_the_first_that_does_not_match_decides_an_and() -> None:
    assert explained("AND (n = 5, n = 4, t)") == [
        "no* AND (n = 5, n = 4, t)",
        "  yes  n = 5 5 5",
        "  no* n = 4 5 4",
        "  -  t",
    ]


def test_all_decide_an_and_that_matches() -> None:
    assert explained("AND (n = 5, t)") == [
        "yes* AND (n = 5, t)",
        "  yes* n = 5 5 5",
        "  yes* t True",
    ]


def test_all_decide_an_or_that_does_not_match() -> None:
    assert explained("OR (n = 4, NOT t)") == [
        "no* OR (n = 4, NOT t)",
        "  no* n = 4 5 4",
        "  no* NOT t",
        "    yes* t True",
    ]


def test_what_is_below_an_undecided_phrase_did_not_decide() -> None:
    assert explained("OR (AND (t, n = 4), n > 1, s)") == [
        "yes* OR (AND (t, n = 4), n > 1, s)",
        "  no  AND (t, n = 4)",
        "    yes  t True",
        "    no  n = 4 5 4",
        "  yes* n > 1 5 1",
        "  -  s",
    ]


def test_the_part_of_an_include_is_the_other_segment() -> None:
    assert explained("NOT INCLUDE a", includes={"a": "AND (n)"}) == [
        "yes* NOT INCLUDE a",
        "  no* INCLUDE a",
        "    no* AND (n)",
        "      no* n 5",
    ]


def test_what_cannot_be_evaluated_stops_an_and_and_not_an_or() -> None:
    assert explained("AND (n, t)") == ["?* AND (n, t)", "  ?* n 5", "  -  t"]
    assert explained("OR (n, t)") == ["yes* OR (n, t)", "  no  n 5", "  yes* t True"]
    assert predicate("OR (zz, t)").explain(PROFILE).reason == ""
