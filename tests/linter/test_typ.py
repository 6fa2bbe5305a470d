"""TYP: operators and values that do not go with the type of a field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.catalog import Catalog
from segql.syntax.parser import parse

from .asking import mend
from .typed import KNOWN, SEEN, fixed, found

# ---- Nothing is said where nothing is known ----------------------------------------------

SILENT = [
    "AND (anything = 5, anything LIKE \"x\", anything.key > 3, NOT anything)",
    "list = 5 AND list > \"x\"",
    "AND (segments, NOT segments)",
    "anything > visitct",
    "tolower(anything) = \"x\"",
    "timewindow(anything, 5, 7)",
    "match_all",
    "_uid = \"x\" AND EXISTS _modified",
]  # fmt: skip


@pytest.mark.parametrize("phrase", [*SILENT])
def test_fields_of_unknown_types_have_no_type_errors(phrase: str) -> None:
    assert found(phrase) == []


WRONG = [
    'AND (visitcnt > 5, visitct = "x", interests = 5, created = "soon", counts > 1, visitct.a)',
    "AND (visitct, NOT email, visitct BETWEEN 1 AND 2.5, is_member = 1, created > visitct)",
    "timewindow(visitct, 5, 7)",
]


@pytest.mark.parametrize("phrase", WRONG)
def test_without_a_catalog_nothing_is_said_of_fields(phrase: str) -> None:
    assert found(phrase)
    assert found(phrase, None) == []
    assert found(phrase, Catalog()) == []
    assert found(phrase, Catalog.from_types({"title": "string"}, "content")) == []
    assert found(f"{phrase} FROM content") == []


# ---- operator-type -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "place"),
    [
        ('interests = "golf"', "="),
        ('interests  !=  "golf"', "!="),
        ("interests == 5", "=="),
        ('email >= "a"', ">="),
        ("email > name", ">"),
        ("email BETWEEN 1 AND 2", "BETWEEN"),
        ('visitct NOT LIKE "5*"', "LIKE"),
        ("score CONTAINS 5", "CONTAINS"),
        ('created LIKE "2026-*"', "LIKE"),
        ('created IN ("2026-01-01")', "IN"),
        ("is_member > false", ">"),
        ("is_member IN (true)", "IN"),
        ('location = "1,2"', "="),
        ("visits > 5", ">"),
        ("5 < visits", "<"),
        ('segments IN ("vip")', "IN"),
        ("counts.web LIKE 'x'", "LIKE"),
        ("visitct /* why */ LIKE 'x'", "visitct /* why */ LIKE 'x'"),
    ],
)
def test_an_operator_that_the_type_has_not(phrase: str, place: str) -> None:
    assert [row for row in found(phrase) if row[0] != "unknown-field"] == [("operator-type", place)]


@pytest.mark.parametrize(
    "phrase",
    [
        "tonumber(email) > 5",
        "email = NULL AND interests != NULL AND counts = NULL AND location = NULL",
        'interests IN ("golf") AND interests CONTAINS "go" AND interests LIKE "g*"',
        "visitct IN (1, 2) AND visitct INTERSECTS (1)",
        'created = "2026-01-01T10:00:00Z" AND logins = "2026-01-01T10:00:00Z"',
        'logins > "now-7d" AND logins <= "2026-01-01"',
        'counts IN ("web") AND counts INTERSECTS ("web") AND counts.web > 3',
        "EXISTS location AND EXISTS visits AND EXISTS segments AND EXISTS counts",
        '"golf" IN interests AND "web" IN counts',
        'email LIKE "a*" AND email IN ("a") AND email INTERSECTS ("a")',
        "1 < visitct AND visitct + 1 > 2 AND len(email) > 3",
    ],
)
def test_operators_that_work(phrase: str) -> None:
    assert found(phrase) == []


@pytest.mark.parametrize(
    ("phrase", "after"),
    [
        ('interests = "golf"', 'interests INTERSECTS ("golf")'),
        ('interests != "golf"', 'interests NOT INTERSECTS ("golf")'),
        ('NOT interests="golf"', 'NOT (interests INTERSECTS ("golf"))'),
        ('(interests = "golf") AND is_member', '(interests INTERSECTS ("golf")) AND is_member'),
        ('interests = "golf" AND is_member', '(interests INTERSECTS ("golf")) AND is_member'),
        ("NOT interests > 3", "NOT (len(interests) > 3)"),
        ("sizes >= 2", "len(sizes) >= 2"),
        ('visitct LIKE "5"', "visitct = 5"),
        ("visitct CONTAINS 5", "visitct = 5"),
        ('visitct LIKE "5*"', 'visitct LIKE "5*"'),
        ('plan > "3"', "tonumber(plan) > 3"),
        ('NOT plan > "3"', "NOT (tonumber(plan) > 3)"),
        ('plan > "b"', 'plan > "b"'),
        ('interests /* why */ = "x"', 'interests /* why */ = "x"'),
    ],
)
def test_the_operator_that_was_meant(phrase: str, after: str) -> None:
    assert fixed("operator-type", phrase) == after


# ---- value-type, quoted-number -----------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "place"),
    [
        ('visitct = "many"', '"many"'),
        ('score < "now-3d"', '"now-3d"'),
        ("visitct != true", "true"),
        ('visitct BETWEEN "a" AND 5', '"a"'),
        ('"many" != visitct', '"many"'),
        ('visitct IN (1, "two", "3")', '"two"'),
        ('sizes INTERSECTS ("x")', '"x"'),
        ('is_member = "true"', '"true"'),
        ("is_member != 1", "1"),
        ("created > true", "true"),
        ("email != true", "true"),
        ("email > false", "false"),
        ("email CONTAINS 5", "5"),
        ("email NOT LIKE true", "true"),
        ('counts.web = "x"', '"x"'),
        ('visitct > " 5"', '" 5"'),
    ],
)
def test_a_value_of_another_type(phrase: str, place: str) -> None:
    assert found(phrase) == [("value-type", place)]


@pytest.mark.parametrize(
    "phrase",
    [
        "email = 5 AND email != 5",  # a number and a text that spells it are equal
        "email = true",  # so are the texts "true" and "1"
        '"true" = is_member',
        "is_member = true AND is_member != false",
        "created > 1767225600 AND created < 1767225600000",
        'visitct IN (1, "2", "-3") AND interests IN (5, true)',
        "counts IN (5)",
        "visitct = NULL AND is_member != NULL AND created = NULL",
        "visitct > score AND visitct > len(email) AND visitct = 1e5 AND visitct = 0x1F",
        'visitct > "inf"',
        "sizes CONTAINS 2 AND interests CONTAINS 2",
    ],
)
def test_values_that_can_be_compared(phrase: str) -> None:
    assert found(phrase) == []


@pytest.mark.parametrize(
    ("phrase", "after"),
    [
        ('is_member = "true"', "is_member = true"),
        ('is_member="No"', "is_member=false"),
        ("is_member = 0", "is_member = false"),
        ('is_member = "maybe"', 'is_member = "maybe"'),
        ('is_member = "true"AND visitct > 1', "is_member = true AND visitct > 1"),
        ('visitct > "1,000"', "visitct > 1000"),
        ('visitct > " 5"', "visitct > 5"),
        ("email CONTAINS 5", 'email CONTAINS "5"'),
        ("email LIKE 5", "email LIKE 5"),
        ("email != true", 'email != "true"'),
    ],
)
def test_the_value_that_was_meant(phrase: str, after: str) -> None:
    assert fixed("value-type", phrase) == after
    assert fixed("value-type", phrase, unsafe=False) == phrase


@pytest.mark.parametrize(
    ("phrase", "safe", "unsafe"),
    [
        ('visitct >= "5"', "visitct >= 5", "visitct >= 5"),
        ('score = "-1.50"', "score = -1.50", "score = -1.50"),
        ('visitct="5"AND is_member', "visitct=5 AND is_member", "visitct=5 AND is_member"),
        ('visitct = "007"', 'visitct = "007"', "visitct = 7"),
        ('visitct = "1e3"', 'visitct = "1e3"', "visitct = 1e3"),
        ('visitct BETWEEN "1" AND 5', 'visitct BETWEEN "1" AND 5', "visitct BETWEEN 1 AND 5"),
        ('counts.web > "2"', "counts.web > 2", "counts.web > 2"),
        ('visitct > "99999999999999999999"', 'visitct > "99999999999999999999"', None),
    ],
)
def test_a_number_in_quotation_marks(phrase: str, safe: str, unsafe: str | None) -> None:
    assert [rule for rule, _ in found(phrase)] == ["quoted-number"]
    assert fixed("quoted-number", phrase, unsafe=False) == safe
    assert unsafe is None or fixed("quoted-number", phrase) == unsafe


@pytest.mark.parametrize(
    "phrase", ['visitct IN ("5")', 'email = "5"', '"5" = visitct', 'anything = "5"', "email > 5"]
)
def test_numbers_that_may_stand_in_quotation_marks(phrase: str) -> None:
    assert "quoted-number" not in dict(found(phrase))


@given(
    st.sampled_from(["=", "!=", ">", "<="]),
    st.from_regex(r"-?\d{1,18}(\.\d{1,9})?", fullmatch=True),
)
def test_a_safe_fix_compares_with_the_same_number(operator: str, digits: str) -> None:
    before = f'FILTER score {operator} "{digits}"'
    after = mend("quoted-number", before, unsafe=False, catalog=KNOWN)
    if after != before:
        (statement,) = parse(after).statements
        assert not parse(after).has_errors
        assert float(statement.filter.right.text) == float(digits)  # pyright: ignore
        assert after == f"FILTER score {operator} {digits}"


# ---- bad-date ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("30 days ago", "now-30d"),
        ("yesterday", "now-1d"),
        ("last month", "now-1M"),
        ("in 2 weeks", "now+2w"),
        ("7d", "now-7d"),
        ("soon", None),
        ("2026-02-30", None),
        ("2026-13-01", None),
        ("", None),
    ],
)
def test_a_text_that_is_no_date(text: str, meant: str | None) -> None:
    phrase = f'created > "{text}"'
    assert found(phrase) == [("bad-date", f'"{text}"')]
    assert fixed("bad-date", phrase) == (f'created > "{meant}"' if meant else phrase)


@pytest.mark.parametrize(
    "text",
    [
        *("now-30d", "now+1M", "2026-01-31", "2026-1-5", "2026-01-31T10:00:00Z"),
        *("2026-01-31 10:00:00Z", "1767225600", "1767225600000", "01/05/2026", "May 8, 2026"),
        *("now-30 d", "now", "NOW-1D"),  # TIM001
    ],
)
def test_a_text_that_is_a_date(text: str) -> None:
    assert found(f'created > "{text}"') == []
    assert found(f'logins BETWEEN "{text}" AND "2026-01-01"') == [("operator-type", "BETWEEN")]


def test_date_math_is_not_offered_where_it_would_find_one_second() -> None:
    assert fixed("bad-date", 'created = "3 days ago"') == 'created = "3 days ago"'


def test_dates_in_maps_and_sets_are_dates() -> None:
    assert found('birthdays.mother < "soon"') == [("bad-date", '"soon"')]
    assert found('logins < "soon"') == [("bad-date", '"soon"')]
    assert found('logins BETWEEN "soon" AND "later"') == [("operator-type", "BETWEEN")]


# ---- field-types, bare-field -------------------------------------------------------------


@pytest.mark.parametrize(
    "phrase",
    [
        "visitct > created",
        "created <= visitct",
        "email = visitct",
        "score != plan",
        "is_member = visitct",
        "created = is_member",
        "counts.web > lastvisit_ts",
    ],
)
def test_fields_of_different_types(phrase: str) -> None:
    assert found(phrase) == [("field-types", phrase)]


@pytest.mark.parametrize(
    "phrase",
    [
        "visitct > score",
        "created < expires",
        "created < plan",  # it may hold a date
        "created < seen_ts",  # a number of seconds by its name
        "plan = is_member",
        "visitct > counts.web",
        "email CONTAINS name",
        "visitct = anything",
    ],
)
def test_fields_that_can_be_compared(phrase: str) -> None:
    assert found(phrase) == []


def test_a_text_that_held_only_numbers_is_compared_with_numbers() -> None:
    assert found("age > visit", SEEN) == []
    assert found("zip > visit", SEEN) == [("field-types", "zip > visit")]


@pytest.mark.parametrize(
    ("phrase", "after"),
    [
        ("visitct", "EXISTS visitct"),
        ("NOT email", "NOT EXISTS email"),
        ("AND (is_member, interests, OR (counts, EXISTS email))",
         "AND (is_member, EXISTS interests, OR (EXISTS counts, EXISTS email))"),
        ("counts.web AND `last name`", "EXISTS counts.web AND EXISTS `last name`"),
        ("(visitct)", "(EXISTS visitct)"),
        ("visitct -- why", "EXISTS visitct -- why"),
    ],
)  # fmt: skip
def test_a_field_alone(phrase: str, after: str) -> None:
    assert {rule for rule, _ in found(phrase)} == {"bare-field"}
    assert fixed("bare-field", phrase) == after


def test_what_may_stand_alone() -> None:
    assert found("AND (is_member, NOT is_member, match_all, segments, anything)") == []


# ---- truncated-bound ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "after"),
    [
        ("visitct BETWEEN 1 AND 3.5", "visitct BETWEEN 1 AND 4"),
        ("visitct BETWEEN -1.5 AND -0.5", "visitct BETWEEN -2 AND -0.5"),
        ("visitct BETWEEN 1.5 AND 4.0", "visitct BETWEEN 1.5 AND 4.0"),
        ("score BETWEEN 1 AND 3.5", "score BETWEEN 1 AND 3.5"),
        ("counts.web BETWEEN -.5 AND .5", "counts.web BETWEEN -1 AND 1"),
        ("visitct BETWEEN 1 AND score", "visitct BETWEEN 1 AND score"),
    ],
)
def test_a_bound_that_is_cut(phrase: str, after: str) -> None:
    assert fixed("truncated-bound", phrase) == after


@given(
    low=st.integers(-50, 50).map(lambda n: n / 4),
    high=st.integers(-50, 50).map(lambda n: n / 4),
    value=st.integers(-15, 15),
)
def test_only_bounds_that_make_a_difference_are_reported(
    low: float, high: float, value: int
) -> None:
    """What is not reported finds the same with the bounds cut as the reader expects."""
    text = f"FILTER visitct BETWEEN {low} AND {high}"
    (statement,) = parse(mend("truncated-bound", text, catalog=KNOWN)).statements
    bounds = statement.filter
    read = int(float(bounds.low.text)) < value < int(float(bounds.high.text))  # pyright: ignore
    assert read == (low < value < high)
