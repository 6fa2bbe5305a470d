"""SUP001: a comment that silences nothing is removed with its line, and nothing else is."""

from __future__ import annotations

import pytest

from segql.diagnostics import Diagnostic
from segql.linter.fixing import apart, mended, wanted_fixes
from segql.linter.options import Options
from segql.linter.runner import check_files
from segql.syntax.parser import parse
from segql.workspace import Workspace

RULES = frozenset({"unused-suppression", "exists-parentheses", "parenthesised-value"})


def unused(text: str) -> list[Diagnostic]:
    file = parse(text)
    ((_, problems),) = check_files(Workspace([file]), [file], Options(RULES))
    return [problem for problem in problems if problem.name == "unused-suppression"]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("-- segql: ignore[PORT007] x\nFILTER a ALIAS v", "FILTER a ALIAS v"),
        ("-- why\r\n-- segql: ignore[PORT007]\r\nFILTER a", "-- why\r\nFILTER a"),
        ("-- segql: ignore[PORT007]\n-- why\nFILTER a", "-- why\nFILTER a"),
        ("FILTER AND (\n    # segql: ignore[PORT007]\n    a,\n)", "FILTER AND (\n    a,\n)"),
        ("FILTER a  -- segql: ignore[PORT007] x\nALIAS v", "FILTER a\nALIAS v"),
        ("FILTER AND (a // segql: ignore[PORT007]\nb)", "FILTER AND (a\nb)"),
        ("FILTER a\n-- segql: ignore-file[PORT007]", "FILTER a\n"),
        ("FILTER a /* segql: ignore[PORT007, PORT010] */  \nALIAS v", "FILTER a  \nALIAS v"),
    ],
)
def test_it_goes_with_its_line(text: str, rest: str) -> None:
    problems = unused(text)
    after = mended(text, [fix for _, fix in apart(wanted_fixes(problems, unsafe=False))])
    assert after == rest
    assert unused(after) == []
    assert parse(after).statements == parse(text).statements
    assert [s.comment for s in parse(after).statements] == [
        s.comment for s in parse(text).statements
    ]


@pytest.mark.parametrize(
    "text",
    [
        "FILTER AND (a /* segql: ignore[PORT007] */, b)",  # the line goes on
        "/* segql: ignore[PORT007]\n   why */\nFILTER a",  # it describes the segment too
    ],
)
def test_what_would_lose_more_has_no_fix(text: str) -> None:
    (problem,) = unused(text)
    assert problem.fix is None


@pytest.mark.parametrize(
    "text",
    [
        "-- segql: ignore[PORT007]\nFILTER EXISTS (a)",
        "-- segql: ignore[LOG001]\nFILTER a",  # nobody asked that rule
        "-- segql: ignore[PORT]\nFILTER a",  # nor all of these
    ],
)
def test_what_is_used_or_was_not_asked(text: str) -> None:
    assert unused(text) == []
