"""An emulator in a thread, and a caller whom it lets in."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from segql.emulator import ProfileFile, Setup, running
from tests.canary import TOKEN

TABLES = ("user", "content", "account")


@pytest.fixture(autouse=True)
def without_the_callers_log(caplog: pytest.LogCaptureFixture) -> None:
    """The caller gives its token in the query, as the vendor allows, and logs what it calls."""
    for name in ("httpx2", "httpcore2"):
        caplog.set_level(logging.WARNING, name)


@pytest.fixture(scope="session")
def emulator() -> Iterator[str]:
    with running(token=TOKEN) as url:
        yield url


@pytest.fixture
def url(emulator: str) -> Iterator[str]:
    """The one emulator of all these tests, empty again after each."""
    yield emulator
    with httpx2.Client(base_url=emulator, params={"key": TOKEN}, trust_env=False) as http:
        for table in TABLES:
            for segment in http.get("/api/segment", params={"table": table}).json()["data"]:
                http.delete(f"/api/segment/{segment['id']}")


@pytest.fixture
def http(url: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=url, headers={"Authorization": TOKEN}, trust_env=False) as http:
        yield http


@contextmanager
def calling(setup: Setup | None = None) -> Iterator[httpx2.Client]:
    """A caller of an emulator of its own."""
    with (
        running(setup or Setup()) as url,
        httpx2.Client(
            base_url=url, headers={"Authorization": TOKEN}, trust_env=False, timeout=30
        ) as http,
    ):
        yield http


@pytest.fixture
def fresh() -> Iterator[httpx2.Client]:
    """A caller of an account in which nothing has ever been."""
    with calling() as http:
        yield http


def write_profiles(path: Path, profiles: Iterable[dict[str, Any]]) -> ProfileFile:
    with path.open("w") as file:
        file.writelines(json.dumps(profile) + "\n" for profile in profiles)
    return ProfileFile(path)


def collect(http: httpx2.Client, event: dict[str, Any], stream: str | None = None) -> None:
    params = {} if stream is None else {"stream": stream}
    response = http.post("/api/collect", json=event, params=params)
    assert (response.status_code, response.json()["message"]) == (200, "success")


def size(http: httpx2.Client, text: str) -> int:
    response = post_text(http, text, "/api/segment/size")
    assert response.status_code == 200, response.text
    return response.json()["data"]["size"]


def data(response: httpx2.Response, status: int = 200) -> Any:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/json"
    return response.json()["data"]


def post_text(http: httpx2.Client, text: str, path: str = "/api/segment") -> httpx2.Response:
    return http.post(path, content=text.encode(), headers={"Content-Type": "text/plain"})


def assert_error(response: httpx2.Response, status: int, in_message: str = "") -> None:
    """Every error has the same envelope."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/json"
    document = response.json()
    assert document["status"] == status
    assert document["message"]
    assert in_message in document["message"]
    assert "Traceback" not in response.text
