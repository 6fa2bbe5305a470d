"""Files of cases: what they say, and what is told about a mistake."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.cases.model import Problem
from segql.cases.reading import parse_cases, read_cases

HEAD = "now = 2026-03-01T12:00:00Z\n"
CASE = '[[case]]\nsegment = "vip"\nexpect = "in"\n'


def problem(text: str) -> Problem:
    (found,) = parse_cases(text, "a.segql.toml").problems
    return found


def test_a_case() -> None:
    text = HEAD + CASE + 'name = "n"\nprofile = { visits = 3 }\nincludes = { web_leads = true }'
    (case,) = parse_cases(text, "a").cases
    assert (case.segment, case.expect, case.name, case.line) == ("vip", "in", "n", 2)
    assert case.profile == {"visits": 3}
    assert case.now == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert case.includes == (("web_leads", True),)


def test_a_profile_with_a_name_is_changed_for_one_case_only() -> None:
    text = f"""
        [profiles.ann]
        visits = 3
        email = "a@b.c"
        consent = {{ marketing = true, profiling = true }}
        {CASE}
        profile = "ann"
        change = {{ visits = 4, consent = {{ profiling = false }} }}
        missing = ["consent.marketing"]
        null = ["email"]
        {CASE}
        profile = "ann"
    """
    found = parse_cases(text, "a")
    first, second = found.cases
    assert first.profile == {"visits": 4, "email": None, "consent": {"profiling": False}}
    assert second.profile == found.profiles[0]
    assert second.profile["consent"] == {"marketing": True, "profiling": True}


def test_a_row_is_a_case() -> None:
    text = """[[table]]
segment = "vip"
columns = ["visits", "consent.marketing"]
rows = [
    [3, true, "in"],
    # a comment
    ["<missing>", "<null>", "unknown"],
]
"""
    one, two = parse_cases(text, "a").cases
    assert (one.line, one.expect) == (5, "in")
    assert one.profile == {"visits": 3, "consent": {"marketing": True}}
    assert (two.line, two.expect, two.profile) == (7, "unknown", {"consent": {"marketing": None}})


def test_rows_on_one_line() -> None:
    text = '[[table]]\nsegment = "a"\ncolumns = ["x"]\nrows = [[1, "in"], [2, "out"]]\n' + CASE
    assert [case.line for case in parse_cases(text, "a").cases] == [4, 4, 5]


def test_a_property() -> None:
    (found,) = parse_cases('[[property]]\nnever = ["a", "b"]', "a").properties
    assert (found.kind, found.segments, found.line) == ("never", ("a", "b"), 1)


@pytest.mark.parametrize(
    ("text", "line", "message", "help"),
    [
        (CASE + "segmnt = 1", 4, "unknown key `segmnt`", "did you mean `segment`?"),
        ("x = 1", 1, "unknown key `x`", "the keys are case, table, property, profiles, now"),
        (CASE + 'profile = "an"\n[profiles.ann]', 4, "no profile `an`", "did you mean `ann`?"),
        (CASE + "profile = 3", 4, "`profile` has a wrong value", "profile = { visits = 3 }"),
        ('[[case]]\nexpect = "in"', 1, "`segment` is missing", "alias of a segment"),
        ('\n[[case]]\nsegment = "a"\nexpect = "yes"', 4, "`expect` has a wrong", '"in", "out"'),
        ("case = [3]", 1, "this is no table", "below the header"),
        ("case = 3", 1, "`case` has a wrong value", "[[case]]"),
        ("now = 3", 1, "`now` is no point in time", "2026-03-01T12"),
        ("[[property]]", 1, "one of `never`", "never = "),
        ('[[property]]\nnever = ["a"]', 2, "`never` has a wrong value", "two segments"),
        ("a = = 1", 1, "this is not TOML", "mend"),
        ("a = [\n1,\n", 3, "this is not TOML", "mend"),
        ('[[table]]\nsegment="a"\ncolumns=["x"]\nrows=[[1]]', 4, "1 cells, and should have 2", ""),
        ('[[table]]\nsegment="a"\ncolumns=["x"]\nrows=[[1, 2]]', 4, "does not say what", '"in"'),
        ("a = " + "[" * 5000, 1, "nested too deeply", "mend"),
    ],
)  # fmt: skip
def test_a_mistake_is_told(text: str, line: int, message: str, help: str) -> None:
    found = problem(text)
    assert found.line == line
    assert message in found.message
    assert help in found.help


def test_each_mistake_is_told() -> None:
    text = CASE + "x = 1\n" + CASE + "y = 1\n" + CASE
    found = parse_cases(text, "a")
    assert [problem.line for problem in found.problems] == [4, 8]
    assert len(found.cases) == 1


def test_a_file_that_is_no_utf8(tmp_path: Path) -> None:
    path = tmp_path / "a.segql.toml"
    path.write_bytes(b"\xff")
    (found,) = read_cases(path).problems
    assert found.message == "byte 1 is not UTF-8"


@given(st.text(st.sampled_from('[]{}="\nacse.#1, \\'), max_size=40))
def test_no_text_is_too_bad(text: str) -> None:
    for found in parse_cases(text, "a").problems:
        assert 1 <= found.line <= text.count("\n") + 1
        assert found.help
