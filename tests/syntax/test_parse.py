"""What each form of the language becomes."""

from __future__ import annotations

import pytest

from segql.syntax.nodes import (
    And,
    Arithmetic,
    Array,
    Between,
    Boolean,
    Call,
    Comparison,
    Exists,
    Identifier,
    Include,
    MatchAll,
    Membership,
    Name,
    Node,
    Not,
    Null,
    Number,
    Or,
    Phrase,
    String,
)
from segql.syntax.parser import parse

A, B, C = Identifier("a"), Identifier("b"), Identifier("c")
A1 = Comparison(A, ">", Number("1"))


def phrase(text: str) -> Phrase:
    parsed = parse(text)
    assert parsed.diagnostics == ()
    (statement,) = parsed.statements
    return statement.filter


PHRASES = {
    "*": MatchAll(),
    "FILTER a": A,
    "a > 1": A1,
    "a == 1": Comparison(A, "=", Number("1")),
    "a <> 1": Comparison(A, "!=", Number("1")),
    "a > (1)": A1,
    "(a) > 1": A1,
    "((a > 1))": A1,
    "5 < a": Comparison(Number("5"), "<", A),
    "a > -1": Comparison(A, ">", Number("-1")),
    "a > - 1": Comparison(A, ">", Number("-1")),
    "a = NULL": Comparison(A, "=", Null()),
    "a IS NULL": Comparison(A, "=", Null()),
    "a IS NOT NULL": Comparison(A, "!=", Null()),
    "a != TRUE": Comparison(A, "!=", Boolean(True)),
    "a contains b": Comparison(A, "CONTAINS", B),
    'a NOT LIKE "x*"': Not(Comparison(A, "LIKE", String("x*"))),
    "a IN (1, 2,)": Membership(A, "IN", Array((Number("1"), Number("2")))),
    "a IN [1]": Membership(A, "IN", Array((Number("1"),))),
    "a IN ()": Membership(A, "IN", Array(())),
    'a IN "x"': Membership(A, "IN", String("x")),
    "1 IN a": Membership(Number("1"), "IN", A),
    "a NOT IN f(b)": Not(Membership(A, "IN", Call("f", (B,)))),
    "a INTERSECTS (true)": Membership(A, "INTERSECTS", Array((Boolean(True),))),
    "a BETWEEN 1 AND 2 AND b": And((Between(A, Number("1"), Number("2")), B)),
    "a NOT BETWEEN 1 AND 2": Not(Between(A, Number("1"), Number("2"))),
    "EXISTS a": Exists(A),
    "EXISTS(a)": Exists(A),
    "INCLUDE a": Include(Name("a")),
    'INCLUDE "a b"': Include(Name("a b")),
    "INCLUDE 3d4240482815b9848caf2e6f": Include(Name("3d4240482815b9848caf2e6f")),
    "INCLUDE 1e5": Include(Name("1e5")),
    "INCLUDE with": Include(Name("with")),
    "f()": Call("f", ()),
    "f (a)": Call("f", (A,)),
    'contains(a, "b",)': Call("contains", (A, String("b"))),
    "a + b * c > 1": Comparison(Arithmetic(A, "+", Arithmetic(B, "*", C)), ">", Number("1")),
    "(a + b) * c > 1": Comparison(Arithmetic(Arithmetic(A, "+", B), "*", C), ">", Number("1")),
    "a - b - c > 1": Comparison(Arithmetic(Arithmetic(A, "-", B), "-", C), ">", Number("1")),
    # infix: NOT before AND before OR, and a chain is one list
    "a OR b AND c": Or((A, And((B, C)))),
    "a AND b AND c": And((A, B, C)),
    "(a AND b) AND c": And((And((A, B)), C)),
    "a && b || c": Or((And((A, B)), C)),
    "NOT a AND b": And((Not(A), B)),
    "NOT a > 1": Not(A1),
    "NOT len(a) > 1": Not(Comparison(Call("len", (A,)), ">", Number("1"))),
    "NOT NOT a": Not(Not(A)),
    # lists, with and without commas
    "AND ()": And(()),
    "OR (,)": Or(()),
    "AND (a)": And((A,)),
    "AND (,a,,b,)": And((A, B)),
    "AND (a b c)": And((A, B, C)),
    "AND (a AND b)": And((And((A, B)),)),
    "AND (a NOT b)": And((A, Not(B))),
    "AND (EXISTS a NOT EXISTS b)": And((Exists(A), Not(Exists(B)))),
    "AND (a NOT IN (1) b)": And((Not(Membership(A, "IN", Array((Number("1"),)))), B)),
    "AND (a\nAND (b))": And((A, And((B,)))),
    "AND (a AND (b))": And((And((A, B)),)),
    "AND (a -- x\nOR (b))": And((A, Or((B,)))),
    "AND (a (b > 1))": And((A, Comparison(B, ">", Number("1")))),
    "AND (a(b) > 1)": And((Comparison(Call("a", (B,)), ">", Number("1")),)),
    "AND (a\nNOT OR (b))": And((A, Not(Or((B,))))),
    # keywords as names
    "contains > 5": Comparison(Identifier("contains"), ">", Number("5")),
    "NOT like = 3": Not(Comparison(Identifier("like"), "=", Number("3"))),
    "limit > 5": Comparison(Identifier("limit"), ">", Number("5")),
    "from == 1 and with": And(
        (Comparison(Identifier("from"), "=", Number("1")), Identifier("with"))
    ),
}


@pytest.mark.parametrize(("text", "expected"), PHRASES.items(), ids=list(PHRASES))
def test_phrase(text: str, expected: Node) -> None:
    assert phrase(text) == expected


NAMES = {
    "a-b": "a-b",
    "a/b": "a/b",
    "@x": "@x",
    "größe_日本": "größe_日本",
    "a.b": "a.b",
    "`a b`": "a b",
    "counts.`Web hit`": "counts.Web hit",
    "`a`.`b c`": "a.b c",
    "'single'": "single",
    "[bracket name]": "bracket name",
    "a.[b c].d": "a.b c.d",
    "`FILTER`": "FILTER",
}


@pytest.mark.parametrize(("text", "name"), NAMES.items(), ids=list(NAMES))
def test_name(text: str, name: str) -> None:
    assert phrase(f"EXISTS {text}") == Exists(Identifier(name))


STRINGS = {
    '"a"': "a",
    r'"a \"b\""': 'a "b"',
    '"a ""b"""': 'a "b"',
    r'"a\nb"': r"a\nb",
    '"two\nlines"': "two\nlines",
    '"-- no comment /* # */"': "-- no comment /* # */",
    '""': "",
    '""""': '"',
    r'"\\" x"': '\\" x',
}


@pytest.mark.parametrize(("text", "value"), STRINGS.items(), ids=list(STRINGS))
def test_string(text: str, value: str) -> None:
    assert phrase(f"a = {text}") == Comparison(A, "=", String(value))


NUMBERS = {
    "1": "1",
    "1.50": "1.50",
    "1e5": "1e5",
    "0x1F": "0x1F",
    ".5": "0.5",
    "1.": "1",
    "+1": "1",
    "1E5": "1e5",
    "007": "7",
    "00.50": "0.50",
    "-.5": "-0.5",
    "0": "0",
    "-0": "-0",
}


@pytest.mark.parametrize(("text", "spelling"), NUMBERS.items(), ids=list(NUMBERS))
def test_number(text: str, spelling: str) -> None:
    assert phrase(f"a = {text}") == Comparison(A, "=", Number(spelling))


COMMENTS = ("-- x", "# x", "// x", "/* x */", "/* x\n * y **/", "/**/")


@pytest.mark.parametrize("comment", COMMENTS)
def test_comment(comment: str) -> None:
    parsed = parse(f"FILTER {comment}\n a{' '}{comment}\n> 1 {comment}")
    assert parsed.diagnostics == ()
    assert [c.text for c in parsed.comments] == [comment] * 3
    assert parsed.statements[0].filter == A1


def test_a_hash_begins_a_comment_even_inside_a_word() -> None:
    parsed = parse("FILTER a#b")
    assert [c.text for c in parsed.comments] == ["#b"]
    assert parsed.statements[0].filter == A
