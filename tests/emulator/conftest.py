"""An emulator in a thread, and a caller whom it lets in."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest

from segql.emulator import running

TOKEN = "s3cret-token"
TABLES = ("user", "content", "account")


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
