"""What is emitted is what the server reads as we do: the same tree, and none of the traps."""

from __future__ import annotations

import pytest
from hypothesis import example, given

import segql
from segql.compiler import portable, segment_ql
from segql.compiler.emission import unsayable
from segql.syntax import nodes as n
from segql.syntax.parser import parse
from tests import trees
from tests.vectors import load

# The server cannot be told that no field was meant.
LEFT_TO_PEOPLE = {"PORT013"}


def traps(text: str) -> set[str]:
    found = {problem.code for problem in segql.check(text)}
    return {code for code in found if code.startswith("PORT")} - LEFT_TO_PEOPLE


@given(trees.phrases())
@example(n.Include(n.Name(" 0¹")))
def test_any_tree_is_read_back_from_what_is_emitted(phrase: n.Phrase) -> None:
    statement = n.Statement(phrase)
    parsed = parse(segment_ql(statement))
    assert parsed.diagnostics == ()
    assert parsed.statements == (portable(statement),)


@given(trees.phrases(trees.words))
def test_no_trap_is_emitted(phrase: n.Phrase) -> None:
    statement = n.Statement(phrase)
    if not unsayable(statement):
        assert traps(segment_ql(statement)) == set()


@pytest.mark.parametrize("case", load("accept"), ids=lambda case: case["id"])
def test_no_trap_is_emitted_for_what_the_reference_reads(case: dict[str, str]) -> None:
    (statement,) = parse(case["ql"]).statements
    if not unsayable(statement):
        assert traps(segment_ql(statement)) == set()
