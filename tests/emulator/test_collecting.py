"""Events, the profiles they become, and how these are looked up."""

from __future__ import annotations

import re
from urllib.parse import quote

import httpx2
import pytest

from segql.catalog import Catalog, Field, parse_type
from segql.emulator import Setup

from .conftest import assert_error, calling, collect, data, post_text, size

TIMESTAMP = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"


def entity(
    http: httpx2.Client, field: str, value: object, table: str = "user"
) -> dict[str, object]:
    return data(http.get(f"/api/entity/{table}/{field}/{value}"))


def test_an_event_becomes_a_profile(fresh: httpx2.Client) -> None:
    collect(fresh, {"email": "anna@example.com", "visits": 3})
    profile = entity(fresh, "email", "anna@example.com")
    assert re.fullmatch(TIMESTAMP, str(profile.pop("created")))
    assert re.fullmatch(TIMESTAMP, str(profile.pop("last_active_ts")))
    assert profile == {"email": "anna@example.com", "visits": 3, "segments": []}


def test_a_known_identity_merges(fresh: httpx2.Client) -> None:
    first = {"email": "anna@example.com", "tags": ["a"], "scores": {"m": 1, "f": 2}, "tier": "new"}
    collect(fresh, {**first, "created": "2020-01-01T00:00:00Z", "city": "Salem"})
    then = {"tags": ["b", "a"], "scores": {"m": 5}, "tier": "gold", "city": None, "user_id": 12}
    collect(fresh, {"email": "anna@example.com", **then})
    profile = entity(fresh, "user_id", 12)
    del profile["last_active_ts"]
    assert profile == {
        "email": "anna@example.com",
        "created": "2020-01-01T00:00:00Z",
        "user_id": 12,
        "tags": ["a", "b"],
        "scores": {"m": 5, "f": 2},
        "tier": "gold",
        "city": "Salem",
        "segments": [],
    }
    assert size(fresh, "FILTER *") == 1


def test_an_event_joins_two_profiles(fresh: httpx2.Client) -> None:
    collect(fresh, {"email": "anna@example.com", "a": 1, "both": "older"})
    collect(fresh, {"user_id": "7", "b": 2, "both": "newer"})
    assert size(fresh, "FILTER *") == 2
    collect(fresh, {"email": "anna@example.com", "user_id": 7})
    assert size(fresh, "FILTER *") == 1
    profile = entity(fresh, "user_id", "7")
    assert profile == entity(fresh, "email", "anna@example.com")
    assert (profile["a"], profile["b"], profile["both"]) == (1, 2, "newer")


def test_an_identity_that_has_changed_still_leads_there(fresh: httpx2.Client) -> None:
    collect(fresh, {"user_id": 1, "email": "old@example.com"})
    collect(fresh, {"user_id": 1, "email": "new@example.com"})
    assert entity(fresh, "email", "old@example.com")["email"] == "new@example.com"


def test_nobody_in_particular(fresh: httpx2.Client) -> None:
    for event in ({}, {"email": ""}, {"email": None}, {"email": {"a": "b"}}, {"email": True}):
        collect(fresh, event)
    assert size(fresh, "FILTER *") == 5


@pytest.mark.parametrize("value", ["x", "12", 12, "é/ü ?&#%", "a,b", "https://example.com/a?b=c"])
def test_any_value_can_be_looked_up(fresh: httpx2.Client, value: object) -> None:
    collect(fresh, {"_uid": value})
    assert entity(fresh, "_uid", quoted(value))["_uid"] == value


def quoted(value: object) -> str:
    return quote(str(value), safe="")


def test_some_fields(fresh: httpx2.Client) -> None:
    collect(fresh, {"email": "a@example.com", "scores": {"m": 1}, "city": "Salem"})
    response = fresh.get("/api/entity/user/email/a@example.com?fields=city,scores.m,none")
    assert data(response) == {"city": "Salem", "scores.m": 1}


@pytest.mark.parametrize(
    ("path", "in_message"),
    [
        ("/api/entity/user/email/nobody", "no profile"),
        ("/api/entity/user/email/", "no profile"),
        ("/api/entity/user/city/Salem", "identifies no profile"),
        ("/api/entity/other/id/1", "no profile"),
    ],
)
def test_unknown(fresh: httpx2.Client, path: str, in_message: str) -> None:
    collect(fresh, {"email": "a@example.com", "city": "Salem"})
    assert_error(fresh.get(path), 404, in_message)


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"[]", "application/json", 400),
        (b"5", "application/json", 400),
        (b"{", "application/json", 400),
        (b'{"a": "\xff"}', "application/json", 400),
        (b"", "", 400),
        (b"{}", "text/plain", 415),
    ],
)
def test_what_is_no_event(
    fresh: httpx2.Client, content: bytes, media_type: str, status: int
) -> None:
    headers = {"Content-Type": media_type} if media_type else {}
    assert_error(fresh.post("/api/collect", content=content, headers=headers), status)
    assert size(fresh, "FILTER *") == 0


def test_only_public_segments_are_told(fresh: httpx2.Client) -> None:
    post_text(fresh, "FILTER visits > 1 WITH is_public = true ALIAS often")
    post_text(fresh, "FILTER visits > 9 WITH is_public = true ALIAS always")
    post_text(fresh, "FILTER visits > 1 ALIAS secret")
    post_text(fresh, "FILTER visits > 1 FROM content WITH is_public = true ALIAS pages")
    collect(fresh, {"email": "a@example.com", "visits": 3})
    assert entity(fresh, "email", "a@example.com")["segments"] == ["often"]


def test_the_stream_says_the_table(fresh: httpx2.Client) -> None:
    collect(fresh, {"url": "https://example.com/a", "title": "A"}, "content")
    collect(fresh, {"url": "https://example.com/a", "words": 5}, "content")
    assert entity(fresh, "url", quoted("https://example.com/a"), "content") == {
        "url": "https://example.com/a",
        "title": "A",
        "words": 5,
        "segments": [],
    }
    assert (size(fresh, "FILTER *"), size(fresh, "FILTER * FROM content")) == (0, 1)


def test_a_catalog_says_the_identities() -> None:
    string = parse_type("string")
    assert string is not None
    fields = [Field("phone", string, is_identity=True), Field("email", string)]
    with calling(Setup(catalogs=[Catalog({"user": fields})])) as http:
        collect(http, {"phone": "555", "email": "a@example.com"})
        collect(http, {"phone": "556", "email": "a@example.com"})
        assert size(http, "FILTER *") == 2
        assert_error(http.get("/api/entity/user/email/a@example.com"), 404, "phone")
        assert data(http.get("/api/entity/user/phone/556"))["phone"] == "556"


def test_what_is_collected_has_types(fresh: httpx2.Client) -> None:
    collect(fresh, {"email": "a", "joined": "2020-01-31"})
    assert size(fresh, 'FILTER joined < "now-1d"') == 1
    assert size(fresh, 'FILTER created > "now-1h"') == 1
    assert size(fresh, 'FILTER last_active_ts > "now-1h"') == 1
