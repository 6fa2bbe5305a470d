"""TIM: dates, date math and windows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.catalog import Catalog, instant, parse_date_math
from segql.linter.date_words import likely_date_math
from segql.linter.pages import EXAMPLE_FIELDS

from .asking import ask, mend, places

KNOWN = Catalog.from_types({**EXAMPLE_FIELDS, "birthdays": "map[string]date", "x": "unknown"})
TODAY = "2026-06-15"


def found(rule: str, phrase: str, catalog: Catalog | None = None, **more: Any) -> list[str]:
    return places(rule, f"FILTER {phrase}", catalog=catalog, **more)


def fixed(rule: str, phrase: str, catalog: Catalog | None = None) -> str:
    return mend(rule, f"FILTER {phrase}", catalog=catalog).removeprefix("FILTER ")


# ---- date-math ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("now-30 d", "now-30d"),
        (" now-30d", "now-30d"),
        ("NOW-3D", "now-3d"),
        ("Now - 2 hours", "now-2h"),
        ("now+1month", "now+1M"),
        ("now-2M ", "now-2M"),
        ("now-2m ", "now-2m"),
        ("now−7d", "now-7d"),
        ("now-1.5d", "now-36h"),
        ("now-1.0d", "now-1d"),
        ("now-0.25h", "now-15m"),
        ("now-1d/d", "now-1d"),
        ("now", "now-0s"),
        ("now()", "now-0s"),
        ("now-1.5M", None),
        ("now-1d+2h", None),
        ("now/d", None),
        ("now-3", None),
        ("now-3q", None),
        ("now-", None),
    ],
)
def test_date_math_that_the_server_does_not_read(text: str, meant: str | None) -> None:
    phrase = f'lastvisit_ts > "{text}"'
    for catalog in (None, KNOWN):
        assert found("date-math", phrase, catalog) == [f'"{text}"']
        assert fixed("date-math", phrase, catalog) == (
            f'lastvisit_ts > "{meant}"' if meant else phrase
        )


@pytest.mark.parametrize(
    "phrase",
    [
        'lastvisit_ts > "now-30d" AND created < "now+1M"',
        'status = "now"',
        'status = "now-hiring"',
        'status > "nowhere" AND city LIKE "now-30 d"',
        'city IN ("now-30 d")',
        'tolower(x) > "now-30 d"',
        'x + 1 > "now-30 d"',
        'lastvisit_ts > "yesterday"',
        '"now" = "now"',
    ],
)
def test_texts_that_may_be_meant(phrase: str) -> None:
    assert found("date-math", phrase) == []


def test_the_type_of_the_field_decides() -> None:
    for phrase in ('city > "now-30 d"', 'visitct > "now-30 d"', 'is_member > "now"'):
        assert found("date-math", phrase, KNOWN) == []
        assert found("date-math", phrase) != []
    for phrase in ('logins > "now"', 'birthdays.mother < "now"', 'todate(city) > "now"'):
        assert found("date-math", phrase, KNOWN) == ['"now"']


def test_on_the_left_and_in_between() -> None:
    phrase = '"now-1 d" < created AND created BETWEEN "now-2 d" AND "NOW"'
    assert found("date-math", phrase) == ['"now-1 d"', '"now-2 d"', '"NOW"']
    fine = '"now-1d" < created AND created BETWEEN "now-2d" AND "now-0s"'
    assert fixed("date-math", phrase) == fine


def test_one_second_is_never_offered() -> None:
    assert found("date-math", 'x = "now-30 d"') == ['"now-30 d"']
    assert fixed("date-math", 'x = "now-30 d"') == 'x = "now-30 d"'


@given(st.text("now+-−–0123456789. dhMmy/agolstink", max_size=16))
def test_what_is_offered_can_be_read(text: str) -> None:
    meant = likely_date_math(text)
    assert meant is None or parse_date_math(meant) is not None


@given(
    st.sampled_from("+-"), st.integers(0, 9999), st.sampled_from("yMwdhms"), st.sampled_from(" \t")
)
def test_spaces_in_date_math_change_nothing(sign: str, count: int, unit: str, space: str) -> None:
    assert (
        likely_date_math(space.join(("now", sign, str(count), unit))) == f"now{sign}{count}{unit}"
    )


# ---- minutes-for-months, future-window ---------------------------------------------------


@pytest.mark.parametrize("field", ["lastvisit_ts", "created", "signup_date", "attributes.paid_at"])
def test_minutes_that_may_be_months(field: str) -> None:
    name = "`signup date`" if " " in field else field
    assert found("minutes-for-months", f'{name} > "now-6m"') == ['"now-6m"']
    assert fixed("minutes-for-months", f'{name} > "now-6m"') == f'{name} > "now-6M"'


@pytest.mark.parametrize("count", [1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 1440])
def test_minutes_that_are_minutes(count: int) -> None:
    assert found("minutes-for-months", f'lastvisit_ts > "now-{count}m"') == []


@pytest.mark.parametrize(
    "phrase",
    [
        'x > "now-3m"',
        'lastvisit_ts > "now-3M"',
        'lastvisit_ts > "now-180s"',
        'todate(x) > "now-3m"',
        'lastvisit_ts IN ("now-3m")',
    ],
)
def test_what_cannot_be_months(phrase: str) -> None:
    assert found("minutes-for-months", phrase) == []


def test_a_wrong_sign_is_told_alone() -> None:
    phrase = 'lastvisit_ts > "now+3m"'
    assert found("minutes-for-months", phrase) == []
    assert found("future-window", phrase) == ['"now+3m"']
    assert found("minutes-for-months", 'expires_at < "now+3m"') == ['"now+3m"']


def test_the_catalog_knows_better_than_the_name() -> None:
    catalog = Catalog.from_types({"created_at": "string", "x": "date"})
    assert found("minutes-for-months", 'created_at > "now-3m"', catalog) == []
    assert found("minutes-for-months", 'x > "now-3m"', catalog) == ['"now-3m"']


@pytest.mark.parametrize(
    "field",
    [
        "lastvisit_ts",
        "last_visit",
        "first_purchase_ts",
        "created",
        "_modified",
        "attributes.signup",
    ],
)
def test_a_past_event_in_the_future(field: str) -> None:
    phrase = f'{field} > "now+30d"'
    assert fixed("future-window", phrase) == f'{field} > "now-30d"'
    assert fixed("future-window", f'"now+30d" <= {field}') == f'"now-30d" <= {field}'


@pytest.mark.parametrize(
    "phrase",
    [
        'lastvisit_ts < "now+1d"',
        'lastvisit_ts BETWEEN "now-1d" AND "now+1d"',
        'lastvisit_ts > "now-1d"',
        'lastvisit_ts > "now+0d"',
        'expires > "now+30d"',
        'next_visit_ts > "now+30d"',
        'last_day > "now+30d"',
        'last_payment_due > "now+30d"',
        'subscription_renewal > "now+30d"',
        'len(created) > "now+30d"',
    ],
)
def test_a_future_that_can_be(phrase: str) -> None:
    assert found("future-window", phrase) == []


def test_a_field_that_is_no_date_has_no_future() -> None:
    catalog = Catalog.from_types({"created": "string"})
    assert found("future-window", 'created > "now+1d"', catalog) == []


# ---- windows-apart -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "place"),
    [
        ('AND (created > "now-7d", created < "now-30d")', '"now-30d"'),
        ('AND (created < "now-30d", email = "x", created > "now-7d")', '"now-7d"'),
        ('created >= "now-1M" AND created <= "now-1y"', '"now-1y"'),
        ('AND ("now-7d" < created, created < "now-30d")', '"now-30d"'),
        ('AND (created > "now-1w", created < "now-7d")', '"now-7d"'),
        ('AND (created BETWEEN "now-9d" AND "now-8d", created > "now-7d")', '"now-7d"'),
        ('NOT AND (created > "now+1d", created < "now-1d")', '"now-1d"'),
        ('AND (created > "now-27d", created < "now-1M")', '"now-1M"'),
    ],
)
def test_windows_that_never_meet(phrase: str, place: str) -> None:
    assert found("windows-apart", phrase) == [place]
    assert found("windows-apart", phrase, KNOWN) == [place]


@pytest.mark.parametrize(
    "phrase",
    [
        'AND (created > "now-30d", created < "now-7d")',
        'OR (created > "now-7d", created < "now-30d")',
        'AND (created >= "now-1w", created <= "now-7d")',
        'AND (created > "now-29d", created < "now-1M")',
        'AND (created > "now-1M", created < "now-30d")',
        'AND (created > "now-7d", lastvisit_ts < "now-30d")',
        'AND (created > "now-7d", OR (created < "now-30d", email = "x"))',
        'AND (created > "2026-02-01", created < "2026-01-01")',  # LOG001
        'created BETWEEN "now-7d" AND "now-30d"',  # LOG007
    ],
)
def test_windows_that_meet_or_are_not_ours(phrase: str) -> None:
    assert found("windows-apart", phrase) == []


def test_any_date_of_a_set_may_be_in_a_window() -> None:
    phrase = 'AND (logins > "now-7d", logins < "now-30d")'
    assert found("windows-apart", phrase) == []
    assert found("windows-apart", phrase, KNOWN) == []
    assert found("windows-apart", phrase, Catalog.from_types({"logins": "date"})) == ['"now-30d"']


maths = st.builds(
    "now{}{}{}".format, st.sampled_from("+-"), st.integers(0, 40), st.sampled_from("yMwdh")
)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@given(maths, maths, st.sampled_from(">="), st.sampled_from("<="), moments, st.data())
def test_nothing_is_ever_between_windows_that_are_apart(
    low: str, high: str, above: str, below: str, now: datetime, data: st.DataObject
) -> None:
    lower, upper = ">" + above.strip(">"), "<" + below.strip("<")
    if found("windows-apart", f'AND (created {lower} "{low}", created {upper} "{high}")'):
        first, last = instant(low, now), instant(high, now)
        assert first is not None
        assert last is not None
        is_strict = lower == ">" or upper == "<"
        assert first > last or (first == last and is_strict)


# ---- date-equality -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "after"),
    [
        ('created = "2026-03-31"', 'AND (created >= "2026-03-31", created < "2026-04-01")'),
        ('"2024-02-28" == created', 'AND (created >= "2024-02-28", created < "2024-02-29")'),
        (
            'NOT birthdays.`my mother` = "2026-03-31"',
            "NOT AND (birthdays.`my mother` >= \"2026-03-31\", "
            "birthdays.`my mother` < \"2026-04-01\")",
        ),
        (
            'AND (is_member created = "2026-03-31")',
            'AND (is_member , AND (created >= "2026-03-31", created < "2026-04-01"))',
        ),
        ('created = "now-7d"', 'created = "now-7d"'),
        ('logins = "2026-03-31"', 'logins = "2026-03-31"'),
        ('created = "9999-12-31"', 'created = "9999-12-31"'),
        ('created /* why */ = "2026-03-31"', 'created /* why */ = "2026-03-31"'),
    ],
)  # fmt: skip
def test_a_day_and_a_second(phrase: str, after: str) -> None:
    assert len(found("date-equality", phrase, KNOWN)) == 1
    assert found("date-equality", phrase) == []
    assert fixed("date-equality", phrase, KNOWN) == after


@pytest.mark.parametrize(
    "phrase",
    [
        'created = "2026-03-10T12:00:00Z"',
        'created != "1970-01-01"',
        'created = "2026-02-31"',  # TYP005
        'created = "soon"',
        'status = "2026-03-10"',
        "created = 1767225600",
        "created = NULL",
    ],
)
def test_what_may_be_equal(phrase: str) -> None:
    assert found("date-equality", phrase, KNOWN) == []


# ---- fixed-date, past-deadline -----------------------------------------------------------


@pytest.mark.parametrize("catalog", [None, KNOWN], ids=["no catalog", "catalog"])
@pytest.mark.parametrize(
    ("phrase", "count"),
    [
        ('created > "2026-01-01"', 1),
        ('"2026-01-01T00:00:00Z" <= created', 1),
        ('AND (created > "2026-01-01", created < "now-3d")', 1),
        ('OR (created > "2026-01-01", created < "2025-03-01")', 1),
        ('AND (created > "2026-01-01", OR (created < "2026-03-01", email = "x"))', 1),
        ('AND (created > "2026-01-01", created < "2026-03-01")', 0),
        ('AND (created < "2026-03-01", "2026-01-01" < created)', 0),
        ('created BETWEEN "2026-01-01" AND "2026-03-01"', 0),
        ('NOT created > "2026-01-01"', 0),
        ('created > "2027-01-01"', 0),
        ('created < "2026-01-01"', 0),
        ('created > "now-3d" AND created > "2026"', 0),
        ('created = "2026-01-01"', 0),
    ],
)
def test_windows_with_a_fixed_begin(phrase: str, count: int, catalog: Catalog | None) -> None:
    assert len(found("fixed-date", phrase, catalog, today=TODAY)) == count


def test_the_help_says_which_date_math_is_the_same() -> None:
    text = 'FILTER created > "2026-06-01"'
    (finding,) = ask("fixed-date", text, today=TODAY)
    assert "now-14d" in finding.problem.help
    (finding,) = ask("fixed-date", text)
    assert "now-30d" in finding.problem.help


def test_a_text_is_no_fixed_date() -> None:
    assert found("fixed-date", 'status > "2026-01-01"', KNOWN, today=TODAY) == []


@pytest.mark.parametrize(
    ("phrase", "place"),
    [
        ('AND (created >= "2026-03-01", created < "2026-04-01")', ['"2026-04-01"']),
        ('AND (created < "2026-06-14T23:59:59Z", created > "2026-03-01")',
         ['"2026-06-14T23:59:59Z"']),
        ('created BETWEEN "2025-11-28" AND "2025-12-02"', ['"2025-12-02"']),
        ('AND (is_member, created BETWEEN "2025-11-28" AND "2025-12-02")', ['"2025-12-02"']),
        ('AND (created >= "2026-03-01", created < "2026-06-15")', []),
        ('created < "2026-04-01"', []),
        ('AND (created > "now-3d", created < "2026-04-01")', []),
        ('AND (created > "2026-03-01", lastvisit_ts < "2026-04-01")', []),
        ('OR (created > "2026-03-01", created < "2026-04-01")', []),
    ],
)  # fmt: skip
def test_windows_that_are_over(phrase: str, place: list[str]) -> None:
    assert found("past-deadline", phrase, today=TODAY) == place
    assert found("past-deadline", phrase, KNOWN, today=TODAY) == place


def test_without_a_day_nothing_is_past() -> None:
    assert found("past-deadline", 'created BETWEEN "2025-11-28" AND "2025-12-02"') == []
