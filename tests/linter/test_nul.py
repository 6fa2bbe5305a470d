"""NUL: who matches although nothing is known of them."""

from __future__ import annotations

import pytest
from hypothesis import given

from segql.catalog import Catalog
from segql.diagnostics import CODES
from segql.linter.pages import EXAMPLE_FIELDS
from segql.linter.rules.matches_nothing_known import culprit
from segql.linter.scope import Scope
from segql.syntax import nodes as n
from segql.syntax.parser import parse
from segql.syntax.walk import walk
from tests.meaning import SEGMENTS, answer

from .asking import ask, mend, places
from .spelled import texts

EXAMPLES = Catalog.from_types(EXAMPLE_FIELDS)

# name of a rule -> texts with what it points to in angle brackets, and what its fix makes of them
FOUND: dict[str, list[tuple[str, str]]] = {
    "matches-nothing-known": [
        ("«a != 1»", "AND (EXISTS a, a != 1)"),
        ("«NOT a > 1»", "AND (EXISTS a, NOT a > 1)"),
        ("«1 != a» ALIAS x", "AND (EXISTS a, 1 != a) ALIAS x"),
        ('«a NOT IN ("x")»', 'AND (EXISTS a, a NOT IN ("x"))'),
        ('«NOT a LIKE "x*"»', 'AND (EXISTS a, a NOT LIKE "x*")'),
        ("«NOT a = NULL»", "AND (EXISTS a, NOT a = NULL)"),
        ("«a IS NOT NULL»", "AND (EXISTS a, a != NULL)"),
        ("«NOT 5 < a»", "AND (EXISTS a, NOT 5 < a)"),
        ("OR (b, «a != 1»)", "OR (b, AND (EXISTS a, a != 1))"),
        ("b OR «a != 1»", "b OR AND (EXISTS a, a != 1)"),
        ("OR (b, «AND (a != 1)»)", "OR (b, AND (EXISTS a, a != 1))"),
        ("«AND (a != 1, NOT a = 2)»", "AND (EXISTS a, a != 1, NOT a = 2)"),
        ("«a != 1 AND a != 2»", "EXISTS a AND a != 1 AND a != 2"),
        ("«NOT (OR (a = 1, a = 2))»", "AND (EXISTS a, NOT OR (a = 1, a = 2))"),
        ("«NOT OR (a BETWEEN 1 AND 2, b)»", ""),
        ("«NOT OR (a IN (1), a = 9)»", "AND (EXISTS a, NOT OR (a IN (1), a = 9))"),
        ("«OR (AND (), a != 1)»", "OR (AND (EXISTS a, AND ()), AND (EXISTS a, a != 1))"),
        ("«AND (a != 1, b != 1)»", ""),
        ("«OR (a != 1, b != 2, c)»", ""),
        ("«NOT AND (a = 1, b = 1)»", ""),
        ("OR (b, «a /* why */ != 1»)", ""),
        (
            "«OR (a != 1, b, NOT a > 5)»",
            "OR (AND (EXISTS a, a != 1), b, AND (EXISTS a, NOT a > 5))",
        ),
    ],
    "unguarded-negation": [
        ("AND (b, «a != 1»)", "AND (b, EXISTS a, a != 1)"),
        ("AND (b, «0 != a»)", "AND (b, EXISTS a, 0 != a)"),
        ("b AND «NOT a > 5»", "b AND EXISTS a AND NOT a > 5"),
        ('AND (b, OR (c, «a NOT IN ("x")»))', 'AND (b, OR (c, AND (EXISTS a, a NOT IN ("x"))))'),
        ("AND (b, OR (AND (a, c), «a != 1»))", "AND (b, OR (AND (a, c), AND (EXISTS a, a != 1)))"),
        ("AND (EXISTS a, «a.b != 1»)", "AND (EXISTS a, EXISTS a.b, a.b != 1)"),
        ("AND (b, «a != 1», «c != 1»)", "AND (b, EXISTS a, a != 1, EXISTS c, c != 1)"),
        ("AND (b, «a != NULL»)", "AND (b, EXISTS a, a != NULL)"),
    ],
    "negated-field": [
        ("«NOT a»", "OR (NOT a, NOT EXISTS a)"),
        ("AND (b, «NOT (a)»)", "AND (b, OR (NOT a, NOT EXISTS a))"),
        ("OR (b, «NOT a»)", "OR (b, NOT EXISTS a, NOT a)"),
        ("b OR «NOT a»", "b OR NOT EXISTS a OR NOT a"),
        ("EXISTS b AND «NOT a»", "EXISTS b AND OR (NOT a, NOT EXISTS a)"),
        ("«NOT is_member»", "OR (NOT is_member, NOT EXISTS is_member)"),
        ("AND (b, «NOT /* why */ a»)", ""),
    ],
}  # fmt: skip
CASES = [(name, *case) for name, cases in FOUND.items() for case in cases]

SILENT: dict[str, list[str]] = {
    "matches-nothing-known": [
        "*", "match_all", "AND ()", "INCLUDE a", "NOT INCLUDE a", "NOT EXISTS a", "a = NULL",
        "AND (EXISTS a, a != 1)", "AND (a != 1, EXISTS a)", "AND (b > 1, a != 1)", "a > 1",
        "AND (INCLUDE b, a != 1)", "NOT OR (INCLUDE b, a = 1)",
        "NOT AND (INCLUDE b, a = 1)", "AND (NOT EXISTS b, a != 1)",
        'tolower(a) != "x"', "NOT len(a) > 1", "a != b", "NOT a", "a BETWEEN 1 AND 2", "1 != 2",
        "NOT a BETWEEN 1 AND 2", "AND (b, a != 1)", "AND (NOT b, a != 1)", "NOT (a != 1)",
        "NOT AND (NOT b, a = 1)", 'a NOT IN b', "OR (a != 1, a != 2)", "OR (a = 1, a != 1)",
        "AND (b = 1, OR (c, a != 1))", "OR (NOT EXISTS a, a != 1)", "OR (a = NULL, a != 1)",
        "NOT timewindow(a, 1, 7)", "a + 1 != 2",
    ],
    "unguarded-negation": [
        "a != 1", "OR (b, a != 1)", "AND (a > 5, a != 7)", "AND (EXISTS a, OR (b, a != 1))",
        'AND (a LIKE "x*", b, NOT a = "xy")', "AND (b, NOT a)", "AND (b, NOT a BETWEEN 1 AND 2)",
        "AND (b, OR (NOT EXISTS a, a != 1))", "AND (b, OR (a = NULL, AND (c, a != 1)))",
        "AND (b, a = 1)", "AND (len(a) > 1, a != 1)", "AND (b, NOT OR (a = 1, c))",
        "AND (b, NOT (a != 1))", "AND (b, a != c)", "NOT AND (b, a != 1)", "AND (b, 1 != 2)",
    ],
    "negated-field": [
        "a", "NOT a = 1", "AND (EXISTS a, NOT a)", "OR (NOT a, NOT EXISTS a)", "NOT NOT a",
        "OR (b, OR (NOT EXISTS a, AND (c, NOT a)))", "NOT match_all", "NOT INCLUDE a",
        "NOT timewindow(a, 1, 7)", "a != true", "NOT OR (NOT a, b)",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("rule", "marked", "fixed"), CASES, ids=str)
def test_a_finding(rule: str, marked: str, fixed: str) -> None:
    text = f"FILTER {marked.replace('«', '').replace('»', '')}"
    found = ask(rule, text)
    marks = [part.partition("»")[0] for part in marked.split("«")[1:]]
    assert [finding.place for finding in found] == marks
    fixes = [finding.problem.fix for finding in found]
    assert {fix and fix.applicability for fix in fixes} == {"unsafe" if fixed else None}
    if fixed:
        assert mend(rule, text) == f"FILTER {fixed}"
        assert places(rule, f"FILTER {fixed}") == []
    assert all(finding.problem.message and finding.problem.help for finding in found)


@pytest.mark.parametrize(("rule", "text"), [(r, text) for r, ts in SILENT.items() for text in ts])
def test_no_false_alarm(rule: str, text: str) -> None:
    for catalog in (None, EXAMPLES):
        assert places(rule, f"FILTER {text}", catalog=catalog) == []


def test_a_field_that_is_no_bool_is_another_matter() -> None:
    assert places("negated-field", "FILTER NOT visitct", catalog=EXAMPLES) == []


def test_every_rule_is_here() -> None:
    known = {code.name for code in CODES.values() if code.family == "NUL"}
    assert set(FOUND) == set(SILENT) == known


@given(texts())
def test_who_has_nothing_matches_what_is_reported(row: tuple[str, n.Phrase]) -> None:
    text, tree = row
    file = parse(text)
    statement = file.statements[0]
    scope = Scope(file, statement)
    everybody = dict.fromkeys(("vip", "staff", "gone"), n.Statement(n.And(())))
    for known in ({}, SEGMENTS, everybody):
        if culprit(scope) is not None:
            assert answer(tree, segments=known)({}) is True
    special = n.Exists | n.Include | n.Call | n.Null
    if any(isinstance(node, special) for node in walk(tree)) or answer(tree)({}) is not True:
        return
    assert culprit(scope) is not None
    after = parse(mend("matches-nothing-known", text)).statements[0]
    if after.filter != statement.filter:
        assert answer(after.filter)({}) is not True
