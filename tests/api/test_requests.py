"""What each method sends, and what it makes of a good answer."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from segql import _version
from segql.api import Client, Credentials, Segment

from .conftest import TOKEN, Vendor

FULL = {
    "id": "7a7f76ff97ad0e3e96c162f74aee8f8f",
    "account_id": "an account",
    "author_id": "an author",
    "kind": "segment",
    "segment_ql": "FILTER visitct > 5",
    "created": "2014-08-04T21:18:20.124Z",
    "updated": "2014-08-05T21:18:20.124Z",
    "description": "Some people",
    "is_public": True,
    "name": "Recent Visits",
    "slug_name": "recent_visits",
    "tags": ["email_trigger"],
    "table": "user",
    "fields": ["visitct"],
}
PAYLOAD = {"name": "Ångström", "segment_ql": "FILTER x > 1", "tags": []}

# method of the client -> method, path and content type on the wire
REQUESTS: list[tuple[Callable[[Client], object], str, str, str | None]] = [
    (lambda c: c.validate("FILTER é"), "POST", "/api/segment/validate", "text/plain"),
    (lambda c: c.validate_json(PAYLOAD), "POST", "/api/segment/validate", "application/json"),
    (lambda c: c.create_text("FILTER é"), "POST", "/api/segment", "text/plain"),
    (lambda c: c.create(PAYLOAD), "POST", "/api/segment", "application/json"),
    (lambda c: c.segment("recent"), "GET", "/api/segment/recent", None),
    (lambda c: c.segment("a/b ?#é%"), "GET", "/api/segment/a%2Fb%20%3F%23%C3%A9%25", None),
    (lambda c: c.update("a b", PAYLOAD), "PUT", "/api/segment/a%20b", "application/json"),
    (lambda c: c.delete("recent"), "DELETE", "/api/segment/recent", None),
]


@pytest.mark.parametrize(("call", "method", "path", "content_type"), REQUESTS)
def test_request(
    client: Client,
    vendor: Vendor,
    call: Callable[[Client], object],
    method: str,
    path: str,
    content_type: str | None,
) -> None:
    vendor.answer(200, {"data": FULL})
    call(client)
    (asked,) = vendor.asked
    assert (asked.method, asked.path) == (method, path)
    assert asked.headers["authorization"] == TOKEN
    assert asked.headers["user-agent"] == f"segql/{_version.__version__}"
    assert asked.headers.get("content-type") == content_type
    if content_type == "text/plain":
        assert asked.body == "FILTER é".encode()
    elif content_type:
        assert json.loads(asked.body) == PAYLOAD
    else:
        assert asked.body == b""


@pytest.mark.parametrize(
    ("table", "valid", "path"),
    [
        (None, None, "/api/segment"),
        ("content", None, "/api/segment?table=content"),
        ("a b&c", "all", "/api/segment?table=a+b%26c&valid=all"),
        (None, True, "/api/segment?valid=true"),
        (None, False, "/api/segment?valid=false"),
    ],
)
def test_list_request(client: Client, vendor: Vendor, table, valid, path: str) -> None:
    vendor.answer(200, {"data": [FULL, {"id": "2"}]})
    segments = client.segments(table, valid)
    assert [each.id for each in segments] == [FULL["id"], "2"]
    assert vendor.asked[0].path == path


def test_a_base_url_may_have_a_path(vendor: Vendor) -> None:
    vendor.answer(200, {"data": FULL})
    with Client(Credentials(f"{vendor.url}/lytics/", TOKEN)) as client:
        client.segment("x")
    assert vendor.asked[0].path == "/lytics/api/segment/x"


def test_a_proxy_of_the_environment_never_sees_the_token(
    client: Client, vendor: Vendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    with Client(Credentials(vendor.url, TOKEN)) as client:
        client.validate("FILTER x")
    assert vendor.asked


@pytest.mark.parametrize(
    "envelope",
    [
        lambda data: {"data": data},
        lambda data: {"status": 200, "message": "ok", "data": data},
        lambda data: data,
    ],
    ids=["page", "openapi", "bare"],
)
def test_envelopes(client: Client, vendor: Vendor, envelope: Callable[[object], object]) -> None:
    vendor.answer(200, envelope(FULL))
    segment = client.segment("x")
    assert segment == Segment(
        **{name: value for name, value in FULL.items() if name not in ("fields", "tags")},
        tags=("email_trigger",),
        fields=("visitct",),
    )
    vendor.answer(200, envelope([FULL]))
    assert client.segments() == [segment]


def test_the_names_of_the_openapi_document(client: Client, vendor: Vendor) -> None:
    told = {"id": "1", "filter_ql": "a > 1", "modified": "2020-01-01T00:00:00Z", "size": 3}
    vendor.answer(200, {"data": told})
    segment = client.segment("1")
    assert segment == Segment(id="1", segment_ql="a > 1", updated="2020-01-01T00:00:00Z", size=3)


@pytest.mark.parametrize("first", ["segment_ql", "filter_ql"])
def test_the_name_of_the_page_wins(client: Client, vendor: Vendor, first: str) -> None:
    both = {"segment_ql": "a > 1", "filter_ql": "b > 1"}
    vendor.answer(200, {"data": {"id": "1", first: both.pop(first), **both}})
    assert client.segment("1").segment_ql == "a > 1"
    vendor.answer(200, {"data": {"id": "1", "filter_ql": "b > 1", "segment_ql": None}})
    assert client.segment("1").segment_ql == "b > 1"


def test_null_is_tolerated(client: Client, vendor: Vendor) -> None:
    vendor.answer(200, {"data": dict.fromkeys(FULL) | {"id": "1"}})
    assert client.segment("1") == Segment(id="1")
    vendor.answer(200, {"data": None})
    assert client.segments() == []


def test_delete_takes_204_and_200(client: Client, vendor: Vendor) -> None:
    vendor.answer(204, b"")
    client.delete("x")
    vendor.answer(200, {"status": 200, "message": "success", "data": None})
    client.delete("x")
    assert [asked.method for asked in vendor.asked] == ["DELETE", "DELETE"]
