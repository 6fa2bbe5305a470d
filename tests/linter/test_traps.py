"""PORT: what the server refuses or misreads, with a fix that says the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import segql
from segql.compiler import portable
from segql.diagnostics import CODES, Diagnostic
from segql.formatter import format_text
from segql.syntax.parser import parse

# name of the trap -> texts with the trap in angle brackets, each with what the fix makes of it
TRAPS = {
    "not-without-comma": [
        ("FILTER AND (EXISTS a «NOT» EXISTS b)", "FILTER AND (EXISTS a, NOT EXISTS b)"),
        ("FILTER AND (a > 1 «not» b = 2, c)", "FILTER AND (a > 1, not b = 2, c)"),
        ("FILTER AND (a /* c */ «NOT» b)", "FILTER AND (a, /* c */ NOT b)"),
        ("FILTER OR (x, AND (a) «NOT» b)", "FILTER OR (x, AND (a), NOT b)"),
    ],
    "not-before-function": [
        ("FILTER «NOT len(a) > 1»", "FILTER NOT (len(a) > 1)"),
        ("FILTER AND (b, «NOT a + 1 > 1»)", "FILTER AND (b, NOT (a + 1 > 1))"),
        ("FILTER «len(a) NOT IN (1)»", "FILTER NOT (len(a) IN (1))"),
        ("FILTER «NOT len(a) -- why\n > 1»", "FILTER NOT (len(a) -- why\n > 1)"),
    ],
    "infix-after-word-operator": [
        ("FILTER «a IN (1)» AND b > 2", "FILTER AND (a IN (1), b > 2)"),
        ('FILTER «a LIKE "x*"» OR b > 2', 'FILTER OR (a LIKE "x*", b > 2)'),
        ('FILTER «NOT a CONTAINS "x"» AND b', 'FILTER AND (a NOT CONTAINS "x", b)'),
        ("FILTER c OR «a INTERSECTS (1)» AND b", "FILTER OR (c, AND (a INTERSECTS (1), b))"),
    ],
    "not-between": [
        ("FILTER «NOT a BETWEEN 1 AND 9»", "FILTER OR (a <= 1, a >= 9)"),
        ("FILTER «a NOT BETWEEN 1 AND 9» ALIAS x", "FILTER OR (a <= 1, a >= 9) ALIAS x"),
        ("FILTER AND (x «a NOT BETWEEN 1 AND 9»)", "FILTER AND (x , OR (a <= 1, a >= 9))"),
        ("FILTER AND (x,\n«a NOT BETWEEN 1 AND 9»)", "FILTER AND (x,\nOR (a <= 1, a >= 9))"),
        ("FILTER x AND /**/ «NOT a BETWEEN 1 AND 9»", "FILTER x AND /**/ OR (a <= 1, a >= 9)"),
    ],
    "exists-parentheses": [
        ("FILTER «EXISTS(a)»", "FILTER EXISTS a"),
        ("FILTER NOT «EXISTS ( `a b` )»", "FILTER NOT EXISTS `a b`"),
    ],
    "is-null": [
        ("FILTER a «IS NULL»", "FILTER a = NULL"),
        ("FILTER (a) «is not null» AND b", "FILTER (a) != NULL AND b"),
    ],
    "negative-in-list": [
        ("FILTER a IN (1, «-1»)", 'FILTER a IN (1, "-1")'),
        ("FILTER a INTERSECTS [«- 2.5»]", 'FILTER a INTERSECTS ["-2.5"]'),
    ],
    "parenthesised-value": [
        ("FILTER a > «(1)»", "FILTER a > 1"),
        ('FILTER a LIKE «( "x*" )» ALIAS y', 'FILTER a LIKE "x*" ALIAS y'),
        ("FILTER a = «((b.c))»", "FILTER a = b.c"),
    ],
    "quoted-segment": [
        ('FILTER INCLUDE «"vip"»', "FILTER INCLUDE vip"),
        ('FILTER NOT INCLUDE «"my vip"»', "FILTER NOT INCLUDE `my vip`"),
    ],
    "match-all-line": [("FILTER\n«*»", "FILTER *"), ("filter \r\n  «*» FROM x", "filter * FROM x")],
    "field-as-value": [
        ("FILTER name == «Bob»", 'FILTER name == "Bob"'),
        ("FILTER a > «now-3d»", 'FILTER a > "now-3d"'),
        ("FILTER a >= «'x y'»", 'FILTER a >= "x y"'),
        ("FILTER a CONTAINS «[x]»", 'FILTER a CONTAINS "x"'),
    ],
    "name-quotes": [
        ("FILTER «'first name'» = 1", "FILTER `first name` = 1"),
        ("FILTER EXISTS «[name]»", "FILTER EXISTS name"),
        ("FILTER a ALIAS «'my vip'»", "FILTER a ALIAS `my vip`"),
    ],
    "clause-order": [
        ("FILTER a «ALIAS b FROM user»", "FILTER a FROM user ALIAS b"),
        ("FILTER a «WITH k = 1\nLIMIT 5 ALIAS x»", "FILTER a LIMIT 5\nWITH k = 1 ALIAS x"),
    ],
    "missing-filter": [
        ("«a» > 1 ALIAS x", "FILTER a > 1 ALIAS x"),
        ("FILTER a; «b»", "FILTER a; FILTER b"),
    ],
    "number-spelling": [
        ("FILTER a > «.5»", "FILTER a > 0.5"),
        ("FILTER a IN («007», «1.», 1)", "FILTER a IN (7, 1, 1)"),
        ("FILTER a > «+1E5»", "FILTER a > 1e5"),
    ],
    "trailing-comma": [
        ("FILTER a IN (1, 2«,»)", "FILTER a IN (1, 2)"),
        ("FILTER len(a«,» ) > 1", "FILTER len(a ) > 1"),
    ],
    "negated-infix": [
        ("FILTER NOT «(a AND b > 1)»", "FILTER NOT AND (a, b > 1)"),
        ("FILTER NOT «( a && b > 1 )»", "FILTER NOT AND (a, b > 1)"),
        ("FILTER AND (c, NOT «(b AND a BETWEEN 1 AND 2)»)",
         "FILTER AND (c, NOT AND (b, a BETWEEN 1 AND 2))"),
        ("FILTER NOT «(a AND (b AND c OR d))»", "FILTER NOT AND (a, OR (AND (b, c), d))"),
        ("FILTER NOT OR (x, NOT «(a AND b)») AND c", "FILTER NOT OR (x, NOT AND (a, b)) AND c"),
    ],
}  # fmt: skip
CASES = [(name, *case) for name, cases in TRAPS.items() for case in cases]
UNSAFE = {"field-as-value", "not-between"}  # where no catalog knows the field
NOT_TRAPS = [
    "FILTER AND (EXISTS a\nNOT EXISTS b)",
    "FILTER AND (a, NOT b, NOT (c))",
    "FILTER a NOT IN (1)",
    "FILTER NOT (len(a) > 1)",
    "FILTER NOT len(a)",
    "FILTER b > 2 AND a IN (1)",
    "FILTER (a IN (1)) AND b > 2",
    "FILTER AND (a IN (1), b > 2)",
    "FILTER a BETWEEN 1 AND 9",
    "FILTER NOT (a BETWEEN -9 AND -1 OR b)",
    "FILTER a > (1 + 2)",
    "FILTER EXISTS (a + 1)",
    "FILTER a > -1",
    "FILTER * FROM x",
    "FILTER a > b",
    "FILTER a = b.c",
    "FILTER `it's` = 1 ALIAS `[x]`",
    "FILTER a FROM user LIMIT 1 WITH tags = [\"x\",] ALIAS b",
    "FILTER a IN (1.50, 0x1F, 1e5)",
    "FILTER NOT (a > 1 AND NOT b = 2)",
    "FILTER NOT (match_all AND b > 1)",
    "FILTER a AND b BETWEEN 1 AND 2",
]  # fmt: skip


def traps(text: str) -> list[Diagnostic]:
    return [p for p in segql.check(text) if p.code.startswith("PORT") and not p.is_error]


def mended(text: str, problems: list[Diagnostic]) -> str:
    edits = [edit for problem in problems if problem.fix for edit in problem.fix.edits]
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


@pytest.mark.parametrize(("name", "marked", "fixed"), CASES, ids=[case[1] for case in CASES])
def test_a_trap_is_reported_and_mended(name: str, marked: str, fixed: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    problems = [problem for problem in traps(text) if problem.name == name]
    places = "".join(
        f"«{text[p.span.start : p.span.end]}»" for p in sorted(problems, key=lambda p: p.span)
    )
    assert places == "".join(part.partition("»")[0].join("«»") for part in marked.split("«")[1:])
    assert mended(text, problems) == fixed
    assert not [problem for problem in traps(fixed) if problem.name == name]
    assert all(p.message and p.help and p.fix for p in problems)
    assert all((p.fix.applicability == "unsafe") == (name in UNSAFE) for p in problems if p.fix)


@pytest.mark.parametrize(
    ("text", "fixed"), [case[1:] for case in CASES if case[0] != "field-as-value"], ids=str
)
def test_a_fix_keeps_what_is_sent(text: str, fixed: str) -> None:
    before, after = parse(text.replace("«", "").replace("»", "")), parse(fixed)
    assert not after.has_errors
    assert list(map(portable, after.statements)) == list(map(portable, before.statements))


def test_every_trap_is_here() -> None:
    known = {c.name for c in CODES.values() if c.code.startswith("PORT") and c.severity != "error"}
    assert known == set(TRAPS)


@pytest.mark.parametrize("text", NOT_TRAPS)
def test_no_false_alarm(text: str) -> None:
    assert traps(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "FILTER a > (/* why */ 1)",
        "FILTER a IS /* why */ NULL",
        "FILTER\n-- why\n*",
        "FILTER a IN (1) -- why\nAND b > 2",
        "FILTER a ALIAS b -- why\nFROM user",
        "FILTER a NOT BETWEEN /* low */ 1 AND 9",
    ],
)
def test_no_fix_where_it_would_lose_a_comment(text: str) -> None:
    (problem,) = traps(text)
    assert problem.fix is None


@pytest.mark.parametrize(
    "text",
    [
        "FILTER EXISTS (`'[.`.'`')",
        "FILTER x > (`'[.`.'`')",
        "FILTER len(`'[.`.'`') NOT IN (1)",
        "FILTER `'[.`.'`' IN (1) AND b",
        "FILTER `'[.`.'`' NOT BETWEEN 1 AND 9",
    ],
)
def test_a_name_that_no_quotes_can_hold_has_no_fix(text: str) -> None:
    assert not parse(text).has_errors
    (problem,) = traps(text)
    assert problem.fix is None


def test_no_trap_is_told_of_a_statement_with_mistakes() -> None:
    assert traps("FILTER AND (a IS NULL, b >, 'c d' = 1)") == []


@given(st.lists(st.sampled_from(CASES), min_size=1, max_size=4), st.sampled_from(["AND", "OR"]))
def test_fixes_of_several_traps_at_once(cases: list[tuple[str, str, str]], word: str) -> None:
    """Phrases with traps in one list: fixes that do not overlap are made until none is left."""
    outside = {"match-all-line", "clause-order", "missing-filter"}
    phrases = [text for name, text, _ in cases if name not in outside and "ALIAS" not in text]
    plain = [text.removeprefix("FILTER ").replace("«", "").replace("»", "") for text in phrases]
    text = f"FILTER {word} ({', '.join(f'({phrase})' for phrase in plain)})"
    parsed = parse(text)
    assert not parsed.has_errors
    for _ in range(20):
        safe = [p for p in traps(text) if p.fix and p.fix.applicability == "safe"]
        if not safe:
            break
        text = mended(text, safe[:1])
    assert list(map(portable, parse(text).statements)) == list(map(portable, parsed.statements))
    assert not [p for p in traps(text) if p.name not in UNSAFE and p.fix]


@pytest.mark.parametrize("text", [case[1] for case in CASES])
def test_formatting_mends_all_but_what_would_change_the_tree(text: str) -> None:
    text = text.replace("«", "").replace("»", "")
    left = {problem.name for problem in traps(format_text(text))}
    assert left <= {"not-between", "negative-in-list", "field-as-value"}
