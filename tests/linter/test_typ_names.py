"""TYP: names of fields, keys, functions and tables, and what functions take."""

from __future__ import annotations

import pytest

from segql.catalog import Catalog

from .asking import ask, mend, places
from .typed import KNOWN, SEEN, fixed, found

# ---- unknown-field -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "places_"),
    [
        ("visitcnt > 5", ["visitcnt"]),
        ("EXISTS Email", ["Email"]),
        ("visitcnt", ["visitcnt"]),
        ("AND (NOT nowhere, nowhere > 1)", ["nowhere", "nowhere"]),
        ("nowhere BETWEEN other AND 3", ["nowhere", "other"]),
        ("len(nowhere) + other > visitct", ["nowhere", "other"]),
        ('"x" IN nowhere', ["nowhere"]),
        ("`no where`.`a b` = 1", ["`no where`.`a b`"]),
        ("created > nowhere", ["nowhere"]),
    ],
)
def test_each_unknown_field_is_reported_at_each_place(phrase: str, places_: list[str]) -> None:
    assert found(phrase) == [("unknown-field", place) for place in places_]


@pytest.mark.parametrize(
    "phrase",
    [
        "name = Bob",  # PORT013: a text in quotation marks was meant
        "in_segment(nowhere)",  # TYP012
        "counts.anything > 1",
        "counts.a.b > 1",
        "INCLUDE nowhere",
        'email = "nowhere" WITH nowhere = 1 ALIAS nowhere',
    ],
)
def test_what_is_no_unknown_field(phrase: str) -> None:
    assert "unknown-field" not in dict(found(phrase))


@pytest.mark.parametrize(
    ("phrase", "after"),
    [
        ("visitcnt > 5", "visitct > 5"),
        ("EXISTS(Email)", "EXISTS(email)"),
        ("count.`a b` > 5", "counts.`a b` > 5"),
        ("last_name = 1", "`last name` = 1"),
        ("`lastname`='x'", "`last name`='x'"),
        ("SELECT = 1", "Select = 1"),
        ("zzz > 5", "zzz > 5"),
    ],
)
def test_a_near_field_is_offered(phrase: str, after: str) -> None:
    assert fixed("unknown-field", phrase) == after
    assert fixed("unknown-field", phrase, unsafe=False) == phrase


def test_many_unknown_fields_do_not_take_minutes() -> None:
    catalog = Catalog.from_types({f"some_field_{i}": "int" for i in range(500)})
    phrases = ", ".join(f"some_feild_{i} > 1" for i in range(2000))
    assert len(ask("unknown-field", f"FILTER AND ({phrases})", catalog=catalog)) == 2000


# ---- maps and keys -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "after"),
    [
        ("totals > 5", "totals.`all time` > 5"),
        ("5 < totals", "5 < totals.`all time`"),
        ("counts BETWEEN 1 AND 5", "counts BETWEEN 1 AND 5"),
        ('counts = "web"', 'counts INTERSECTS ("web")'),
        ('NOT counts != "web"', 'NOT (counts NOT INTERSECTS ("web"))'),
        ('counts CONTAINS "web" OR visit > 1', '(counts INTERSECTS ("web")) OR visit > 1'),
        ('counts LIKE "w*"', 'counts LIKE "w*"'),
    ],
)
def test_a_map_where_a_value_is_meant(phrase: str, after: str) -> None:
    text = f"FILTER {phrase}"
    name = "totals" if "totals" in phrase else "counts"
    assert places("map-without-key", text, catalog=SEEN) == [name]
    assert mend("map-without-key", text, catalog=SEEN) == f"FILTER {after}"


def test_a_map_shows_some_keys() -> None:
    (finding,) = ask("map-without-key", "FILTER counts > 5", catalog=SEEN)
    assert finding.problem.help == "name a key: `counts.web` or `counts.app`"


@pytest.mark.parametrize("phrase", ["counts = NULL", 'counts IN ("a")', "EXISTS counts"])
def test_what_maps_can_be_asked(phrase: str) -> None:
    assert found(phrase, SEEN) == []


@pytest.mark.parametrize(
    ("phrase", "after"),
    [
        ("visit.x > 5", "visit > 5"),
        ("visit.ct > 5", "visit_ct > 5"),
        ("tags.golf = 5", "tags.golf = 5"),
        ("EXISTS visit.`a b`", "EXISTS visit"),
    ],
)
def test_a_key_of_no_map(phrase: str, after: str) -> None:
    text = f"FILTER {phrase}"
    assert [rule for rule, _ in found(phrase, SEEN)] == ["key-of-no-map"]
    assert mend("key-of-no-map", text, catalog=SEEN) == f"FILTER {after}"


def test_what_may_have_keys() -> None:
    assert found("location.lat > 5 AND segments.x = 1 AND anything.x = 1 AND counts.x = 1") == []


def test_a_key_that_was_not_seen() -> None:
    text = "FILTER AND (counts.webb > 1, counts.app > 1, totals.all > 1, counts.fax > 1)"
    assert places("unknown-key", text, catalog=SEEN) == ["counts.webb", "totals.all", "counts.fax"]
    assert mend("unknown-key", "FILTER counts.webb > 1", catalog=SEEN) == "FILTER counts.web > 1"
    assert ask("unknown-key", text, catalog=KNOWN) == []


# ---- functions ---------------------------------------------------------------------------


@pytest.mark.parametrize("catalog", [None, KNOWN], ids=["no catalog", "catalog"])
@pytest.mark.parametrize(
    ("phrase", "rule", "place"),
    [
        ("timewindov(visits, 5, 7)", "unknown-function", "timewindov"),
        ("NOT `time window`(visits)", "unknown-function", "`time window`(visits)"),
        ("timewindow(visits, 5)", "argument-count", "timewindow(visits, 5)"),
        ('tolower(email, "a", "b") = "x"', "argument-count", '"a", "b"'),
        ("now(1, 2) > created", "argument-count", "1, 2"),
        ("in_segment(email)", "argument-type", "email"),
        ('timewindow(visits, "many", 7)', "argument-type", '"many"'),
        ("geodistance(location, 5, 7)", "argument-type", "5"),
        ("timewindow(visits, 0, 7)", "timewindow-range", "0"),
        ("timewindow(visits, 7, 5)", "timewindow-range", "7, 5"),
        ("TimeWindow(visits, 5, 8)", "timewindow-range", "8"),
        ('geodistance(location, "91,0", 5)', "geodistance-place", '"91,0"'),
        ('geodistance(location, "0,181", 5)', "geodistance-place", '"0,181"'),
        ('geodistance(location, "Oslo", 5)', "geodistance-place", '"Oslo"'),
        ('geodistance(location, "1,2", 0)', "geodistance-place", "0"),
        ('geodistance(location, "1,2", 99999)', "geodistance-place", "99999"),
    ],
)
def test_a_call_that_is_wrong(phrase: str, rule: str, place: str, catalog: Catalog | None) -> None:
    assert found(phrase, catalog) == [(rule, place)]


@pytest.mark.parametrize(
    "phrase",
    [
        'timewindow(visits, "5", 7)',
        "timewindow(visits, 100, 30) AND TIMEWINDOW(visits, 1, 7)",
        "timewindow(visits, -5, 7)",  # PORT002
        'geodistance(location, "-90, 180", 20000.5)',
        'in_segment("vip") AND daysago(created) > 3 AND daysago(email) > 3',
        'len(interests) > 1 AND oneof(email, name, "x") = "x" AND tolower(NULL) = "x"',
        'contains(email, "x") AND NOT hasprefix(email, "a")',
        'email(interests) = "x" AND sqrt(email) > 3 AND mapkeys(counts) INTERSECTS ("web")',
        "todate(email) > created AND todate(\"2006\", email) > created",
    ],
)  # fmt: skip
def test_calls_that_are_right(phrase: str) -> None:
    assert found(phrase) == []
    assert found(phrase, None) == []


@pytest.mark.parametrize(
    ("phrase", "place"),
    [
        ("timewindow(visitct, 5, 7)", "visitct"),
        ('geodistance(city, "1,2", 3)', "city"),
        ('mapkeys(interests) INTERSECTS ("x")', "interests"),
        ("email(visitct) = 5", "visitct"),
        ("email(len(email)) = 5", "len(email)"),
    ],
)
def test_a_field_that_a_function_does_not_take(phrase: str, place: str) -> None:
    assert found(phrase) == [("argument-type", place)]


@pytest.mark.parametrize(
    ("rule", "phrase", "after"),
    [
        ("unknown-function", "timewindov (visits, 5, 7)", "timewindow (visits, 5, 7)"),
        ("unknown-function", 'lower(email)="x"', 'tolower(email)="x"'),
        ("unknown-function", "zzzzz(email)", "zzzzz(email)"),
        ("timewindow-range", "timewindow(visits, 3, 7)", "timewindow(visits, 5, 7)"),
        ("timewindow-range", "timewindow(visits, 60, 20)", "timewindow(visits, 50, 30)"),
        ("timewindow-range", "timewindow(visits, 30, 25)", "timewindow(visits, 25, 30)"),
        ("timewindow-range", "timewindow(visits, 7, /**/ 5)", "timewindow(visits, 7, /**/ 5)"),
        ("geodistance-place", 'geodistance(location, "-122,45", 5)',
         'geodistance(location, "45,-122", 5)'),
        ("geodistance-place", 'geodistance(location, "4.5 ; 5", 5)',
         'geodistance(location, "4.5,5", 5)'),
        ("geodistance-place", 'geodistance(location, "900,1", 5)',
         'geodistance(location, "900,1", 5)'),
    ],
)  # fmt: skip
def test_the_call_that_was_meant(rule: str, phrase: str, after: str) -> None:
    assert fixed(rule, phrase) == after


# ---- unknown-table -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "after"),
    [("users", "user"), ("`usr`", "user"), ("USER", "USER"), ("orders", "orders")],
)
def test_a_table_with_a_near_name(table: str, after: str) -> None:
    assert fixed("unknown-table", f"EXISTS email FROM {table}") == f"EXISTS email FROM {after}"


def test_without_a_catalog_no_table_is_unknown() -> None:
    assert ask("unknown-table", "FILTER EXISTS email FROM users") == []
    assert ask("unknown-table", "FILTER EXISTS email FROM users", catalog=Catalog()) == []
