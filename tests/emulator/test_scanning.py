"""The scan: pages, order, tokens, generations."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from segql.emulator import Settings, Setup

from .conftest import assert_error, calling, collect, data, post_text

COUNT = 45


@pytest.fixture
def http(fresh: httpx2.Client) -> httpx2.Client:
    """An account with a segment `some`, in which are the odd ones of 45."""
    for number in range(COUNT):
        seen = f"2026-01-{1 + (number * 7) % 28:02}T00:00:00Z"
        event = {"user_id": number, "odd": number % 2 == 1, "last_active_ts": seen}
        collect(fresh, event | ({"score": number % 5} if number % 3 else {}))
    post_text(fresh, "FILTER odd = true WITH is_public = true ALIAS some")
    return fresh


def page(http: httpx2.Client, path: str = "/api/segment/some/scan", **query: Any) -> dict[str, Any]:
    response = http.get(path, params=query)
    assert response.status_code == 200, response.text
    return response.json()


def ids(told: dict[str, Any]) -> list[int]:
    return [profile["user_id"] for profile in told["data"]]


ODD = [number for number in range(COUNT) if number % 2]


def test_pages(http: httpx2.Client) -> None:
    first = page(http)
    assert ids(first) == ODD[:20]
    assert first["status"] == 200
    second = page(http, start=first["next"])
    assert (ids(second), second["next"]) == (ODD[20:], "")


def test_the_page_of_the_segment_api_has_the_fields_alone(http: httpx2.Client) -> None:
    profile = page(http, limit=1)["data"][0]
    assert profile.keys() == {"user_id", "odd", "last_active_ts", "created", "score"}
    assert page(http, limit=2, fields="user_id,none")["data"] == [{"user_id": 1}, {"user_id": 3}]


def test_every_way_to_name_the_segment(http: httpx2.Client) -> None:
    stored = data(http.get("/api/segment/some"))
    assert ids(page(http, f"/api/segment/{stored['id']}/scan")) == ODD[:20]
    for query in (
        {"id": "some"},
        {"id": stored["id"]},
        {"segments": '{"segment_ql": "FILTER odd = true"}'},
        {"segments": '{"op": "=", "args": [{"ident": "odd"}, {"val": "true"}]}'},
        {"segments": "FILTER odd = true"},
    ):
        assert ids(page(http, "/api/segment/scan", **query)) == ODD[:20]
    headers = {"Content-Type": "text/plain"}
    response = http.request(
        "GET", "/api/segment/scan", content=b"FILTER odd = true", headers=headers
    )
    assert ids(response.json()) == ODD[:20]
    assert data(http.get("/api/segment"))[0]["slug_name"] == "some"
    assert len(data(http.get("/api/segment"))) == 1


@pytest.mark.parametrize(
    "query", [{}, {"id": "some", "segments": "FILTER *"}, {"segments": "FILTER AND ("}]
)
def test_one_segment_is_named(http: httpx2.Client, query: dict[str, str]) -> None:
    assert_error(http.get("/api/segment/scan", params=query), 400)


def test_unknown_segments(http: httpx2.Client) -> None:
    assert_error(http.get("/api/segment/nobody/scan"), 404, "nobody")
    assert_error(http.get("/api/segment/scan?id=nobody"), 404, "nobody")
    assert_error(http.post("/api/segment/scan", json={"id": "nobody"}), 400, "nobody")


def test_as_the_openapi_document_has_it(http: httpx2.Client) -> None:
    body = {"filter": 'in_segment("some")'}
    told = http.post("/api/segment/scan", params={"limit": 20}, json=body).json()
    assert (ids(told), told["total"], told["status"]) == (ODD[:20], len(ODD), 200)
    assert all(profile["segments"] == ["some"] for profile in told["data"])
    params = {"limit": 5000, "next": told["_next"]}
    rest = http.post("/api/segment/scan", params=params, json=body).json()
    assert (ids(rest), rest["_next"], rest["total"]) == (ODD[20:], "", len(ODD))
    by_id = http.post("/api/segment/scan", json={"id": "some"}).json()
    assert (ids(by_id), by_id["_next"]) == (ODD, "")
    assert len(data(http.post("/api/segment/scan", json={"id": "all_users"}))) == COUNT


@pytest.mark.parametrize(
    "body", [{}, {"filter": "odd = true", "id": "some"}, {"filter": 5}, {"filter": "AND ("}, []]
)
def test_a_body_is_a_filter_or_an_id(http: httpx2.Client, body: object) -> None:
    assert_error(http.post("/api/segment/scan", json=body), 400)


def test_a_body_is_needed(http: httpx2.Client) -> None:
    assert_error(http.post("/api/segment/scan"), 400, "body")


@pytest.mark.parametrize(
    ("method", "query", "in_message"),
    [
        ("GET", "limit=0", "limit"),
        ("GET", "limit=101", "limit"),
        ("GET", "limit=many", "limit"),
        ("GET", "limit=1&limit=2", "twice"),
        ("GET", "sortorder=up", "sortorder"),
        ("GET", "splits=100", "splits"),
        ("GET", "splits=-1", "splits"),
        ("GET", "meta=maybe", "meta"),
        ("POST", "limit=5001", "limit"),
        ("POST", "limit=0", "limit"),
        ("POST", "generation=-1", "generation"),
        ("POST", "generation=x", "generation"),
        ("POST", "generation=99999", "generation 99999 is not there"),
    ],
)
def test_a_wrong_query(http: httpx2.Client, method: str, query: str, in_message: str) -> None:
    path = "/api/segment/some/scan" if method == "GET" else "/api/segment/scan"
    body = {"id": "some"} if method == "POST" else None
    assert_error(http.request(method, f"{path}?{query}", json=body), 400, in_message)


def test_a_page_can_be_asked_for_again(http: httpx2.Client) -> None:
    """The answer may have been lost on the way."""
    first = page(http, limit=5)
    second = page(http, limit=5, start=first["next"])
    assert page(http, limit=5, start=first["next"]) == second
    assert ids(page(http, limit=2, start=first["next"])) == ODD[5:7]


def test_sorting(http: httpx2.Client) -> None:
    """By value, and those without one last, whatever the order."""

    def scores(order: str) -> list[object]:
        told = page(http, limit=100, sortfield="score", sortorder=order)
        return [profile.get("score") for profile in told["data"]]

    upwards = scores("asc")
    known = [score for score in upwards if score is not None]
    assert known == sorted(known)
    assert upwards == known + [None] * (len(ODD) - len(known))
    assert scores("desc") == known[::-1] + [None] * (len(ODD) - len(known))


@pytest.mark.parametrize("value", ["true", "t", "1"])
def test_recent(http: httpx2.Client, value: str) -> None:
    seen: list[str] = []
    told = page(http, limit=5, recent=value)
    while True:
        seen += [profile["last_active_ts"] for profile in told["data"]]
        if not told["next"]:
            break
        told = page(http, limit=5, start=told["next"])
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == len(ODD)


def test_sorting_mixed_values(fresh: httpx2.Client) -> None:
    for number, value in enumerate(["b", 2, "a", 1.5, None, [1], {"x": 1}, True]):
        collect(fresh, {"user_id": number, "mixed": value, "m": {"x": -number}})
    told = page(fresh, "/api/segment/scan", segments="FILTER *", sortfield="mixed")
    assert ids(told) == [7, 3, 1, 2, 0, 4, 5, 6]
    told = page(fresh, "/api/segment/scan", segments="FILTER *", sortfield="m.x")
    assert ids(told) == [7, 6, 5, 4, 3, 2, 1, 0]


def test_splits(http: httpx2.Client) -> None:
    """Each profile is in one of a hundred, and always in the same."""

    def split(numbers: str) -> set[int]:
        told = page(http, "/api/segment/scan", segments="FILTER *", limit=100, splits=numbers)
        return {*ids(told)}

    halves = [split(",".join(map(str, half))) for half in (range(50), range(50, 100))]
    assert halves[0] | halves[1] == {*range(COUNT)}
    assert not halves[0] & halves[1]
    assert all(halves)
    assert split(",".join(map(str, range(50)))) == halves[0]
    assert sum(len(split(str(number))) for number in range(100)) == COUNT


def test_meta(http: httpx2.Client) -> None:
    told = page(http, meta="true")["meta"]
    assert told == data(http.get("/api/schema/user"))
    types = {column["as"]: column["type"] for column in told["columns"]}
    assert types["last_active_ts"] == "date"
    assert "meta" not in page(http)


def test_membership(http: httpx2.Client) -> None:
    told = page(http, segments="true", limit=3)
    assert [profile["segments"] for profile in told["data"]] == [["some"]] * 3


class TestAScanGoesOnOverWhatItBeganWith:
    def test_whatever_is_written_meanwhile(self, http: httpx2.Client) -> None:
        first = page(http, limit=10)
        for number in (15, 17):
            collect(http, {"user_id": number, "odd": False})
        collect(http, {"user_id": 2, "odd": True})
        collect(http, {"user_id": 99, "odd": True})
        post_text(http, "FILTER odd = false WITH is_public = true ALIAS some")
        rest = page(http, limit=100, start=first["next"])
        assert ids(first) + ids(rest) == ODD
        assert rest["data"][2]["odd"] is True
        assert ids(page(http, limit=5)) == [0, 4, 6, 8, 10]

    def test_generations(self, http: httpx2.Client) -> None:
        body = {"filter": "odd = true"}
        before = http.post("/api/segment/scan", json=body)
        generation = int(before.headers["X-Generation"])
        collect(http, {"user_id": 1, "odd": False})
        after = http.post("/api/segment/scan", json=body)
        assert int(after.headers["X-Generation"]) == generation + 1
        assert after.json()["total"] == before.json()["total"] - 1
        again = http.post("/api/segment/scan", json=body, params={"generation": generation})
        assert again.json()["data"] == before.json()["data"]
        assert again.headers["X-Generation"] == str(generation)

    def test_another_segment_is_another_scan(self, http: httpx2.Client) -> None:
        post_text(http, "FILTER odd = false ALIAS other")
        token = page(http, limit=5)["next"]
        assert_error(http.get(f"/api/segment/other/scan?start={token}"), 400, "another segment")
        body = {"filter": "odd = false"}
        response = http.post("/api/segment/scan", json=body, params={"next": token})
        assert_error(response, 400, "another scan")
        assert ids(page(http, "/api/segment/scan", start=token))[0] == ODD[5]


@pytest.mark.parametrize("token", ["x", "0" * 32, "0" * 40, "next_xyz", "é" * 40, "0" * 32 + "-1"])
def test_a_token_that_was_never_given(http: httpx2.Client, token: str) -> None:
    response = http.get("/api/segment/some/scan", params={"start": token})
    assert_error(response, 400, "begin the scan again")
    response = http.post("/api/segment/scan", json={"id": "some"}, params={"next": token})
    assert_error(response, 400, "begin the scan again")


@pytest.mark.parametrize("end", ["", "0", "ffff", "-1", "zz", " 5", "+5"])
def test_a_token_that_was_changed(http: httpx2.Client, end: str) -> None:
    token = page(http, limit=5)["next"][:32] + end
    response = http.get("/api/segment/some/scan", params={"start": token})
    assert_error(response, 400, "begin the scan again")


class TestTime:
    """The clock of the account is moved by hand."""

    @pytest.fixture
    def moved(self) -> Iterator[tuple[httpx2.Client, list[float]]]:
        clock = [1000.0]
        settings = Settings(scan_lifetime=600, clock=lambda: clock[0])
        with calling(Setup(settings=settings)) as http:
            for number in range(10):
                collect(http, {"user_id": number})
            post_text(http, "FILTER * ALIAS some")
            yield http, clock

    def test_tokens_expire(self, moved: tuple[httpx2.Client, list[float]]) -> None:
        """Ten minutes after the last page, whenever the first was."""
        http, clock = moved
        told = page(http, limit=1)
        for _ in range(5):
            clock[0] += 599
            told = page(http, limit=1, start=told["next"])
        clock[0] += 601
        response = http.get("/api/segment/some/scan", params={"start": told["next"]})
        assert_error(response, 400, "expired")

    def test_generations_are_forgotten(self, moved: tuple[httpx2.Client, list[float]]) -> None:
        http, clock = moved

        def scan(**params: object) -> httpx2.Response:
            return http.post("/api/segment/scan", json={"id": "some"}, params=params)

        generation = scan().headers["X-Generation"]
        for seconds in (0, 599):
            clock[0] += seconds
            collect(http, {"user_id": 1, "again": seconds})
            assert len(data(scan(generation=generation))) == 10
        clock[0] += 601
        collect(http, {"user_id": 1, "again": True})
        assert_error(scan(generation=generation), 400, f"generation {generation} is not there")

    def test_a_scan_keeps_what_it_needs(self, moved: tuple[httpx2.Client, list[float]]) -> None:
        http, clock = moved
        told = page(http, limit=1)
        for number in range(1, 9):
            clock[0] += 500
            collect(http, {"user_id": number + 1, "changed": True})
            told = page(http, limit=1, start=told["next"])
            assert told["data"][0]["user_id"] == number
            assert "changed" not in told["data"][0]

    def test_only_so_many_scans_are_kept(self, fresh: httpx2.Client) -> None:
        for number in range(2):
            collect(fresh, {"user_id": number})
        tokens = [page(fresh, "/api/segment/all_users/scan", limit=1)["next"] for _ in range(201)]
        path = "/api/segment/all_users/scan"
        assert_error(fresh.get(path, params={"start": tokens[0]}), 400, "begin the scan again")
        assert ids(page(fresh, path, start=tokens[1])) == [1]


def test_readers_and_writers_at_once(fresh: httpx2.Client) -> None:
    """Whoever reads sees one state; nothing that is written gets lost."""

    def write(first: int) -> None:
        for number in range(first, first + 30):
            collect(fresh, {"user_id": number % 40, f"n{first}": number})

    def read(_: int) -> None:
        for _ in range(10):
            told = fresh.post("/api/segment/scan?limit=3", json={"id": "all_users"}).json()
            seen = ids(told)
            while told["_next"]:
                params = {"limit": 3, "next": told["_next"]}
                response = fresh.post("/api/segment/scan", json={"id": "all_users"}, params=params)
                assert response.json()["total"] == told["total"]
                told = response.json()
                seen += ids(told)
            assert len(seen) == len({*seen}) == told["total"]

    with ThreadPoolExecutor(6) as pool:
        tasks = [pool.submit(write, 30 * number) for number in range(4)]
        tasks += [pool.submit(read, 0) for _ in range(2)]
        for task in tasks:
            task.result(timeout=60)
    everybody = fresh.post("/api/segment/scan", json={"id": "all_users"}).json()
    assert sorted(ids(everybody)) == [*range(40)]
    for first in (0, 30, 60, 90):
        assert sum(f"n{first}" in profile for profile in everybody["data"]) == 30
