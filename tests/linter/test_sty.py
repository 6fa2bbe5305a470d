"""STY: the simpler of two ways to say the same."""

from __future__ import annotations

import pytest

from segql.catalog import Catalog
from segql.diagnostics import CODES
from segql.linter.pages import EXAMPLE_FIELDS
from segql.syntax.parser import parse

from .asking import ask, mend, places

EXAMPLES = Catalog.from_types(EXAMPLE_FIELDS)

# As in test_log: a "?" behind the name of a rule means that there is no catalog.
FOUND: dict[str, list[tuple[str, str, str]]] = {
    "equals-or?": [
        ('«a = "x"» OR a = "y"', "unsafe", 'a IN ("x", "y")'),
        ("OR («a = 1», b, 2 = a, a = 3)", "unsafe", "OR (a IN (1, 2, 3), b)"),
        ("OR (b, «a = 1», a = 2, c = 5, «a.b = 1», a.b = 2)", "unsafe", ""),
        ("NOT OR («a = 1», a = 2)", "unsafe", "NOT (a IN (1, 2))"),
        ("b AND («a = 1» OR a = 2)", "unsafe", "b AND (a IN (1, 2))"),
        ('OR («a = "x"», b, a = "y")', "unsafe", 'OR (a IN ("x", "y"), b)'),
        ("OR («a = 1», a = -1)", "", ""),
        ("OR («a = 1», -- why\na = 2)", "", ""),
    ],
    "equals-or": [
        ('OR («country = "US"», is_member, country = "CA")', "safe", ""),
        ('OR («country = "US"», country = "CA")', "unsafe", 'country IN ("US", "CA")'),
        ('OR («country = "US"», is_member, country = 5)', "unsafe", ""),
        ("OR («visitct = 1», is_member, visitct = 2)", "unsafe", ""),
    ],
    "value-on-the-left?": [
        ("«5» < a", "unsafe", "a > 5"),
        ("«5» <= a AND b", "unsafe", "a >= 5 AND b"),
        ('NOT «"x"» = len(a)', "unsafe", 'NOT (len(a) = "x")'),
        ("AND (b\n«NULL» != a\nc)", "unsafe", "AND (b\na != NULL\nc)"),
        ("«5» /* why */ < a", "", ""),
    ],
    "negated-comparison?": [
        ('«NOT» a = "x"', "unsafe", 'a != "x"'),
        ("b OR «NOT» (a != 1)", "unsafe", "b OR a = 1"),
        ('«NOT» len(a) = "x" AND b', "unsafe", '(len(a) != "x") AND b'),
        ("«NOT» a = /* why */ 1", "", ""),
    ],
    "negated-comparison": [
        ('«NOT» country = "US"', "safe", 'country != "US"'),
        ("«NOT» is_member != true", "safe", "is_member = true"),
        ("«NOT» visitct = 5", "safe", "visitct != 5"),
        ("«NOT» counts.x = 5", "safe", "counts.x != 5"),
        ('«NOT» created = "2026-01-01"', "unsafe", 'created != "2026-01-01"'),
    ],
    "nested-list?": [
        ("AND (a, «AND» (b, c), d)", "safe", "AND (a, b, c, d)"),
        ("OR (a, «or» (b, «OR» (c, d)))", "safe", "OR (a, b, c, d)"),
        ("a AND «(b AND c)» AND d", "safe", "AND (a, b, c, d)"),
        ("AND (a, «b AND c»)", "safe", "AND (a, b, c)"),
        ("AND (\n  a,\n  «AND» (\n    b,\n    c,\n  ),\n)", "safe", "AND (\n  a,\n  b,\n    c,\n)"),
        ("AND (a\n«AND» (b, c)\nd)", "safe", "AND (a\nb, c\nd)"),
        ("AND (a,(«AND» ((b), (c)))d)", "safe", "AND (a,(b), (c),d)"),
        ("AND (a, «AND» (-- why\nb, c))", "", ""),
        ("AND (a, «AND» (b, -- why\nc))", "safe", "AND (a, b, -- why\nc)"),
        ("a OR «(b -- why\n OR c)»", "", ""),
    ],
    "in-segment?": [
        ('«in_segment("vip")»', "safe", "INCLUDE vip"),
        ('NOT «IN_SEGMENT("my vip")»', "safe", "NOT INCLUDE `my vip`"),
        ('a AND «in_segment("3d42")» OR b', "safe", "a AND INCLUDE 3d42 OR b"),
        ('«in_segment(/* why */ "vip")»', "", ""),
    ],
    "deep-nesting?": [
        ("AND (a, OR (b, AND (c, «OR» (d, AND (e, f)))))", "", ""),
        ("AND (a, NOT AND (b, NOT OR (c, NOT «OR» (d, e))))", "", ""),
        ("a AND (b OR (c AND «(d OR e)»))", "", ""),
        ("OR (AND (a, OR (b, «AND» (c, d))), AND (a, OR (b, «AND» (c, d))))", "", ""),
    ],
    "range-of-two?": [
        ("AND (a > 1, «a < 9»)", "unsafe", "a BETWEEN 1 AND 9"),
        ("AND (b, a < 9, c, «1 < a», d)", "unsafe", "AND (b, a BETWEEN 1 AND 9, c, d)"),
        ("a > 1 AND «a < 9» AND b", "unsafe", "(a BETWEEN 1 AND 9) AND b"),
        ("NOT (a > 1 AND «a < 9»)", "", ""),
        ("AND (a > 1, «a < 9», -- why\nb)", "", ""),
        ("AND (len(a) > 1, «len(a) < 9»)", "unsafe", "len(a) BETWEEN 1 AND 9"),
    ],
    "range-of-two": [
        ('AND (created > "now-7d", «created < "now-1d"», b)', "unsafe", ""),
        ('created > "2026-01-01" AND «created < "2026-02-01"»', "unsafe", ""),
        ("AND (visitct > 1, «visitct < 9»)", "unsafe", "visitct BETWEEN 1 AND 9"),
        ("AND (score > 0.5, «score < 1.5»)", "unsafe", "score BETWEEN 0.5 AND 1.5"),
    ],
}  # fmt: skip
CASES = [(name, *case) for name, cases in FOUND.items() for case in cases]

SILENT: dict[str, list[str]] = {
    "equals-or": [
        "AND (a = 1, a = 2)", "OR (a = 1, b = 2)", "OR (a = 1, a = 1)", "OR (a = 1, a != 2)",
        "OR (a = true, a = false)", 'OR (a = "2026-01-01", a = "2026-02-01")',
        "OR (a = NULL, a = 1)",
    ],
    "value-on-the-left": ["a > 5", "5 < 6", 'a < b', '"x" IN a', '"x" LIKE a'],
    "negated-comparison": [
        "NOT a > 5", "NOT a = NULL", "NOT a = b", 'NOT a LIKE "x"', "NOT 1 = 1", "a != 1",
        'NOT "x" = a', "NOT AND (a = 1)", "NOT counts.x > 5",
    ],
    "nested-list": [
        "AND (a, OR (b, c))", "AND (a, AND (b))", "AND (AND (a, b))", "AND (a, NOT AND (b, c))",
    ],
    "in-segment": [
        'in_segment("vip") = true', 'in_segment("123")', "in_segment(a)", 'in_segment(" ")',
        'in_segment("a`\'[")', "INCLUDE vip",
    ],
    "deep-nesting": [
        "AND (a, OR (b, AND (c, d)))", "AND (a, AND (b, AND (c, AND (d, AND (e, f)))))",
        "AND (OR (AND (OR (a, b))))",
    ],
    "range-of-two": [
        "AND (a >= 1, a <= 9)", "AND (a > 1, a > 9)", "AND (a > 1, b < 9)", "AND (a > 9, a < 1)",
        "AND (a > 1, a < 9, a < 5)", "OR (a > 1, a < 9)", 'AND (a > "now-7d", a < "now-1d")',
        'AND (a > "x", a < "y")', "AND (NOT a > 1, a < 9)", "AND (a > 1772323200, a < 1772400000)",
        'AND (logins > "now-7d", logins < "now-1d")',
    ],
}  # fmt: skip
SILENT_WITH_CATALOG = {
    "equals-or": ['OR (interests = "x", interests = "y")', "OR (counts = 1, counts = 2)"],
    "negated-comparison": ['NOT interests = "x"', "NOT is_member = NULL", "NOT counts = 1"],
    "range-of-two": [
        "AND (country > 1, country < 9)", "AND (visitct > 1, visitct < 2)",
        "AND (visitct > 1.5, visitct < 9)", "AND (logins > 1, logins < 9)",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("name", "marked", "safety", "fixed"), CASES, ids=str)
def test_a_finding(name: str, marked: str, safety: str, fixed: str) -> None:
    rule, catalog = name.removesuffix("?"), None if name.endswith("?") else EXAMPLES
    text = f"FILTER {marked.replace('«', '').replace('»', '')}"
    found = ask(rule, text, catalog=catalog)
    marks = [part.partition("»")[0] for part in marked.split("«")[1:]]
    assert sorted(finding.place for finding in found) == sorted(marks)
    kinds = {finding.problem.fix and finding.problem.fix.applicability for finding in found}
    assert kinds == {safety or None}
    if safety:
        mended = mend(rule, text, catalog=catalog)
        assert mended == f"FILTER {fixed}" or not fixed
        assert not parse(mended).has_errors
        assert places(rule, mended, catalog=catalog) == []
    assert all(finding.problem.message and finding.problem.help for finding in found)


@pytest.mark.parametrize(("rule", "text"), [(r, text) for r, ts in SILENT.items() for text in ts])
def test_no_false_alarm(rule: str, text: str) -> None:
    for catalog in (None, EXAMPLES):
        assert places(rule, f"FILTER {text}", catalog=catalog) == []


@pytest.mark.parametrize(
    ("rule", "text"), [(r, text) for r, ts in SILENT_WITH_CATALOG.items() for text in ts]
)
def test_no_false_alarm_where_the_type_is_known(rule: str, text: str) -> None:
    assert places(rule, f"FILTER {text}", catalog=EXAMPLES) == []


def test_every_rule_is_here() -> None:
    known = {code.name for code in CODES.values() if code.family == "STY"}
    assert {name.removesuffix("?") for name in FOUND} == set(SILENT) == known
    assert not any(CODES[name].is_default for name in known)


def test_a_long_list_stays_short_in_the_help() -> None:
    phrases = ", ".join(f'a = "value number {i}"' for i in range(50))
    (finding,) = ask("equals-or", f"FILTER OR ({phrases})")
    assert len(finding.problem.help) < 80
    assert finding.problem.message.startswith("50 values that `a` may be equal to")
