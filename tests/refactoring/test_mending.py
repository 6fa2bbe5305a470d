"""All fixes of a text at once."""

from __future__ import annotations

from hypothesis import given

from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic
from segql.linter import check_text
from segql.refactoring.mending import mend
from segql.syntax.parser import parse
from tests import texts


def is_safe(problem: Diagnostic) -> bool:
    return problem.fix is not None and problem.fix.applicability == "safe"


def test_fixes_are_made_until_there_are_none() -> None:
    text = "FILTER AND (AND (a IS NULL), EXISTS (b)) ALIAS x"
    after = mend(text, check_text, is_safe)
    assert after == "FILTER AND (a = NULL, EXISTS b) ALIAS x"


def test_only_the_wanted_ones_are_made() -> None:
    text = "FILTER AND (a IS NULL, EXISTS (b)) ALIAS x"
    after = mend(text, check_text, lambda problem: problem.name == "is-null")
    assert after == "FILTER AND (a = NULL, EXISTS (b)) ALIAS x"


def test_a_fix_that_brings_an_error_is_not_made() -> None:
    """Of three fixes one does, and the others are made all the same."""

    def judge(text: str) -> list[Diagnostic]:
        found = [
            diagnostic("is-null", i, i + 1, "", "", Fix("safe", "", (Edit(i, i + 1, c.upper()),)))
            for i, c in enumerate(text)
            if c in "abc"
        ]
        wrong = text.find("B")
        return found if wrong < 0 else [*found, diagnostic("incomplete", wrong, wrong, "", "")]

    assert mend("a b c", judge, is_safe) == "A b C"


@given(texts.of_the_grammar())
def test_any_text_is_mended_without_new_errors(text: str) -> None:
    after = mend(text, check_text, lambda p: is_safe(p) and p.name != "invisible-character")
    before, now = (sum(p.is_error for p in check_text(t)) for t in (text, after))
    assert now <= before
    assert [c.text for c in parse(after).comments] == [c.text for c in parse(text).comments]
