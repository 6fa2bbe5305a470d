"""What each bad answer, or none, becomes; and that the token is never in it."""

from __future__ import annotations

import logging
import socket
import threading
from urllib.parse import quote

import pytest

from segql.api import (
    ApiError,
    Client,
    ConnectionFailed,
    Credentials,
    HttpError,
    MalformedResponse,
    NotFound,
    Rejected,
    ServerError,
    Unauthorized,
)

from .conftest import TOKEN, Vendor

HTML = b"<html><h1>Bad day</h1></html>"


def envelope(status: int, message: str) -> dict[str, object]:
    return {"status": status, "message": message}


@pytest.mark.parametrize(
    ("status", "body", "expected", "in_message"),
    [
        (401, envelope(401, "invalid API key"), Unauthorized, "(401): invalid API key"),
        (403, envelope(403, "not yours"), Unauthorized, "(403): not yours"),
        (404, envelope(404, "no such segment"), NotFound, "(404): no such segment"),
        (404, HTML, NotFound, "(404): Not Found"),
        (400, envelope(400, "1:8 unexpected )"), Rejected, "(400): 1:8 unexpected )"),
        (400, b"", Rejected, "(400): Bad Request"),
        (400, {"message": 5}, Rejected, "(400): Bad Request"),
        (400, ["message"], Rejected, "(400): Bad Request"),
        (409, envelope(409, "taken"), Rejected, "(409): taken"),
        (429, envelope(429, "slow down"), Rejected, "(429): slow down"),
        (500, envelope(500, "oops"), ServerError, "(500): oops"),
        (500, HTML, ServerError, "(500): Internal Server Error"),
        (503, b"", ServerError, "(503): Service Unavailable"),
        (304, b"", MalformedResponse, "(304)"),
        (200, envelope(400, "bad filter"), Rejected, "(400): bad filter"),
    ],
)
def test_refusals(
    client: Client,
    vendor: Vendor,
    status: int,
    body: object,
    expected: type[HttpError],
    in_message: str,
) -> None:
    vendor.answer(status, body)
    with pytest.raises(expected) as caught:
        client.validate("FILTER x")
    assert f"POST {vendor.url}/api/segment/validate: " in caught.value.message
    assert in_message in caught.value.message
    assert caught.value.status == status or status == 200
    assert str(caught.value) == caught.value.message


@pytest.mark.parametrize(
    ("body", "in_message"),
    [
        (b"garbage", "it is not JSON"),
        (HTML, "it is not JSON"),
        (b"", "it is not JSON"),
        (b'{"data": {"id": "\xff"}}', "it is not JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"data": 5}', "Expected `object`"),
        (b'{"data": null}', "Expected `object`"),
        (b'{"data": []}', "Expected `object`"),
        (b'{"data": {"name": "no id"}}', "missing required field `id`"),
        (b'{"data": {"id": 7}}', "`$.id`"),
        (b'{"data": {"id": "1", "name": {}}}', "`$.name`"),
        (b'{"data": {"id": "1", "tags": [1]}}', "`$.tags[0]`"),
        (b'{"data": {"id": "1", "is_public": "yes"}}', "`$.is_public`"),
    ],
)
def test_malformed(client: Client, vendor: Vendor, body: bytes, in_message: str) -> None:
    vendor.answer(200, body)
    with pytest.raises(MalformedResponse) as caught:
        client.segment("x")
    assert in_message in caught.value.message
    assert caught.value.status == 200
    assert caught.value.help


@pytest.mark.parametrize("body", [b'{"data": 5}', b'{"data": {"id": "1"}}', b'{"data": [5]}'])
def test_malformed_list(client: Client, vendor: Vendor, body: bytes) -> None:
    vendor.answer(200, body)
    with pytest.raises(MalformedResponse):
        client.segments()


@pytest.mark.parametrize("body", [HTML, b""])
def test_only_json_means_valid(client: Client, vendor: Vendor, body: bytes) -> None:
    vendor.answer(200, body)
    with pytest.raises(MalformedResponse):
        client.validate("FILTER x")
    with pytest.raises(MalformedResponse):
        client.delete("x")


def test_a_redirect_is_not_followed(client: Client, vendor: Vendor) -> None:
    vendor.answer(302, b"", Location=f"{vendor.url}/elsewhere")
    with pytest.raises(MalformedResponse, match=r"\(302\): to http://127.*/elsewhere") as caught:
        client.segment("x")
    assert "LYTICS_API_URL" in caught.value.help
    assert len(vendor.asked) == 1


def test_connection_refused() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        with Client(Credentials(url, TOKEN)) as client, pytest.raises(ConnectionFailed) as caught:
            client.segments()
    assert f"GET {url}/api/segment: cannot connect" in caught.value.message


def test_timeout(vendor: Vendor) -> None:
    vendor.delay = 0.5
    client = Client(Credentials(vendor.url, TOKEN), timeout=0.05)
    with client, pytest.raises(ConnectionFailed, match="took too long"):
        client.segments()


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Le", b"SSH-2.0-x\r\n"])
def test_a_broken_connection(answer: bytes) -> None:
    def hang_up(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=hang_up, args=(listener,)).start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with Client(Credentials(url, TOKEN)) as client, pytest.raises(ConnectionFailed) as caught:
            client.segments()
    assert "the connection broke" in caught.value.message


@pytest.mark.parametrize("location", ["http://[bad", "//", "\xff", "ftp://x:y:z"])
def test_a_redirect_to_nowhere(client: Client, vendor: Vendor, location: str) -> None:
    vendor.answer(307, b"", Location=location)
    # Which of the leaves depends on how early the HTTP library looks at the location.
    with pytest.raises((MalformedResponse, ConnectionFailed)):
        client.segments()
    assert len(vendor.asked) == 1


def test_a_body_that_cannot_be_unpacked(client: Client, vendor: Vendor) -> None:
    vendor.answer(200, b"not gzip", **{"Content-Encoding": "gzip"})
    with pytest.raises(ConnectionFailed, match="the connection broke"):
        client.segments()


def test_tls_against_a_server_without_it(vendor: Vendor) -> None:
    secure = Credentials(vendor.url.replace("http:", "https:"), TOKEN)
    with Client(secure) as client, pytest.raises(ConnectionFailed, match="cannot connect"):
        client.segments()
    assert vendor.asked == []


@pytest.mark.parametrize(
    ("variable", "value"), [("HTTPS_PROXY", "foo://x"), ("SSL_CERT_FILE", "/nonexistent")]
)
def test_an_environment_that_cannot_work(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConnectionFailed) as caught:
        Client(Credentials("https://api.example.com", TOKEN))
    assert variable in caught.value.help


@pytest.mark.parametrize("name", ["", ".", ".."])
def test_a_name_that_would_address_something_else(
    client: Client, vendor: Vendor, name: str
) -> None:
    with pytest.raises(NotFound):
        client.delete(name)
    assert vendor.asked == []


def assert_hidden(error: BaseException | None) -> None:
    """Neither the exception nor anything chained to it tells the token."""
    while error is not None:
        assert TOKEN not in str(error)
        assert TOKEN not in repr(error)
        assert TOKEN not in repr(vars(error))
        error = error.__cause__ or error.__context__


@pytest.mark.parametrize("status", [302, 400, 401, 404, 500])
@pytest.mark.parametrize("spelling", [TOKEN, quote(TOKEN, safe="")])
def test_an_echoed_token_is_hidden(
    client: Client,
    vendor: Vendor,
    status: int,
    spelling: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    location = {"Location": f"{vendor.url}/?key={quote(TOKEN)}"} if status == 302 else {}
    vendor.answer(status, envelope(status, f"the key {spelling} is bad"), **location)
    with pytest.raises(ApiError) as caught:
        client.segments()
    assert_hidden(caught.value)
    assert spelling not in caught.value.message
    assert "[token]" in caught.value.message
    assert caught.value.__context__ is None


def test_a_short_token_does_not_garble_words(vendor: Vendor) -> None:
    vendor.answer(400, envelope(400, "the token t is unexpected"))
    with Client(Credentials(vendor.url, "t")) as client, pytest.raises(Rejected) as caught:
        client.segments()
    assert "the token [token] is unexpected" in caught.value.message


def test_no_connection_tells_no_token() -> None:
    client = Client(Credentials("http://127.0.0.1:1", TOKEN))
    with client, pytest.raises(ConnectionFailed) as caught:
        client.segments()
    assert_hidden(caught.value)
    assert caught.value.__context__ is None
    assert TOKEN not in repr(client)


def test_nothing_of_the_token_in_the_log(
    client: Client, vendor: Vendor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client.validate("FILTER x")
    assert caplog.text
    assert TOKEN not in caplog.text


def test_a_message_is_one_line_and_has_an_end(client: Client, vendor: Vendor) -> None:
    vendor.answer(400, envelope(400, "a\r\n\x1b[31mb" + "c" * 100_000))
    with pytest.raises(Rejected) as caught:
        client.validate("x")
    assert caught.value.message.isprintable()
    assert len(caught.value.message) < 2000
