"""Fixes as they are made: all rules together, until nothing is left to be mended."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.catalog import Catalog
from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic
from segql.diagnostics.choice import DEFAULT, named
from segql.linter.examine import examine
from segql.linter.fixing import apart, mended
from segql.linter.options import Options
from segql.linter.session import Session
from segql.linter.setup import Setup
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile, parse
from segql.workspace import Config, Found
from tests import texts as any_texts
from tests.meaning import answer

from .spelled import KNOWN, profiles, texts

EVERYTHING = DEFAULT | named("STY") | named("NUL")


def mend(
    text: str, names: frozenset[str], catalog: Catalog | None = None, unsafe: bool = False
) -> str:
    """The text after all fixes."""
    found = Found(Config(Path.cwd()), (), parse(text, "a.segql"), ())
    setup = Setup(Options(names, catalog), lambda path: frozenset(), [])
    files, _ = Session(found, setup).mend(unsafe)
    return files[0].text if files else text


def errors(file: ParsedFile) -> int:
    problems = examine(file, Options(EVERYTHING)).problems
    return sum(problem.is_error for problem in problems)


def problem(*edits: Edit) -> tuple[Diagnostic, Fix]:
    fix = Fix("safe", "", edits)
    return diagnostic("is-null", edits[0].start, edits[0].end, "", "", fix), fix


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([Edit(1, 2, "x"), Edit(4, 5, "y")], "axcdyf"),
        ([Edit(4, 5, "y"), Edit(1, 2, "x")], "axcdyf"),
        ([Edit(1, 3, "x"), Edit(2, 4, "y")], "axdef"),  # they overlap
        ([Edit(1, 2, "x"), Edit(2, 3, "y")], "axcdef"),  # they touch
        ([Edit(1, 1, "x"), Edit(1, 1, "y")], "axbcdef"),  # they are in one place
    ],
)
def test_fixes_that_touch_are_not_made_at_once(edits: Sequence[Edit], expected: str) -> None:
    chosen = apart([problem(edit) for edit in edits])
    assert mended("abcdef", [fix for _, fix in chosen]) == expected


def test_all_edits_of_a_fix_are_made_or_none() -> None:
    around = problem(Edit(0, 0, "("), Edit(6, 6, ")"))
    assert [fix for _, fix in apart([around, problem(Edit(2, 3, "x"))])] == [around[1]]
    assert mended("abcdef", [around[1]]) == "(abcdef)"


@given(texts(), st.booleans(), st.data())
def test_safe_fixes_change_no_verdict(
    row: tuple[str, n.Phrase], with_catalog: bool, data: st.DataObject
) -> None:
    text, catalog = row[0], KNOWN if with_catalog else None
    after = mend(text, EVERYTHING, catalog)
    before, now = (parse(t).statements[0].filter for t in (text, after))
    if before != now:
        mine, its = answer(before, catalog), answer(now, catalog)
        for _ in range(6):
            profile = data.draw(profiles(not with_catalog))
            assert its(profile) is mine(profile)


@pytest.mark.parametrize(
    "text",
    [
        "FILTER NOT OR (a = 0, a >= 0, a = 0)",  # two rules, and one phrase would be left
        "FILTER NOT AND (a, a > 1, a)",
    ],
)
def test_fixes_of_several_rules_are_safe_together(text: str) -> None:
    before, after = (parse(t).statements[0].filter for t in (text, mend(text, EVERYTHING)))
    for value in (None, 0, 1, -1, "x", True):
        assert answer(after, None)({"a": value}) is answer(before, None)({"a": value})


@given(texts(), st.booleans(), st.booleans())
def test_to_mend_twice_changes_nothing_more(
    row: tuple[str, n.Phrase], with_catalog: bool, unsafe: bool
) -> None:
    catalog = KNOWN if with_catalog else None
    once = mend(row[0], EVERYTHING, catalog, unsafe)
    assert mend(once, EVERYTHING, catalog, unsafe) == once
    assert not parse(once).has_errors


@given(any_texts.of_the_grammar(), st.booleans())
def test_any_text_is_mended_without_new_errors(text: str, unsafe: bool) -> None:
    before = parse(text)
    names = EVERYTHING - named("invisible-character")  # it may stand in a comment
    once = mend(text, names, unsafe=unsafe)
    after = parse(once)
    assert errors(after) <= errors(before)
    assert [c.text for c in after.comments] == [c.text for c in before.comments]
    assert mend(once, names, unsafe=unsafe) == once
