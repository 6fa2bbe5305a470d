"""The limits that the vendor publishes: off, unless they are asked for."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest

from segql.emulator import Settings, Setup
from segql.emulator.errors import Refused
from segql.emulator.limits import Limits

from .conftest import assert_error, calling, collect, data, post_text, size


@pytest.fixture
def http() -> Iterator[httpx2.Client]:
    with calling(Setup(settings=Settings(has_limits=True))) as http:
        yield http


def test_one_size_in_ten_seconds(http: httpx2.Client) -> None:
    assert_error(post_text(http, "FILTER AND (", "/api/segment/size"), 400)  # costs nothing
    assert size(http, "FILTER *") == 0
    response = post_text(http, "FILTER *", "/api/segment/size")
    assert_error(response, 429, "in 10 seconds")
    assert response.headers["retry-after"] == "10"
    assert data(http.get("/api/segment/sizes")) == []


def test_the_next_size_is_told_when_it_is_time() -> None:
    times = iter([100.0, 100.1, 109.9, 110.0])
    limits = Limits(True, clock=lambda: next(times))
    limits.ask_for_size()
    for wait in ("10", "1"):
        with pytest.raises(Refused) as caught:
            limits.ask_for_size()
        assert (caught.value.status, caught.value.headers) == (429, {"Retry-After": wait})
    limits.ask_for_size()


def test_names(http: httpx2.Client) -> None:
    assert post_text(http, f'FILTER a > 1 WITH name = "{"é" * 64}" ALIAS a').status_code == 201
    text = f'FILTER a > 1 WITH name = "{"é" * 65}" ALIAS b'
    assert_error(post_text(http, text), 422, "64 characters")
    assert_error(http.put("/api/segment/a", json={"name": "x" * 65}), 422, "64 characters")
    assert_error(post_text(http, f"FILTER a > 1 ALIAS {'b' * 65}"), 422, "64 characters")


def test_conditions(http: httpx2.Client) -> None:
    def text(count: int) -> str:
        return f"FILTER AND ({', '.join(f'a > {number}' for number in range(count))}) ALIAS a"

    assert post_text(http, text(1000)).status_code == 201
    assert_error(post_text(http, text(1001)), 422, "1000 conditions")
    response = http.put("/api/segment/a", json={"segment_ql": text(1001)})
    assert_error(response, 422, "1000 conditions")


def test_segments(http: httpx2.Client) -> None:
    for number in range(500):
        assert post_text(http, f"FILTER a > 1 ALIAS s{number}").status_code == 201
    assert_error(post_text(http, "FILTER a > 1 ALIAS more"), 422, "500 segments")
    more = {"name": "more", "segment_ql": "FILTER a > 1"}
    assert_error(http.post("/api/segment", json=more), 422, "500 segments")
    assert post_text(http, "FILTER a > 2 ALIAS s7").status_code == 200


def test_identities(http: httpx2.Client) -> None:
    collect(http, {"email": "é" * 128, "about": "x" * 1000})
    response = http.post("/api/collect", json={"email": "é" * 128 + "x"})
    assert_error(response, 422, "256 bytes")


def test_without_them(fresh: httpx2.Client) -> None:
    for _ in range(3):
        assert size(fresh, "FILTER *") == 0
    assert post_text(fresh, f"FILTER a > 1 ALIAS {'b' * 65}").status_code == 201
    collect(fresh, {"email": "x" * 1000})
