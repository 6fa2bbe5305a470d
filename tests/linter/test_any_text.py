"""Whatever a text says, the rules answer: no exception, every place inside the text, soon."""

from __future__ import annotations

import random

import pytest
from hypothesis import given

from segql.diagnostics.choice import ALL, named
from segql.formatter import statement_text
from segql.linter.examine import examine
from segql.linter.options import Options, Settings
from segql.linter.pages import example_catalog
from segql.linter.runner import check_files
from segql.syntax import nodes as n
from segql.syntax.parser import parse
from segql.workspace import Workspace
from tests import texts, trees

ASKED = Options(named(ALL), example_catalog(), Settings(tags=("vip",), today="2026-06-15"))
WITHOUT_CATALOG = Options(named(ALL))


def check(text: str) -> None:
    for options in (ASKED, WITHOUT_CATALOG):
        file = parse(text, "a.segql")
        ((_, problems),) = check_files(Workspace([file]), [file], options)
        for problem in problems:
            assert 0 <= problem.span.start <= problem.span.end <= len(text)
            assert problem.message
            for edit in problem.fix.edits if problem.fix else ():
                assert 0 <= edit.start <= edit.end <= len(text)


@given(texts.of_the_grammar())
def test_a_text_of_the_grammar(text: str) -> None:
    check(text)


@given(trees.phrases())
def test_a_text_of_a_tree(phrase: n.Phrase) -> None:
    check(statement_text(n.Statement(phrase)))


@pytest.mark.parametrize("seed", range(20))
def test_soups(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(30):
        check(texts.soup(chance, 60))


@pytest.mark.parametrize("text", texts.valid()[::12])
def test_what_is_cut_off(text: str) -> None:
    for end in range(0, len(text), 17):
        examine(parse(text[:end]), ASKED)
