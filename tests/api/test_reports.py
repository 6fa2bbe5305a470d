"""What is told of each try, the names of requests, and that connections are used again."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from segql.api import Attempt, Client, ConnectionFailed, Credentials, Rejected, Request, ServerError

from .conftest import HANG_UP, QUICK, TOKEN, Vendor, reply


def told(vendor: Vendor, request: Request) -> list[Attempt]:
    attempts: list[Attempt] = []
    with Client(Credentials(vendor.url, TOKEN), retry=QUICK, report=attempts.append) as client:
        client.request(request)
    return attempts


def test_every_try_is_told(vendor: Vendor) -> None:
    vendor.first = [HANG_UP, reply(503, {"message": "busy"}, **{"X-Request-Id": "r1"})]
    vendor.answer(200, {"data": []}, **{"X-Request-Id": "r2"})
    attempts = told(vendor, Request("GET", "/api/segment", [("table", "a b")]))
    url = f"{vendor.url}/api/segment?table=a+b"
    assert [(each.method, each.url) for each in attempts] == [("GET", url)] * 3
    assert [each.status for each in attempts] == [None, 503, 200]
    assert [each.request_id for each in attempts] == ["", "r1", "r2"]
    assert "the connection broke" in attempts[0].reason
    assert "busy" in attempts[1].reason
    assert attempts[2].reason == ""
    assert all(0 < each.milliseconds < 5000 for each in attempts)
    lines = [each.line() for each in attempts]
    assert re.fullmatch(r"GET http://\S+/api/segment: the connection broke.*\(\d+ ms\)", lines[0])
    expected = rf"GET {re.escape(url)}: 503 in \d+ ms \[request r1\]"
    assert re.fullmatch(expected, lines[1])


def test_how_long_it_took(vendor: Vendor) -> None:
    vendor.delay = 0.1
    (attempt,) = told(vendor, Request("GET", "/api/segment"))
    assert 100 <= attempt.milliseconds < 2000


@pytest.mark.parametrize("spelling", [TOKEN, TOKEN.upper()])
def test_a_report_has_no_token(vendor: Vendor, spelling: str) -> None:
    vendor.answer(200, {"data": []}, **{"X-Request-Id": spelling})
    (attempt,) = told(vendor, Request("GET", "/api/segment", [("key", spelling)]))
    assert attempt.url == f"{vendor.url}/api/segment?key=[token]"
    assert attempt.request_id == "[token]"
    assert spelling not in attempt.line()


@pytest.mark.parametrize(
    "header", ["X-Request-Id", "Request-Id", "X-Amzn-RequestId", "X-Correlation-ID", "CF-Ray"]
)
def test_an_error_names_the_request(client: Client, vendor: Vendor, header: str) -> None:
    vendor.answer(500, {"message": "oops"}, **{header: "abc-123"})
    with pytest.raises(ServerError) as caught:
        client.segments()
    assert caught.value.request_id == "abc-123"
    assert caught.value.message.endswith("(500): oops [request abc-123]")


def test_a_name_that_would_steer_the_terminal(client: Client, vendor: Vendor) -> None:
    vendor.answer(400, b"", **{"X-Request-Id": "\x1b[31m" + "x" * 1000})
    with pytest.raises(Rejected) as caught:
        client.segments()
    assert caught.value.message.isprintable()
    assert len(caught.value.request_id) == 100


def test_an_error_keeps_the_answer(client: Client, vendor: Vendor) -> None:
    vendor.answer(422, {"message": "no", "fields": ["a"]}, **{"X-More": "b"})
    with pytest.raises(Rejected) as caught:
        client.segments()
    answer = caught.value.answer
    assert answer
    assert (answer.status, answer.headers["x-more"]) == (422, "b")
    assert answer.body == b'{"message": "no", "fields": ["a"]}'
    assert "fields" not in repr(answer)


def test_connections_are_used_again(client: Client, vendor: Vendor) -> None:
    for _ in range(5):
        client.segments()
    assert len({asked.connection for asked in vendor.asked}) == 1


def test_threads_share_the_client(client: Client, vendor: Vendor) -> None:
    vendor.delay = 0.01
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: client.segments(), range(40)))
    assert len(vendor.asked) == 40
    assert len({asked.connection for asked in vendor.asked}) <= 8


def test_a_connection_that_the_server_closed_meanwhile(patient: Client, vendor: Vendor) -> None:
    patient.segments()
    vendor.first = [HANG_UP]
    patient.segments()
    assert len(vendor.asked) == 3


def test_nothing_is_told_where_nobody_asks(client: Client, capfd: pytest.CaptureFixture) -> None:
    client.segments()
    assert capfd.readouterr() == ("", "")


def test_a_report_of_no_connection() -> None:
    attempts: list[Attempt] = []
    client = Client(Credentials("http://127.0.0.1:1", TOKEN), report=attempts.append)
    with client, pytest.raises(ConnectionFailed):
        client.segments()
    (attempt,) = attempts
    assert attempt.status is None
    assert "cannot connect" in attempt.line()
