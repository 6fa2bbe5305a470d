"""What goes around the operations: who is let in, what is read, how errors look."""

from __future__ import annotations

import logging
import socket

import httpx2
import pytest

from segql.emulator import routes, running
from segql.emulator.app import MAX_BODY
from segql.emulator.calls import Reply

from .conftest import TOKEN, assert_error, post_text


def get(url: str, header: str | None, key: str | None) -> httpx2.Response:
    headers = {} if header is None else {"Authorization": header}
    params = {} if key is None else {"key": key}
    return httpx2.get(f"{url}/api/segment", headers=headers, params=params, trust_env=False)


@pytest.mark.parametrize(
    ("header", "key"), [(TOKEN, None), (None, TOKEN), ("", TOKEN), (TOKEN, "wrong")]
)
def test_let_in(url: str, header: str | None, key: str | None) -> None:
    assert get(url, header, key).status_code == 200


@pytest.mark.parametrize(
    ("header", "key"),
    [
        (None, None),
        ("", ""),
        (None, " "),
        ("wrong", None),
        (None, "wrong"),
        ("wrong", TOKEN),
        (f"Bearer {TOKEN}", None),
        (TOKEN.upper(), None),
        (None, "é"),
    ],
)
def test_kept_out(url: str, header: str | None, key: str | None) -> None:
    assert_error(get(url, header, key), 401, "API key")


def test_any_token_but_none() -> None:
    with running() as url:
        assert get(url, "anything", None).status_code == 200
        assert get(url, None, "anything").status_code == 200
        assert_error(get(url, None, None), 401)
        assert_error(get(url, None, " "), 401)


@pytest.mark.parametrize(
    ("method", "path"), [(each.method, each.path) for each in routes.OPERATIONS]
)
def test_every_operation_is_guarded(url: str, method: str, path: str) -> None:
    assert_error(httpx2.request(method, url + path, trust_env=False), 401)


@pytest.mark.parametrize("path", ["/x", "/api", "/api/segment/", "/api/segment/a/b", "/api/other"])
def test_unknown_path(http: httpx2.Client, path: str) -> None:
    assert_error(http.get(path), 404)


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("GET", "/api/segment/validate", "POST"),
        ("DELETE", "/api/segment", "GET, POST"),
        ("PATCH", "/api/segment/x", "GET, PUT, DELETE"),
        ("OPTIONS", "/api/segment/x", "GET, PUT, DELETE"),
    ],
)
def test_wrong_method(http: httpx2.Client, method: str, path: str, allow: str) -> None:
    response = http.request(method, path)
    assert_error(response, 405)
    assert response.headers["allow"] == allow


@pytest.mark.parametrize("path", ["/api/segment", "/api/segment/validate"])
@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("text/plain", b'FILTER a = "\xff" ALIAS a', 400),
        ("application/json", b'{"segment_ql": "\xff"}', 400),
        ("application/json", b"{", 400),
        ("application/json", b"", 400),
        ("application/json", b"[]", 400),
        ("application/json", b'{"x": ' + b"[" * 100_000, 400),
        ("application/json", b'{"name": "\\ud800"}', 400),
        ("application/xml", b"<a/>", 415),
        ("", b"FILTER a ALIAS a", 415),
        ("text/plain", b"-" * (MAX_BODY + 1), 413),
        ("application/json", b"[" * (4 * MAX_BODY), 413),
    ],
)
def test_bad_body(
    http: httpx2.Client, path: str, content_type: str, body: bytes, status: int
) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    assert_error(http.post(path, content=body, headers=headers), status)


def test_the_largest_body(http: httpx2.Client) -> None:
    text = "FILTER a > 1 ALIAS a --"
    assert post_text(http, text + "x" * (MAX_BODY - len(text))).status_code == 201


def test_a_body_cut_short(url: str, http: httpx2.Client, caplog: pytest.LogCaptureFixture) -> None:
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as connection:
        head = f"POST /api/segment?key={TOKEN} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc"
        connection.sendall(head.encode())
    assert http.get("/api/segment").status_code == 200
    assert caplog.text == ""


def test_our_own_failure(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def fail(state: object, call: object) -> Reply:
        raise RuntimeError("inner secret")

    failing = (routes.Operation("GET", "/api/segment", "listSegments", fail),)
    monkeypatch.setattr(routes, "OPERATIONS", failing)
    with running() as url:
        response = get(url, None, TOKEN)
    assert_error(response, 500)
    assert "inner secret" not in response.text
    assert "inner secret" in caplog.text
    assert TOKEN not in caplog.text


def test_the_token_is_never_logged(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("httpx2").propagate = False
    caplog.set_level(logging.DEBUG)
    try:
        with running(token=TOKEN) as url:
            assert get(url, None, TOKEN).status_code == 200
            assert get(url, TOKEN, None).status_code == 200
            assert get(url, None, f"{TOKEN}-not").status_code == 401
            assert get(url, f"{TOKEN}-not", None).status_code == 401
    finally:
        logging.getLogger("httpx2").propagate = True
    assert TOKEN not in caplog.text
