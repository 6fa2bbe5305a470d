"""The token is in no output, log, error, `repr` or traceback, not even in a chained one."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from urllib.parse import quote

import pytest

from segql.api import (
    Account,
    ApiError,
    Client,
    Connection,
    ConnectionRequest,
    Credentials,
    Job,
    JobRequest,
    Request,
    WorkRequest,
)
from segql.api.responses import redacted

from .conftest import HANG_UP, QUICK, TOKEN, Vendor, reply

SPELLINGS = {
    "plain": TOKEN,
    "percent": quote(TOKEN, safe=""),
    "lower percent": quote(TOKEN, safe="").lower(),
    "JSON": TOKEN.replace("/", "\\/"),
    "JSON codes": TOKEN.replace("/", "\\u002F").replace("+", "\\u002b"),
    "upper case": TOKEN.upper(),
}

CALLS: dict[str, Callable[[Client], object]] = {
    "segments": lambda c: c.segments(),
    "create": lambda c: c.create({"slug_name": "a", "segment_ql": "FILTER a"}),
    "update": lambda c: c.update("a", {"slug_name": "b"}),
    "delete": lambda c: c.delete("a"),
    "size": lambda c: c.size("FILTER a"),
    "scan": lambda c: list(c.scan("a")),
    "scan_splits": lambda c: list(c.scan_splits("a", workers=2)),
    "entity": lambda c: c.entity("user", "email", "a"),
    "collect": lambda c: c.collect({"a": 1}),
    "create_job": lambda c: c.create_job(JobRequest(type="a", connection_id="b")),
    "request": lambda c: c.request(Request("GET", "/x")),
}


def failure_of(call: Callable[[], object]) -> ApiError | None:
    """What a call raises; without the frames of the test, which know the token."""
    try:
        call()
    except ApiError as error:
        frames = error.__traceback__
        while frames and "/tests/" in frames.tb_frame.f_code.co_filename:
            frames = frames.tb_next
        return error.with_traceback(frames)
    return None


def told_by(error: BaseException) -> str:
    """All that could be printed of an exception, of those chained to it, and of their frames."""
    whole = traceback.TracebackException.from_exception(error, capture_locals=True)
    parts = ["".join(whole.format(chain=True))]
    seen: BaseException | None = error
    while seen is not None:
        parts += [str(seen), repr(seen), repr(seen.args), repr(vars(seen))]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(parts)


def assert_hidden(text: str) -> None:
    for spelling in SPELLINGS.values():
        assert spelling not in text


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("status", [None, 200, 302, 400, 401, 404, 409, 429, 500])
def test_errors(
    vendor: Vendor, call: str, status: int | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    vendor.usual = (
        reply(status, {"message": f"the key {TOKEN} is bad"}, **{"X-Request-Id": TOKEN})
        if status
        else HANG_UP
    )
    if status == 302:
        vendor.usual.headers["Location"] = f"{vendor.url}/?key={quote(TOKEN)}"
    if status == 200:
        vendor.usual.body = TOKEN.encode()
    vendor.usual.reason = f"No {TOKEN}"
    client = Client(Credentials(vendor.url, TOKEN), retry=QUICK, size_interval=0)
    with client:
        error = failure_of(lambda: CALLS[call](client))
    assert (error is None) == ((call, status) == ("request", 200))
    if error:
        assert_hidden(told_by(error))
        assert_hidden(repr(getattr(error, "answer", None)))
    assert_hidden(caplog.text)
    assert (f'HTTP/1.1 {status}"' in caplog.text) is (status is not None)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_answers_that_echo_it(client: Client, vendor: Vendor, spelling: str) -> None:
    echo = f'{{"message": "the key {SPELLINGS[spelling]} is bad"}}'.encode()
    vendor.answer(400, echo, **{"X-Echo": SPELLINGS[spelling]})
    with pytest.raises(ApiError) as caught:
        client.segments()
    answer = getattr(caught.value, "answer", None)
    assert answer.body == b'{"message": "the key [token] is bad"}'
    assert answer.headers["x-echo"] == "[token]"


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (b'{"apikey": "secret", "name": "a"}', b'{"apikey": "[token]", "name": "a"}'),
        (b'{"apikey":"a\\"b","x":1}', b'{"apikey":"[token]","x":1}'),
        (b'{"api_key" :\n "a", "ApiKey": "b"}', b'{"api_key" :\n "[token]", "ApiKey": "[token]"}'),
        (b'{"apikeys": 5, "note": "my \\"apikey\\": \\"x\\""}', None),
        (b"\xff\x00 not JSON", None),
    ],
)
def test_keys_of_accounts(body: bytes, shown: bytes | None, client: Client, vendor: Vendor) -> None:
    vendor.answer(200, body)
    answer = client.request(Request("GET", "/api/account"))
    assert answer.body == body  # a program gets what the server said
    assert redacted(answer, Credentials(vendor.url, TOKEN)).body == (shown or body)


@pytest.mark.parametrize(
    "told",
    [
        Account(aid="1", apikey="SECRET"),
        Connection(id="1", config={"password": "SECRET"}),
        ConnectionRequest(name="a", type="b", config={"password": "SECRET"}),
        Job(id="1", config={"password": "SECRET"}),
        JobRequest(type="a", connection_id="1", config={"password": "SECRET"}),
        WorkRequest(workflow_id="1", config={"password": "SECRET"}),
        Credentials("https://api.example.com", "SECRET"),
        Client(Credentials("https://api.example.com", "SECRET")),
    ],
    ids=lambda told: type(told).__name__,
)
def test_what_is_shown_of_things_that_hold_secrets(told: object) -> None:
    assert "SECRET" not in repr(told)
    assert "SECRET" not in str(told)
    assert "SECRET" not in f"{[told]}"


def test_an_environment_that_cannot_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "foo://user:hunter2@x")
    with pytest.raises(ApiError) as caught:
        Client(Credentials("https://api.example.com", TOKEN))
    assert TOKEN not in told_by(caught.value.with_traceback(None))
    assert "hunter2" not in told_by(caught.value.with_traceback(None))
    assert caught.value.__context__ is None


@pytest.mark.parametrize("url", ["http://api.example.com", "http://10.0.0.1", "ftp://127.0.0.1"])
def test_only_over_https(url: str) -> None:
    with pytest.raises(ApiError):
        Client(Credentials(url, TOKEN))


def test_a_request_for_another_server_goes_to_ours(client: Client, vendor: Vendor) -> None:
    """Whatever the path says, the token goes to one place."""
    client.request(Request("GET", "//example.com/x"))
    client.request(Request("GET", "/@example.com/x"))
    assert [asked.headers["host"] for asked in vendor.asked] == [vendor.url[7:]] * 2
