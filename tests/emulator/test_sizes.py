"""How many members there are: as many as the evaluator says."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest

import segql
from segql.catalog import Catalog
from segql.emulator import Setup

from .conftest import assert_error, calling, collect, data, post_text, size, write_profiles

PEOPLE = [
    {"email": f"p{n}@example.com", "visits": n % 7, "city": "Salem" if n % 3 else "Portland",
     "joined": f"20{n % 30:02}-01-31", "scores": {"m": n / 10}, "tags": ["a"] * (n % 2)}
    for n in range(300)
]  # fmt: skip
FILTERS = [
    "FILTER *",
    "FILTER visits > 3",
    'FILTER AND (visits >= 2, city = "Salem")',
    'FILTER joined > "now-3000d"',
    "FILTER scores.m BETWEEN 5 AND 20",
    'FILTER NOT tags INTERSECTS ("a")',
    "FILTER NOT EXISTS tags",
    "FILTER nothing = 1",
    "FILTER NOT nothing",
    'FILTER email LIKE "p1*@example.com"',
]


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory):
    path = tmp_path_factory.mktemp("profiles") / "people.ndjson"
    with calling(Setup(profiles=[write_profiles(path, PEOPLE)])) as http:
        yield http


@pytest.mark.parametrize("text", FILTERS)
def test_as_the_evaluator_says(http: httpx2.Client, text: str) -> None:
    (statement,) = segql.parse(text).statements
    types = Catalog.from_types({"joined": "date"})
    matches = segql.compile_predicate(statement, types=types).matches
    expected = sum(matches(profile) is True for profile in PEOPLE)
    assert size(http, text) == expected


def test_limit_holds(http: httpx2.Client) -> None:
    assert size(http, "FILTER * LIMIT 7") == 7
    assert size(http, "FILTER * LIMIT 7000") == len(PEOPLE)


def test_what_is_asked_for_is_not_stored(http: httpx2.Client) -> None:
    response = post_text(http, "FILTER visits > 3 ALIAS Often", "/api/segment/size")
    found = data(response)
    assert (found["name"], found["slug_name"]) == ("Often", "often")
    assert found["id"]
    assert data(http.get("/api/segment")) == []


@pytest.mark.parametrize(
    "told",
    [
        {"segment_ql": "FILTER visits > 3"},
        {"filter_ql": "FILTER visits > 3"},
        {"filter": "visits > 3"},
        {"op": ">", "args": [{"ident": "visits"}, {"val": "3"}]},
    ],
)
def test_as_json(http: httpx2.Client, told: dict[str, object]) -> None:
    response = http.post("/api/segment/size", json=told)
    assert data(response)["size"] == sum(person["visits"] > 3 for person in PEOPLE)


@pytest.mark.parametrize(
    ("told", "in_message"),
    [
        ({}, "needs a segment_ql"),
        ({"id": "nobody"}, "no segment 'nobody'"),
        ({"segment_ql": "FILTER AND ("}, "1:"),
        ({"op": "odd", "args": []}, "tree"),
        ({"segment_ql": 5}, "segment_ql"),
    ],
)
def test_refused(http: httpx2.Client, told: dict[str, object], in_message: str) -> None:
    assert_error(http.post("/api/segment/size", json=told), 400, in_message)


def test_sizes_of_segments(fresh: httpx2.Client) -> None:
    for number in range(5):
        collect(fresh, {"user_id": number, "visits": number})
    collect(fresh, {"url": "a"}, "content")
    often = data(post_text(fresh, "FILTER visits > 2 ALIAS often"), 201)
    rare = data(post_text(fresh, "FILTER NOT INCLUDE often ALIAS rare"), 201)
    pages = data(post_text(fresh, "FILTER * FROM content ALIAS pages"), 201)
    assert [often["size"], rare["size"], pages["size"]] == [2, 3, 1]

    def sizes(query: str = "") -> dict[str, int]:
        told = data(fresh.get(f"/api/segment/sizes{query}"))
        return {each["slug_name"]: each["size"] for each in told}

    assert sizes() == {"often": 2, "rare": 3, "pages": 1}
    assert sizes(f"?ids={often['id']},{pages['id']}") == {"often": 2, "pages": 1}
    assert sizes(f"?ids[]={often['id']}&ids[]={rare['id']}") == {"often": 2, "rare": 3}
    assert sizes("?ids=rare,rare,nobody") == {"rare": 3}
    (one,) = data(fresh.get("/api/segment/sizes?ids=rare"))
    assert one == {"id": rare["id"], "name": "rare", "slug_name": "rare", "size": 3}


def test_sizes_follow_what_happens(fresh: httpx2.Client) -> None:
    def told() -> int:
        return data(fresh.get("/api/segment/both"))["size"]

    post_text(fresh, "FILTER visits > 2 ALIAS often")
    post_text(fresh, 'FILTER AND (INCLUDE often, city = "Salem") ALIAS both')
    assert told() == 0
    collect(fresh, {"user_id": 1, "visits": 3, "city": "Salem"})
    assert told() == 1
    post_text(fresh, "FILTER visits > 3 ALIAS often")
    assert told() == 0
    collect(fresh, {"user_id": 1, "visits": 4})
    assert told() == 1
    fresh.delete("/api/segment/often")
    assert told() == 0


def test_everybody(fresh: httpx2.Client) -> None:
    collect(fresh, {"user_id": 1})
    assert size(fresh, "FILTER INCLUDE all_users") == 1
    assert size(fresh, 'FILTER in_segment("all_users")') == 1
    post_text(fresh, "FILTER user_id = 2 ALIAS all_users")
    assert size(fresh, "FILTER INCLUDE all_users") == 0


def test_files_and_events_become_one(tmp_path: Path) -> None:
    file = write_profiles(tmp_path / "people.ndjson", PEOPLE)
    with calling(Setup(profiles=[file, file])) as http:
        assert size(http, "FILTER *") == len(PEOPLE)
        collect(http, {"email": "p7@example.com", "vip": True})
        assert size(http, "FILTER vip = true") == 1
        assert size(http, "FILTER *") == len(PEOPLE)


def test_a_hundred_thousand(tmp_path: Path) -> None:
    people = ({"user_id": n, "visits": n % 10, "city": "Salem"} for n in range(100_000))
    with calling(Setup(profiles=[write_profiles(tmp_path / "many.ndjson", people)])) as http:
        assert size(http, 'FILTER AND (visits > 6, city = "Salem")') == 30_000
        body = {"filter": "visits > 6"}
        seen: list[int] = []
        following = ""
        while True:
            params = {"limit": 5000, "next": following}
            page = http.post("/api/segment/scan", params=params, json=body).json()
            assert page["total"] == 30_000
            seen += [profile["user_id"] for profile in page["data"]]
            following = page["_next"]
            if not following:
                break
        assert seen == [n for n in range(100_000) if n % 10 > 6]
