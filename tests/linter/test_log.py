"""LOG: what is said twice, never, always, or less clearly than it could be."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.catalog import Catalog
from segql.diagnostics import CODES
from segql.linter.examine import examine
from segql.linter.fixing import mended
from segql.linter.options import Options
from segql.linter.pages import EXAMPLE_FIELDS
from segql.syntax import nodes as n
from segql.syntax.parser import parse
from tests.meaning import answer

from .asking import ask, mend, places
from .spelled import ANYTHING, FIELDS, KNOWN, VALUES, profiles, texts

EXAMPLES = Catalog.from_types(EXAMPLE_FIELDS)
LOGIC = frozenset(c.name for c in CODES.values() if c.family in ("LOG", "STY"))

# name of a rule -> texts with what it points to in angle brackets, the applicability of the fix,
# and what the fix makes of the text. Where the rule's name has a "?" behind it, without a catalog.
FOUND: dict[str, list[tuple[str, str, str]]] = {
    "contradiction?": [
        ("a > 5 AND «a < 3»", "", ""),
        ("AND (a > 5, «5 >= a»)", "", ""),
        ("AND (a >= 5, «a < 5»)", "", ""),
        ("AND (a BETWEEN 1 AND 5, «a = 5»)", "", ""),
        ("AND (a BETWEEN 1 AND 5, b, «a BETWEEN 5 AND 9»)", "", ""),
        ("AND (a IN (1, 2), «a > 2»)", "", ""),
        ('AND (a = "x", b, AND («a = "y"», c))', "", ""),
        ('AND (a = "x", «a IN ("y", "z")»)', "", ""),
        ("AND (a = 1, «a != 1»)", "", ""),
        ('AND (a = 5, «a = "x"»)', "", ""),
        ("AND (a = true, «a = false»)", "", ""),
        ('AND (a = "x", «NOT a = "x"»)', "", ""),
        ('AND (a = "x", «a NOT IN ("x", "y")»)', "", ""),
        ("AND (a > 7, «NOT a > 5»)", "", ""),
        ("AND (NOT EXISTS a, «a > 5»)", "", ""),
        ("AND (NOT (OR (x, y)), NOT x, «OR (x, y)», «x»)", "", ""),
        ("AND (logins > \"2026-02-01\", «NOT logins > \"2026-01-01\"»)", "", ""),
        ('NOT AND (a LIKE "x*", «NOT a LIKE "x*"»)', "", ""),
        ("OR (b, AND (a > 5, «a < 3», «a = 4»))", "", ""),
    ],
    "contradiction": [
        ('AND (country IN ("US"), «country IN ("CA", "MX")»)', "", ""),
        ('AND (created > "2026-02-01", «created < "2026-01-01"»)', "", ""),
        ('AND (country = "2026-01-01", «country = "2026-01-01T00:00:00Z"»)', "", ""),
        ("AND (visitct > 1772400000, «visitct < 1772323200»)", "", ""),
        ("AND (counts.x > 5, «counts.x < 3»)", "", ""),
        ('AND (tolower(city) IN ("a"), «tolower(city) IN ("b")»)', "", ""),
    ],
    "tautology?": [
        ("OR (a = 1, «a != 1»)", "unsafe", "*"),
        ("OR (a = 1, b, «NOT a = 1»)", "unsafe", "*"),
        ('b AND (a != "x" OR «a = "x"»)', "unsafe", "b"),
        ("AND (b, OR (EXISTS a, «NOT EXISTS a»), c)", "unsafe", "AND (b, c)"),
        ("OR (OR (a, b), «NOT OR (a, b)»)", "unsafe", "*"),
        ("NOT OR (EXISTS a, «NOT EXISTS a»)", "", ""),
        ("OR (b, AND (OR (a = 1, «a != 1»)))", "", ""),
        ("OR (a = 1, -- why\n«a != 1»)", "", ""),
    ],
    "tautology": [
        ("OR (is_member = true, «is_member != true»)", "unsafe", "*"),
        ('OR (country = "US", «NOT country = "US"»)', "unsafe", "*"),
        ('OR (created = "2026-01-01", «created != "2026-01-01"»)', "unsafe", "*"),
    ],
    "duplicate-phrase?": [
        ("AND (a > 1, b, «a > 1», c)", "safe", "AND (a > 1, b, c)"),
        ("a > 1 OR b OR «a>1»", "safe", "a > 1 OR b"),
        ("AND (a > 1, «a > 1»)", "safe", "a > 1"),
        ("OR (EXISTS a, «EXISTS a»)", "safe", "EXISTS a"),
        ("OR (a > 1, «a > 1»)", "unsafe", "a > 1"),
        ("AND (a, «a»)", "unsafe", "a"),
        ("AND (a, «a», -- why\nb)", "", ""),
        ("AND (INCLUDE a, b, «INCLUDE a»)", "safe", "AND (INCLUDE a, b)"),
        ("OR (AND (a, b), c, «a AND b»)", "safe", ""),
    ],
    "duplicate-phrase": [
        ("AND (is_member, «is_member»)", "unsafe", "is_member"),
        ('OR (country = "US", «country = "US"»)', "safe", 'country = "US"'),
    ],
    "implied-phrase?": [
        ("AND («a > 3», a > 5)", "safe", "a > 5"),
        ("AND (a > 5, b, «a > 3»)", "safe", "AND (a > 5, b)"),
        ("AND («a > 3», b, a > 5)", "unsafe", "AND (b, a > 5)"),
        ("AND (a = 7, «a > 5», «a != 3»)", "safe", "a = 7"),
        ("AND («a != 3», a = 7)", "unsafe", "a = 7"),
        ("AND (a > 5, «a >= 5», b)", "safe", "AND (a > 5, b)"),
        ("AND (a BETWEEN 5 AND 9, «a > 5», b)", "safe", "AND (a BETWEEN 5 AND 9, b)"),
        ("AND («a BETWEEN 1 AND 9», a BETWEEN 2 AND 5)", "safe", "a BETWEEN 2 AND 5"),
        ('AND (a IN ("x"), «a IN ("x", "y")»)', "safe", 'a IN ("x")'),
        ('AND (a = "x", «a != "y"», b)', "safe", 'AND (a = "x", b)'),
        ("OR («a > 5», a > 3)", "unsafe", "a > 3"),
        ("OR (a > 3, b, «a > 5»)", "safe", "OR (a > 3, b)"),
        ('OR (a != "x", «a = "y"», b)', "safe", 'OR (a != "x", b)'),
        ('AND (a > "now-7d", «a > "now-30d"», b)', "safe", 'AND (a > "now-7d", b)'),
        ('AND (a > "now-7d", «a > "now-2w"»)', "unsafe", 'a > "now-7d"'),
        ('AND (a > "2026-02-01", «a > "2026-01-31"», b)', "safe", 'AND (a > "2026-02-01", b)'),
        ("AND (a > 5, «a > 5.0», b)", "safe", "AND (a > 5, b)"),
        ("AND (len(a) > 5, «len(a) > 3», b)", "safe", "AND (len(a) > 5, b)"),
    ],
    "implied-phrase": [
        ('OR («country = "US"», country IN ("US"), b)', "safe", 'OR (country IN ("US"), b)'),
        ("AND (visitct > 5, «3 < visitct», b)", "safe", "AND (visitct > 5, b)"),
        ('OR (country != "US", «country = "CA"»)', "safe", 'country != "US"'),
        ('AND (created > "now-7d", «created > "now-2w"»)', "safe", 'created > "now-7d"'),
        ('AND (created = "2026-02-01", «created > "2026-01-01"», x)', "safe", ""),
    ],
    "list-of-one?": [
        ("«AND» (a)", "safe", "a"),
        ("NOT «or» (a = 1)", "safe", "NOT a = 1"),
        ("NOT(«AND» (a))", "safe", "NOT a"),
        ("AND (a, «OR» ((b OR c)))", "safe", "AND (a, OR (b, c))"),
        ("AND (a\n«OR» (b IN (1),)\nc)", "safe", "AND (a\nb IN (1)\nc)"),
        ("«AND» (a IN (1)) AND b", "safe", "(a IN (1)) AND b"),
        ("«AND» (a -- why\n)", "", ""),
        ("«AND» (a = /* why */ 1)", "safe", "a = /* why */ 1"),
        ("«AND» («OR» (a))", "safe", "a"),
        ("NOT «AND» (a BETWEEN 1 AND 9)", "", ""),
    ],
    "double-negation?": [
        ("«NOT» NOT a = 1", "safe", "a = 1"),
        ("«NOT» (NOT (a = 1))", "safe", "(a = 1)"),
        ("«NOT» (a NOT IN (1)) AND b", "safe", "(a IN (1)) AND b"),
        ("NOT «NOT» NOT EXISTS a", "safe", "NOT EXISTS a"),
        ("«NOT» NOT a", "unsafe", "a"),
        ('«NOT» NOT a > "now-3d"', "unsafe", 'a > "now-3d"'),
        ("«NOT» NOT a > 3", "safe", "a > 3"),
        ("«NOT» NOT (a AND b)", "safe", "AND (a, b)"),
        ("«NOT» /* why */ NOT a = 1", "", ""),
    ],
    "double-negation": [
        ("«NOT» NOT is_member", "unsafe", "is_member"),
        ("«NOT» NOT timewindow(visits, 5, 7)", "safe", "timewindow(visits, 5, 7)"),
        ('«NOT» NOT created > "now-3d"', "safe", 'created > "now-3d"'),
        ("«NOT» NOT visitct", "unsafe", "visitct"),
    ],
    "empty-between?": [
        ("a BETWEEN «9 AND 1»", "unsafe", "a BETWEEN 1 AND 9"),
        ("a BETWEEN «5 AND 5»", "", ""),
        ("a BETWEEN («5) AND (1.5»)", "unsafe", "a BETWEEN (1.5) AND (5)"),
        ('a BETWEEN «"now-7d" AND "now-30d"»', "unsafe", 'a BETWEEN "now-30d" AND "now-7d"'),
        ('a BETWEEN «"now-1w" AND "now-8d"»', "unsafe", 'a BETWEEN "now-8d" AND "now-1w"'),
        ('a BETWEEN «"now-1M" AND "now-1y"»', "unsafe", 'a BETWEEN "now-1y" AND "now-1M"'),
        ('a BETWEEN «"2026-02-01" AND "2026-01-01"»', "unsafe", ""),
        ("a BETWEEN «9 -- high\n AND 1»", "unsafe", "a BETWEEN 1 -- high\n AND 9"),
    ],
    "empty-between": [
        ("visitct BETWEEN «1 AND 2»", "", ""),
        ("visitct BETWEEN «2.5 AND 1»", "", ""),
        ("visitct BETWEEN «3 AND 1»", "unsafe", "visitct BETWEEN 1 AND 3"),
        ("counts.x BETWEEN «1.5 AND 2.9»", "", ""),
    ],
    "like-without-wildcard?": [
        ('a LIKE «"x"»', "unsafe", 'a = "x"'),
        ('a NOT LIKE «"x_y"»', "unsafe", 'a != "x_y"'),
        ('NOT a LIKE «"x"» AND b', "unsafe", 'NOT a = "x" AND b'),
        ('NOT tolower(a) LIKE «"x"»', "unsafe", 'NOT (tolower(a) = "x")'),
        ('a LIKE /* why */ «"x"»', "", ""),
    ],
    "like-without-wildcard": [
        ('interests LIKE «"x"»', "safe", 'interests INTERSECTS ("x")'),
        ('interests NOT LIKE «"x"» OR b', "safe", '(interests NOT INTERSECTS ("x")) OR b'),
        ('attributes.x LIKE «"x"»', "unsafe", 'attributes.x = "x"'),
    ],
    "in-one-value": [
        ('country IN «("US")»', "unsafe", 'country = "US"'),
        ('country not in «["US"]»', "unsafe", 'country != "US"'),
        ("NOT visitct IN «(1)»", "unsafe", "NOT visitct = 1"),
    ],
    "repeated-value?": [
        ('a IN ("x", «"x"», «"x"»)', "safe", 'a IN ("x")'),
        ("a INTERSECTS [1, 2, «1»,]", "safe", "a INTERSECTS [1, 2,]"),
        ("a IN (1,\n  2,\n  «1»\n)", "safe", "a IN (1,\n  2\n)"),
        ("a IN (1, «1» -- why\n)", "", ""),
    ],
    "not-equal-or?": [
        ("a != 1 OR «a != 2»", "unsafe", "AND (a != 1, a != 2)"),
        ('or (a != "x", «NOT a = "y"», a != "z")', "unsafe", ""),
        ("OR (a != 1, b, «a != 2»)", "unsafe", "OR (AND (a != 1, a != 2), b)"),
        ("OR (a != true, «a != false»)", "unsafe", "AND (a != true, a != false)"),
        ("OR (\n  a != 1, -- why\n  «a != 2»\n)", "unsafe", "AND (\n  a != 1, -- why\n  a != 2\n)"),
        ("a != 1 /* why */ OR «a != 2»", "", ""),
    ],
    "not-equal-or": [
        ('OR (country != "1", «country != "1.0"»)', "unsafe", ""),
        ('OR (created != "2026-01-01", «created != "2026-01-02"»)', "unsafe", ""),
    ],
    "empty-list?": [
        ("«AND ()»", "", ""),
        ("OR (a, «OR ()»)", "", ""),
        ("a IN «()»", "", ""),
        ("a NOT INTERSECTS «[]»", "", ""),
    ],
    "self-comparison?": [
        ("«a = a»", "", ""),
        ("NOT «a.b > (a.b)»", "", ""),
        ("«len(a) = len(a)»", "", ""),
        ("«a + 1 < a + 1»", "", ""),
        ("«a IN a»", "", ""),
        ("«a CONTAINS `a`»", "", ""),
    ],
    "constant-phrase?": [
        ("AND («1 = 1», a)", "", ""),
        ('«"x" IN ("x", "y")»', "", ""),
        ("«1 + 1 > 2»", "", ""),
        ("«5 BETWEEN 1 AND 9»", "", ""),
        ('«EXISTS "x"»', "", ""),
        ("NOT «true»", "", ""),
    ],
    "include-and-not?": [
        ("AND (INCLUDE a, «NOT INCLUDE a»)", "", ""),
        ('AND (NOT INCLUDE a, AND (b, «in_segment("A")»))', "", ""),
        ("NOT (INCLUDE a AND «NOT INCLUDE a»)", "", ""),
    ],
}  # fmt: skip
CASES = [(name, *case) for name, cases in FOUND.items() for case in cases]

# name of a rule -> what it says nothing about, with the catalog and without
SILENT: dict[str, list[str]] = {
    "contradiction": [
        "AND (a > 3, a < 5)", "AND (a >= 5, a <= 5)", "OR (a > 5, a < 3)", "AND (a > 5, b < 3)",
        "AND (a <= 3, NOT a > 3)", "AND (NOT a > 3, NOT a <= 3)", "AND (a != 1, a != 2)",
        'AND (a = "5", a = 5)', 'AND (a = "5", a = "5.0")', 'AND (a = true, a = "1")',
        'AND (a IN ("x"), a IN ("y"))', 'AND (a CONTAINS "x", a CONTAINS "y")',
        'AND (a = "2026-01-01", a = "2026-02-01")', "AND (a > 1772400000, a < 1772323200)",
        'AND (a > "2026-02-01", a < "2026-01-01")', 'AND (a > "now-7d", a < "now-30d")',
        "AND (NOT EXISTS a, a != 1)", 'AND (NOT EXISTS a, a = "")', "AND (NOT EXISTS a, NOT a > 5)",
        'AND (interests IN ("x"), interests IN ("y"))',
        'AND (logins = "2026-01-01", logins != "2026-01-01")',
        'AND (created > 1772400000, created < 1772323200000)', 'AND (a > "y", a < "x")',
        "AND (INCLUDE a, NOT INCLUDE a)", "AND (a, OR (NOT a, b))", "NOT OR (a = 1, a = 2)",
        'AND (created = "2026-01-01", created = "2026-01-01T00:00:00Z")', "AND (a = NULL, a = 1)",
        "AND (counts.x > 5, counts.y < 3)",
    ],
    "tautology": [
        "OR (a > 3, a <= 3)", "OR (a, NOT a)", "OR (a > 3, NOT a > 3)", "AND (a = 1, a != 1)",
        "OR (a IN (1), NOT a IN (1))", "OR (INCLUDE a, NOT INCLUDE a)", "OR (a = 1, b != 1)",
        "OR (a = 1, a != 2)", "OR (a = true, a != true)", "OR (a = NULL, a != NULL)",
        "OR (is_member, NOT is_member)", 'OR (logins = "2026-01-01", logins != "2026-01-01")',
        "OR (a != 1, a != 2)", 'OR (a = "1", a != 1)',
        'OR (a = "2026-01-01", a != "2026-01-01")', "OR (a BETWEEN 1 AND 2, NOT a BETWEEN 1 AND 2)",
    ],
    "duplicate-phrase": ["AND (a, OR (a, b))", "AND (a = 1, a = 1.0)", 'OR (a = "x", a = "X")'],
    "implied-phrase": [
        "AND (a > 5, a > 5)", "AND (a > 3, b > 5)", "AND (a > 3, a < 5)", "AND (a > 5, EXISTS a)",
        "AND (a = 7, EXISTS a)", "AND (a > 1, a < 9, a BETWEEN 0 AND 10)", "AND (a != 1, a != 2)",
        'AND (a = "2026-02-01", a > "2026-01-01")', 'AND (a > "y", a > "x")',
        'AND (a = 5, a IN (5, 6))', 'AND (a = "5", a IN ("5", "6"))', 'AND (a = 5, a != "x")',
        'AND (a > "now-1M", a > "now-40d")', "AND (a > 1772323200, a > 5)", "OR (NOT a > 5, a > 3)",
        'AND (country = "2026-02-01", country > "2026-01-01")', "OR (a > 3, a <= 3)",
        'OR (a > 5, AND (a > 3, b))', "AND (a <= 5, NOT a > 5)",
    ],
    "list-of-one": ["AND (a, b)", "AND ()", "(a)", "NOT (a)"],
    "double-negation": ["NOT a", "NOT AND (NOT a, b)", "a NOT IN (1)", "NOT (a != 1)"],
    "empty-between": [
        "a BETWEEN 1 AND 2", "a BETWEEN b AND 1", "1 BETWEEN 5 AND 3", 'a BETWEEN "9" AND "1"',
        'a BETWEEN "now-1M" AND "now-40d"', 'a BETWEEN "2026-01-01" AND "now-1d"',
        "visitct BETWEEN 1 AND 3", "score BETWEEN 1 AND 2",
        "a BETWEEN 1772323200000 AND 1772323200",
    ],
    "like-without-wildcard": [
        'a LIKE "x*"', 'a LIKE "x%"', 'a LIKE "x?"', 'a LIKE "[ab]"', 'a LIKE "{a,b}"', "a LIKE b",
        '"x" LIKE "x"', 'a = "x"',
    ],
    "in-one-value": [
        'a IN ("US")', 'interests IN ("x")', 'counts IN ("x")', 'country IN ("US", "CA")',
        "is_member IN (true)", 'visitct IN ("5")', 'country INTERSECTS ("US")', "country IN (NULL)",
        'created IN ("2026-01-01")', '"x" IN ("x")',
    ],
    "repeated-value": ['a IN (1, "1", 1.0, "1.0")', 'a IN ("x", "X")', "OR (a IN (1), a IN (1))"],
    "not-equal-or": [
        "AND (a != 1, a != 2)", "OR (a != 1, b != 2)", "OR (a != 1, a != 1)",
        'OR (a != 1, a != "1")', 'OR (a != 1, a != "x")', 'OR (a != "1", a != "x")',
        'OR (a != "2026-01-01", a != "2026-01-02")',
        "OR (a != 1, NOT a > 5)", 'OR (a != "x", a NOT IN ("y"))', "OR (a != NULL, a != 1)",
        'OR (a != true, a != "true")',
    ],
    "empty-list": ["AND (a)", "a IN (1)", "len() = 1"],
    "self-comparison": ["a = b", "a = a.b", "1 = 1", "len(a) = len(b)", "NOT (a AND a)"],
    "constant-phrase": ["a = 1", "now() > 5", 'len("x") = 1', "EXISTS a", "*", "AND ()"],
    "include-and-not": [
        "OR (INCLUDE a, NOT INCLUDE a)", "AND (INCLUDE a, NOT INCLUDE b)", "AND (a, NOT a)",
        "AND (INCLUDE a, OR (b, NOT INCLUDE a))",
    ],
}  # fmt: skip

# What only a catalog keeps a rule from.
SILENT_WITH_CATALOG = {
    "contradiction": ['AND (interests = "x", interests = "y")', "AND (counts = 1, counts = 2)"],
    "tautology": [
        'OR (interests = "x", interests != "x")', 'OR (visitct = "x", visitct != "x")',
        "OR (is_member = 1, is_member != 1)", 'OR (created = "x", created != "x")',
    ],
    "not-equal-or": [
        'OR (interests != "x", interests != "y")', 'OR (visitct != "x", visitct != "y")',
        'OR (created != "2026-01-01", created != "2026-01-01T00:00:00Z")',
    ],
    "like-without-wildcard": ['visitct LIKE "5"', 'counts LIKE "x"', 'len(city) LIKE "5"'],
}  # fmt: skip


def unmarked(text: str) -> str:
    return text.replace("«", "").replace("»", "")


def marks(text: str) -> list[str]:
    return [part.partition("»")[0] for part in text.split("«")[1:]]


@pytest.mark.parametrize(("name", "marked", "safety", "fixed"), CASES, ids=str)
def test_a_finding(name: str, marked: str, safety: str, fixed: str) -> None:
    rule, catalog = name.removesuffix("?"), None if name.endswith("?") else EXAMPLES
    text = f"FILTER {unmarked(marked)}"
    found = ask(rule, text, catalog=catalog)
    assert sorted(finding.place for finding in found) == sorted(marks(marked))
    kinds = {finding.problem.fix and finding.problem.fix.applicability for finding in found}
    assert kinds == {safety or None}
    if fixed:
        assert mend(rule, text, catalog=catalog) == f"FILTER {fixed}"
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
    known = {code.name for code in CODES.values() if code.family == "LOG"}
    assert {name.removesuffix("?") for name in FOUND} == set(SILENT) == known


# ---- What holds for every profile --------------------------------------------------------


@given(texts(), st.booleans(), st.data())
def test_a_safe_fix_changes_no_verdict(
    row: tuple[str, n.Phrase], with_catalog: bool, data: st.DataObject
) -> None:
    text, catalog = row[0], KNOWN if with_catalog else None
    file = parse(text)
    mine = answer(file.statements[0].filter, catalog)
    options = Options(LOGIC, catalog)
    fixes = [problem.fix for problem in examine(file, options).problems if problem.fix]
    safe = [fix for fix in fixes if fix.applicability == "safe"]
    people = [data.draw(profiles(not with_catalog)) for _ in range(8)] if safe else []
    for fix in safe:
        after = parse(mended(text, [fix]))
        assert not after.has_errors
        its = answer(after.statements[0].filter, catalog)
        for profile in people:
            assert its(profile) is mine(profile)


@given(texts(), st.booleans())
def test_every_fix_leaves_a_filter_that_can_be_read(
    row: tuple[str, n.Phrase], with_catalog: bool
) -> None:
    text = row[0]
    names = frozenset(code.name for code in CODES.values() if code.family in ("LOG", "STY", "NUL"))
    options = Options(names, KNOWN if with_catalog else None)
    for problem in examine(parse(text), options).problems:
        if problem.fix:
            assert not parse(mended(text, [problem.fix])).has_errors


def _pairs() -> list[tuple[str, str]]:
    """Two phrases about one field, of each kind of field."""
    templates = [
        "{} = 1", "{} != 1", "{} > 5", "NOT {} > 5", "{} < 5", '{} = "x"', '{} != "x"',
        'NOT {} = "x"', '{} IN ("x")', '{} NOT IN ("x", "y")', '{} = "2026-03-01"',
        '{} != "2026-03-01"', '{} > "2026-03-05"', '{} < "2026-03-02"', "{}", "NOT {}", "EXISTS {}",
        "NOT EXISTS {}", "{} = true", "{} != true", "{} BETWEEN 1 AND 5", '{} LIKE "x*"', "{} != 5",
    ]  # fmt: skip
    return [(one, other) for one in templates for other in templates]


@pytest.mark.parametrize("field", ["a", *FIELDS])
def test_what_never_or_always_matches(field: str) -> None:
    """The whole filter is the AND or the OR that is reported."""
    people = [{}, *({field: value} for value in (None, *VALUES.get(field, ANYTHING)))]
    reported = 0
    for one, other in _pairs():
        pair = f"{one.format(field)}, {other.format(field)}"
        if places("contradiction", f"FILTER AND ({pair})", catalog=KNOWN):
            reported += 1
            tree = parse(f"FILTER AND ({pair})").statements[0].filter
            assert not any(map(answer(tree, KNOWN), people)), pair
        text = f"FILTER OR ({pair})"
        if places("tautology", text, catalog=KNOWN) or places("not-equal-or", text, catalog=KNOWN):
            reported += 1
            tree = parse(text).statements[0].filter
            fit = (p for p in people if field in VALUES or _fits(pair, p.get(field)))
            assert all(map(answer(tree, KNOWN), fit)), pair
    assert reported > 20


def _fits(pair: str, value: object) -> bool:
    """Whether a value of a field that is not known is of the type of two phrases' literals."""
    if value is None or "EXISTS" in pair:
        return True
    if '"' in pair:
        return isinstance(value, str)
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def test_the_work_is_linear() -> None:
    """What one phrase is compared with does not grow. Counted in calls: time is the machine's."""

    def calls(count: int) -> int:
        phrases = ", ".join(f"AND (a != {i}, b = {i}, c IN ({i}, {i}))" for i in range(count))
        file = parse(f"FILTER AND ({phrases}, {phrases}, OR ({phrases}))")
        made = 0

        def note(frame: object, event: str, argument: object) -> None:
            nonlocal made
            made += event in ("call", "c_call")

        sys.setprofile(note)
        try:
            examine(file, Options(LOGIC))
        finally:
            sys.setprofile(None)
        return made

    calls(10)  # imports the rules
    assert calls(800) < 10 * calls(100)
