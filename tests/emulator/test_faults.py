"""Faults on request: what goes wrong, how often, and before or after the work is done."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable

import httpx2
import pytest

from segql.emulator import EmulatorError, Fault, Faults, Latency, Setup, parse_fault, parse_latency
from segql.emulator.faults import DROP

from .conftest import assert_error, calling, data, post_text

POST = "/api/segment"


def failing(*faults: str, seed: int = 0) -> Setup:
    return Setup(faults=Faults(map(parse_fault, faults), seed=seed))


def slugs(http: httpx2.Client) -> list[str]:
    return [each["slug_name"] for each in data(http.get("/api/segment"))]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("POST /api/segment:503:0.2", Fault("POST", "/api/segment", 503, False, 0.2)),
        ("put /api/segment/*:500-after:.5", Fault("PUT", "/api/segment/*", 500, True, 0.5)),
        ("* /api/*:drop", Fault("*", "/api/*", DROP, False, 1)),
        ("/api/*:drop-after:1", Fault("*", "/api/*", DROP, True, 1)),
        (" GET  /x:429:0 ", Fault("GET", "/x", 429, False, 0)),
    ],
)
def test_a_fault_is_read(text: str, fault: Fault) -> None:
    assert parse_fault(text) == fault


@pytest.mark.parametrize(
    "text",
    ["", "POST", "POST /x", "POST /x:200", "POST /x:503:2", "POST /x:503:x", "/x:503-before",
     "POST GET /x:503", "/x:drop:", "/x:503:-1"],
)  # fmt: skip
def test_what_is_no_fault(text: str) -> None:
    with pytest.raises(EmulatorError, match="is no fault") as caught:
        parse_fault(text)
    assert "'POST /api/segment:503:0.2'" in caught.value.help


@pytest.mark.parametrize(
    ("text", "latency"), [("200", (0.2, 0)), ("1.5:0.5", (0.0015, 0.0005)), ("0", (0, 0))]
)
def test_a_latency_is_read(text: str, latency: tuple[float, float]) -> None:
    assert parse_latency(text) == Latency(*latency)


@pytest.mark.parametrize("text", ["", "fast", "-1", "200ms", "1:", "1:2:3"])
def test_what_is_no_latency(text: str) -> None:
    with pytest.raises(EmulatorError, match="is no latency"):
        parse_latency(text)


@pytest.mark.parametrize("status", [400, 418, 429, 500, 503, 599])
def test_before_the_work(status: int) -> None:
    with calling(failing(f"POST {POST}:{status}")) as http:
        response = post_text(http, "FILTER a > 1 ALIAS a")
        assert_error(response, status, "a fault that was asked for")
        assert ("retry-after" in response.headers) == (status in (429, 503))
        assert slugs(http) == []


def test_after_the_work() -> None:
    with calling(failing(f"POST {POST}:503-after")) as http:
        assert_error(post_text(http, "FILTER a > 1 ALIAS a"), 503)
        assert slugs(http) == ["a"]


@pytest.mark.parametrize(("what", "done"), [("drop", []), ("drop-after", ["a"])])
def test_a_dropped_connection(what: str, done: list[str], caplog: pytest.LogCaptureFixture) -> None:
    with calling(failing(f"POST {POST}:{what}")) as http:
        with pytest.raises((httpx2.RemoteProtocolError, httpx2.ReadError)):
            post_text(http, "FILTER a > 1 ALIAS a")
        assert slugs(http) == done
    assert [each for each in caplog.records if each.levelno >= logging.WARNING] == []


def test_only_what_is_named() -> None:
    with calling(failing("DELETE /api/segment/b*:500")) as http:
        for slug in ("a", "b", "b2"):
            post_text(http, f"FILTER a > 1 ALIAS {slug}")
        assert [http.delete(f"/api/segment/{slug}").status_code for slug in ("a", "b", "b2")] == [
            204,
            500,
            500,
        ]
        assert slugs(http) == ["b", "b2"]


def test_the_first_that_hits_is_taken() -> None:
    with calling(failing("GET /api/job:500:0", "GET /api/*:502", "* /api/*:503")) as http:
        assert http.get("/api/job").status_code == 502
        assert http.post("/api/job").status_code == 503


def statuses(setup: Setup, count: int = 60) -> list[int]:
    with calling(setup) as http:
        return [http.get("/api/account").status_code for _ in range(count)]


def test_the_same_seed_gives_the_same_faults() -> None:
    def shares(all: Iterable[int]) -> float:
        found = [*all]
        assert {*found} == {200, 503}
        return found.count(503) / len(found)

    first = statuses(failing("/api/account:503:0.3", seed=7))
    assert statuses(failing("/api/account:503:0.3", seed=7)) == first
    assert statuses(failing("/api/account:503:0.3", seed=8)) != first
    assert 0.1 < shares(first) < 0.5


def test_latency() -> None:
    with calling(Setup(faults=Faults(latency=Latency(0.15, 0.05)))) as http:
        begun = time.monotonic()
        for _ in range(3):
            assert http.get("/api/account").status_code == 200
        assert time.monotonic() - begun >= 0.3


def test_a_fault_needs_no_token_and_tells_none() -> None:
    with calling(failing("/api/account:500")) as http:
        response = httpx2.get(f"{http.base_url}/api/account?key=s3cret", trust_env=False)
        assert_error(response, 500)
        assert "s3cret" not in response.text
