"""Messages say what, where, why and what to do; one mistake is one error."""

from __future__ import annotations

import pytest

from segql.syntax.nodes import Identifier
from segql.syntax.parser import parse

# text -> (name of the diagnostic, part of the message, part of the help)
MISTAKES = {
    "FILTER a ILIKE 5 OR b": (
        "unexpected-text",
        "`ILIKE` cannot stand here",
        "did you mean `LIKE`?",
    ),
    "FILTER a => 1": ("unexpected-text", "`>`", "did you mean `>=`?"),
    "FILTER a > 1 FORM user": ("unexpected-text", "`FORM`", "did you mean `FROM`?"),
    "SELECT a FROM user": ("not-a-filter", "SELECT is a projection", "FILTER"),
    "FILTER a;\nselect b from c": ("not-a-filter", "SELECT is a projection", "FILTER"),
    'FILTER "abc"': ("value-alone", "neither true nor false", "compare it with a field"),
    "FILTER AND (a, 5)": ("value-alone", "`5` is only a value", "compare"),
    "FILTER NOT (a + 1)": ("value-alone", "`(a + 1)`", "compare"),
    'FILTER INCLUDE ""': ("bad-segment-name", "empty name", "alias"),
    'FILTER INCLUDE "12"': ("bad-segment-name", "not a number", "alias"),
    "FILTER a > 1 LIMIT 1.5": ("unexpected-text", "whole number", "digits only"),
    "FILTER a > 1 WITH name": ("incomplete", "`=` is missing", "="),
    'FILTER a WITH {"a" 1}': ("unexpected-text", "`:` is expected", "{"),
    "FILTER /* a": ("unclosed-comment", "never closed", "*/"),
    "FILTER a IS 5": ("unexpected-text", "NULL is expected", "IS NOT NULL"),
    "FILTER a ]": ("unmatched-bracket", "`]` closes", "remove"),
    "FILTER AND (a]": ("unexpected-text", "`]` cannot close `(`", "write `)`"),
    'FILTER AND (a IN ["x", ), b)': ("unexpected-text", "`)` cannot close `[`", "write `]`"),
    "FILTER AND (a], b)": ("unexpected-text", "`]` cannot stand here", "commas"),
    'FILTER a ALIAS "my segment"': ("unexpected-text", "a name is expected", "backticks"),
    "FILTER a > 1, b > 2": ("unexpected-text", "`,` cannot stand here", "AND (a > 1, b > 2)"),
    "FILTER AND a > 1": ("unexpected-text", "a phrase is expected", "in parentheses"),
    "FILTER a NOT > 5": ("unexpected-text", "`NOT` cannot stand here", "NOT a > 5"),
    "FILTER a IN (Bob)": ("unexpected-text", "a value is expected", "double quotes"),
    "FILTER a = \u201cx": ("bad-character", "no part of the language", "straight quotation marks"),
    "FILTER NOT/* c */ a": ("unexpected-text", "part of the name `NOT/`", "space before `/*`"),
    'FILTER a WITH {"k": "\\ud800"}': ("bad-character", "half a character", "both halves"),
    'FILTER AND (a, b ILIKE "x")': ("unexpected-text", "`ILIKE`", "did you mean `LIKE`?"),
    'FILTER AND (a, b matches "x")': ("unexpected-text", "`matches`", "write an operator"),
    "FILTER a > FROM user": ("incomplete", "a value is missing before `FROM`", "write a field"),
    "<html>": ("unexpected-text", "a statement is expected", "begin with FILTER"),
    "{": ("incomplete", "a statement is missing before `{`", "begin with FILTER"),
    "FILTER a LIMIT " + "9" * 500: ("bad-number", "too large", "smaller"),
}


@pytest.mark.parametrize(("text", "expected"), MISTAKES.items(), ids=[t[:40] for t in MISTAKES])
def test_message(text: str, expected: tuple[str, str, str]) -> None:
    (problem,) = parse(text).diagnostics
    name, message, help = expected
    assert problem.name == name
    assert message in problem.message
    assert help in problem.help


def test_a_mistake_ends_its_statement_only() -> None:
    parsed = parse("FILTER a\nFILTER AND (b >, c\nFILTER d >\n;e; f f;\nFILTER g")
    places = [parsed.source.position(p.span.start) for p in parsed.diagnostics]
    assert places == [(2, 12), (2, 16), (3, 11), (4, 7)]
    assert len(parsed.statements) == 6
    assert [s.filter for s in parsed.statements][::5] == [Identifier(n) for n in "ag"]


@pytest.mark.parametrize(
    "opening", ["AND (", "(", "NOT ", "NOT (", "f(", "a IN [", "OR (a AND ", "[", "a + ", "{"]
)
def test_100_000_levels_are_one_clear_error(opening: str) -> None:
    parsed = parse("FILTER " + opening * 100_000)
    assert len(parsed.diagnostics) == 1


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("AND (", ")"), ("NOT ", ""), ("NOT AND (", ")"), ("b OR c AND (", ")"), ("f(b + ", ")")],
)
def test_what_is_nested_too_deep_is_an_error_and_no_crash(opening: str, closing: str) -> None:
    parsed = parse("FILTER " + opening * 199 + "a" + closing * 199)
    deeper = parse("FILTER " + opening * 201 + "a" + closing * 201)
    assert [p.name for p in deeper.diagnostics][:1] == ["too-deep"]
    assert deeper.statements == ()
    for statement in parsed.statements:
        assert statement == statement
        assert hash(statement) == hash(statement)


@pytest.mark.parametrize("link", [" + a", " * a", " + a * a", " - (a + a)", " + f(a + a)"])
@pytest.mark.parametrize("length", [201, 5_000, 400_000])
def test_a_long_chain_of_arithmetic_is_too_deep(link: str, length: int) -> None:
    parsed = parse("FILTER a" + link * length + " > 1; FILTER b")
    assert [problem.name for problem in parsed.diagnostics] == ["too-deep"]
    assert [s.filter for s in parsed.statements] == [Identifier("b")]
