"""Where a comment is written that silences a rule, and that it does."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given

from segql.diagnostics import Diagnostic
from segql.diagnostics.choice import DEFAULT, named
from segql.linter.examine import examine
from segql.linter.options import Options
from segql.linter.suppressions import silence
from segql.refactoring.silencing import in_file, ways_to_silence
from segql.syntax.parser import parse
from tests import texts

from .marked import applied

NAMES = DEFAULT | named("STY")

WAYS = [  # the text, the code, and the text after each way
    (
        "FILTER a IS NULL ALIAS x\n",
        "PORT008",
        {
            "line": "FILTER a IS NULL ALIAS x  -- segql: ignore[PORT008] reason\n",
            "file": "-- segql: ignore-file[PORT008] reason\n\nFILTER a IS NULL ALIAS x\n",
        },
    ),
    (
        "-- About.\nFILTER AND (\r\n    a IS NULL,\r\n    b\r\n)",
        "PORT008",
        {
            "line": "-- About.\nFILTER AND (\r\n"
            "    a IS NULL,  -- segql: ignore[PORT008] reason\r\n    b\r\n)",
            "statement": "-- About.\n-- segql: ignore[PORT008] reason\r\n"
            "FILTER AND (\r\n    a IS NULL,\r\n    b\r\n)",
            "file": "-- segql: ignore-file[PORT008] reason\r\n\r\n"
            "-- About.\nFILTER AND (\r\n    a IS NULL,\r\n    b\r\n)",
        },
    ),
    (  # the line ends in a comment already
        "FILTER AND (\n    c,\n    a IS NULL,  -- 😀\n)",
        "PORT008",
        {
            "line": "FILTER AND (\n    c,\n    -- segql: ignore[PORT008] reason\n"
            "    a IS NULL,  -- 😀\n)",
            "statement": "-- segql: ignore[PORT008] reason\n"
            "FILTER AND (\n    c,\n    a IS NULL,  -- 😀\n)",
            "file": "-- segql: ignore-file[PORT008] reason\n\n"
            "FILTER AND (\n    c,\n    a IS NULL,  -- 😀\n)",
        },
    ),
    (  # there are such comments already
        "-- segql: ignore-file[MET]\n-- segql: ignore[TYP] old\n"
        "FILTER AND (\n    a IS NULL,  -- segql: ignore[LOG] why\n)",
        "PORT008",
        {
            "line": "-- segql: ignore-file[MET]\n-- segql: ignore[TYP] old\n"
            "FILTER AND (\n    a IS NULL,  -- segql: ignore[LOG, PORT008] why\n)",
            "statement": "-- segql: ignore-file[MET]\n-- segql: ignore[TYP, PORT008] old\n"
            "FILTER AND (\n    a IS NULL,  -- segql: ignore[LOG] why\n)",
            "file": "-- segql: ignore-file[MET, PORT008]\n-- segql: ignore[TYP] old\n"
            "FILTER AND (\n    a IS NULL,  -- segql: ignore[LOG] why\n)",
        },
    ),
    (  # behind this line goes on a string
        'FILTER a IS NULL AND b = "two\nlines"',
        "PORT008",
        {
            "statement": '-- segql: ignore[PORT008] reason\nFILTER a IS NULL AND b = "two\nlines"',
            "file": "-- segql: ignore-file[PORT008] reason\n\n"
            'FILTER a IS NULL AND b = "two\nlines"',
        },
    ),
]


def problems(text: str, silenced: bool = False) -> list[Diagnostic]:
    found = examine(parse(text), Options(NAMES))
    return silence(found.problems, found.suppressions, NAMES, "") if silenced else found.problems


@pytest.mark.parametrize(("text", "code", "expected"), WAYS)
def test_ways_to_silence(text: str, code: str, expected: dict[str, str]) -> None:
    problem = next(problem for problem in problems(text) if problem.code == code)
    ways = ways_to_silence(parse(text), problem)
    assert {way.where: applied(text, [way.edit]) for way in ways} == expected
    for way in ways:
        if way.reason:
            assert way.edit.text[slice(*way.reason)] == "reason"


def test_a_family_in_a_file() -> None:
    text = "\ufeffFILTER a ALIAS x"
    edit = in_file(parse(text), "STY").edit
    assert applied(text, [edit]) == "\ufeff-- segql: ignore-file[STY] reason\n\nFILTER a ALIAS x"


def test_mistakes_are_not_silenced() -> None:
    text = "FILTER a > ALIAS x"
    (problem,) = (problem for problem in problems(text) if problem.code == "SYN002")
    assert ways_to_silence(parse(text), problem) == []


@given(texts.of_the_grammar())
def test_what_is_silenced_is_silent_in_any_text(text: str) -> None:
    found = problems(text)
    before = problems(text, silenced=True)
    for _, (first, *_) in groupby(found, key=lambda problem: problem.code):
        for way in ways_to_silence(parse(text), first):
            after = applied(text, [way.edit])
            again = problems(after, silenced=True)
            assert parse(after).statements == parse(text).statements
            count = [sum(p.code == first.code for p in each) for each in (before, again)]
            assert count[1] < count[0] or count[0] == 0
