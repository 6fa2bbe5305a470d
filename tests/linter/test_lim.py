"""LIM: the limits that the vendor publishes."""

from __future__ import annotations

import pytest

from segql.catalog import TYPES, Catalog, Field

from .asking import ask, places

# ---- too-many-conditions -----------------------------------------------------------------


def conditions(count: int) -> list[str]:
    return [f"a{n} > {n}" for n in range(count)]


def test_a_thousand_are_fine() -> None:
    assert ask("too-many-conditions", f"FILTER OR ({', '.join(conditions(1_000))})") == []


def test_the_first_that_is_too_many_is_reported_once() -> None:
    (found,) = ask("too-many-conditions", f"FILTER OR ({', '.join(conditions(1_234))})")
    assert found.place == "a1000 > 1000"
    assert found.problem.message == "this segment has 1,234 conditions, and 1,000 are allowed"


@pytest.mark.parametrize(
    "condition",
    [
        "x = 1",
        "x IN (1, 2, 3)",
        "x INTERSECTS (1, 2)",
        "x BETWEEN 1 AND 9",
        "EXISTS x",
        "INCLUDE x",
        "x",
        "len(x)",
        "NOT x = 1",
        "AND (x = 1)",
        "NOT OR (NOT (x = 1), AND ())",
        "len(x) + len(y) > len(z)",
    ],
)
def test_what_is_one_condition(condition: str) -> None:
    fine = f"FILTER OR ({', '.join([*conditions(999), condition])})"
    assert ask("too-many-conditions", fine) == []
    assert len(ask("too-many-conditions", fine[:-1] + ", EXISTS last)")) == 1


def test_wherever_they_stand() -> None:
    half = ", ".join(conditions(500))
    text = f"FILTER OR (AND ({half}), NOT OR ({half}), `the last` = 1)"
    assert places("too-many-conditions", text) == ["`the last` = 1"]


def test_each_segment_has_its_own() -> None:
    half = f"FILTER OR ({', '.join(conditions(600))})"
    assert ask("too-many-conditions", f"{half}; {half}; FILTER *") == []


# ---- too-many-segments -------------------------------------------------------------------


def segments(count: int, prefix: str = "s") -> str:
    return "\n".join(f"FILTER a ALIAS {prefix}{n}" for n in range(count))


def test_five_hundred_are_fine() -> None:
    assert ask("too-many-segments", segments(500)) == []


def test_the_next_is_reported_once() -> None:
    (found,) = ask("too-many-segments", segments(620))
    assert found.place == "s500"
    message = "this workspace has 620 segments, and an account may have 500"
    assert found.problem.message == message


def test_files_count_together_in_the_order_of_their_paths() -> None:
    files = {"b.segql": segments(300, "b"), "a.segql": segments(300, "a")}
    (found,) = ask("too-many-segments", files)
    assert (found.path, found.place) == ("b.segql", "b200")


def test_an_alias_counts_once_and_what_has_none_never() -> None:
    text = segments(500) + "\n" + segments(500).upper() + "\nFILTER b; FILTER c"
    assert ask("too-many-segments", text) == []


# ---- long-identifier ---------------------------------------------------------------------

FIELDS = {
    "user": [
        Field("email", TYPES["string"], is_identity=True),
        Field("cookies", TYPES["[]string"], is_identity=True),
        Field("devices", TYPES["map[string]string"], is_identity=True),
        Field("name", TYPES["string"]),
    ],
    "content": [Field("url", TYPES["string"], is_identity=True), Field("email", TYPES["string"])],
}
CATALOG = Catalog(FIELDS)
LONG = "x" * 257


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f'email = "{LONG}"', 1),
        (f'"{LONG}" = email', 1),
        (f'email IN ("a", "{LONG}", "b", "{LONG}y")', 2),
        (f'cookies INTERSECTS ("{LONG}")', 1),
        (f'"{LONG}" IN cookies', 1),
        (f'NOT email = "{LONG}"', 1),
        (f'email = "{"é" * 129}"', 1),
        (f'email = "{"é" * 128}"', 0),
        (f'email = "{LONG[1:]}"', 0),
        (f'email != "{LONG}"', 0),
        (f'email CONTAINS "{LONG}"', 0),
        (f'email LIKE "{LONG}"', 0),
        (f'name = "{LONG}"', 0),
        (f'unknown = "{LONG}"', 0),
        (f'devices IN ("{LONG}")', 0),
        (f'devices.phone = "{LONG}"', 0),
        (f'tolower(email) = "{LONG}"', 0),
        (f'email = "{LONG}" FROM content', 0),
        (f'url = "{LONG}" FROM Content', 1),
        (f'url = "{LONG}" FROM elsewhere', 0),
    ],
    ids=lambda value: str(value).replace(LONG, "LONG")[:40],
)
def test_a_text_that_no_identifier_can_be(text: str, count: int) -> None:
    found = places("long-identifier", f"FILTER {text}", catalog=CATALOG)
    assert len(found) == count
    assert all(place.startswith('"') and place.endswith('"') for place in found)


def test_the_message_counts_bytes() -> None:
    (found,) = ask("long-identifier", f'FILTER email = "{"é" * 600}"', catalog=CATALOG)
    message = "this text has 1,200 bytes, and no identifier has more than 256"
    assert found.problem.message == message


def test_without_a_catalog_nobody_knows() -> None:
    assert ask("long-identifier", f'FILTER email = "{LONG}"') == []
