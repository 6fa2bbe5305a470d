"""What is tried again, how often, and how long is waited."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.api import (
    ApiError,
    Attempt,
    Client,
    ConnectionFailed,
    ConnectionRequest,
    Credentials,
    HttpError,
    JobRequest,
    MalformedResponse,
    NotFound,
    Rejected,
    Request,
    Retry,
    ServerError,
    WorkRequest,
)

from .conftest import HANG_UP, QUICK, TOKEN, Reply, Vendor, reply

Call = Callable[[Client], object]

THING = {"data": {"id": "1", "aid": "1", "size": 5}}
BUSY = reply(503, {"message": "busy"})
SLOW_DOWN = reply(429, {"message": "slow down"})
DEAD = "http://127.0.0.1:1"

# What leaves the same when it is done twice, or does nothing at all.
SAFE: dict[str, Call] = {
    "segments": lambda c: c.segments(),
    "account": lambda c: c.account("1"),
    "validate": lambda c: c.validate("FILTER a"),
    "validate_json": lambda c: c.validate_json({"segment_ql": "FILTER a"}),
    "size": lambda c: c.size("FILTER a"),
    "update": lambda c: c.update("a", {"name": "b"}),
    "delete": lambda c: c.delete("a"),
    "scan": lambda c: list(c.scan("a")),
    "scan_filter": lambda c: list(c.scan_filter("FILTER a")),
    "update_connection": lambda c: c.update_connection("1", ConnectionRequest(name="a", type="b")),
    "delete_connection": lambda c: c.delete_connection("1"),
    "cancel_job": lambda c: c.cancel_job("1"),
    "PUT": lambda c: c.request(Request("PUT", "/api/other")),
}
# What would be done twice.
UNSAFE: dict[str, Call] = {
    "create_connection": lambda c: c.create_connection(ConnectionRequest(name="a", type="b")),
    "create_job": lambda c: c.create_job(JobRequest(type="import", connection_id="1")),
    "start_work": lambda c: c.start_work(WorkRequest(workflow_id="1")),
    "collect": lambda c: c.collect({"email": "a@example.com"}),
    "POST": lambda c: c.request(Request("POST", "/api/other")),
    "PATCH": lambda c: c.request(Request("PATCH", "/api/other")),
}


@pytest.fixture
def patient(vendor: Vendor) -> Iterator[Client]:
    """As in the other tests, and without the wait between two sizes."""
    with Client(Credentials(vendor.url, TOKEN), timeout=5, retry=QUICK, size_interval=0) as client:
        yield client


def answered(call: str) -> Reply:
    return reply(200, {"data": []} if call.startswith(("segments", "scan")) else THING)


@pytest.mark.parametrize("lost", [HANG_UP, BUSY, SLOW_DOWN, reply(500), reply(504)])
@pytest.mark.parametrize("call", SAFE)
def test_what_is_safe_is_tried_again(
    patient: Client, vendor: Vendor, call: str, lost: Reply
) -> None:
    vendor.usual = answered(call)
    vendor.first = [lost, lost, lost]
    SAFE[call](patient)
    assert len(vendor.asked) == 4
    assert len(set(vendor.requests)) == 1
    assert len({asked.body for asked in vendor.asked}) == 1


@pytest.mark.parametrize("lost", [HANG_UP, BUSY])
@pytest.mark.parametrize("call", UNSAFE)
def test_what_would_be_done_twice_is_not(
    patient: Client, vendor: Vendor, call: str, lost: Reply
) -> None:
    vendor.usual = lost
    with pytest.raises(ApiError) as told:
        UNSAFE[call](patient)
    assert len(vendor.asked) == 1
    assert told.value.is_doubtful
    assert told.value.help == (
        "The server may have done it all the same: look before you send it again."
    )


@pytest.mark.parametrize("call", UNSAFE)
def test_unless_it_was_not_even_read(patient: Client, vendor: Vendor, call: str) -> None:
    vendor.usual = answered(call)
    vendor.first = [SLOW_DOWN, SLOW_DOWN]
    UNSAFE[call](patient)
    assert len(vendor.asked) == 3


@pytest.mark.parametrize("call", [*SAFE.values(), *UNSAFE.values()])
def test_where_nobody_listens(call: Call) -> None:
    attempts: list[Attempt] = []
    client = Client(Credentials(DEAD, TOKEN), retry=QUICK, report=attempts.append, size_interval=0)
    with client, pytest.raises(ConnectionFailed, match="cannot connect") as told:
        call(client)
    assert len(attempts) == 4
    assert not told.value.is_doubtful


@pytest.mark.parametrize("status", [302, 400, 401, 403, 404, 409, 413, 422, 501])
def test_what_will_not_pass_is_told_at_once(patient: Client, vendor: Vendor, status: int) -> None:
    vendor.answer(status, b"")
    with pytest.raises(HttpError) as told:
        patient.segment("a")
    assert told.value.status == status
    assert not told.value.is_transient
    assert len(vendor.asked) == 1


def test_an_error_inside_a_good_answer_counts(patient: Client, vendor: Vendor) -> None:
    vendor.first = [reply(200, {"status": 503, "message": "busy"})]
    vendor.usual = answered("segments")
    assert patient.segments() == []
    assert len(vendor.asked) == 2


def test_an_answer_that_is_none_is_not_asked_for_again(patient: Client, vendor: Vendor) -> None:
    vendor.answer(200, b"<html>")
    with pytest.raises(MalformedResponse):
        patient.segments()
    assert len(vendor.asked) == 1


@pytest.mark.parametrize("retries", [0, 1, 5])
def test_how_often(vendor: Vendor, retries: int) -> None:
    vendor.usual = BUSY
    retry = Retry(retries=retries, first=0.001)
    with Client(Credentials(vendor.url, TOKEN), retry=retry) as client, pytest.raises(ServerError):
        client.segments()
    assert len(vendor.asked) == retries + 1


def test_the_last_answer_is_told(patient: Client, vendor: Vendor) -> None:
    vendor.first = [HANG_UP, SLOW_DOWN]
    vendor.answer(404, {"message": "no such segment"})
    with pytest.raises(NotFound, match="no such segment"):
        patient.segment("a")


def test_an_answer_that_takes_too_long(vendor: Vendor) -> None:
    vendor.delay = 0.3
    client = Client(Credentials(vendor.url, TOKEN), timeout=0.05, retry=Retry(retries=2, first=0))
    with client, pytest.raises(ConnectionFailed, match="took too long") as told:
        client.segments()
    assert told.value.is_doubtful
    assert len(vendor.asked) == 3


# ---- Pauses -----------------------------------------------------------------------------


@given(
    first=st.floats(0, 10),
    longest=st.floats(0, 60),
    repeats=st.integers(0, 10_000),
)
def test_pauses_double_up_to_the_longest(first: float, longest: float, repeats: int) -> None:
    pause = Retry(first=first, longest=longest).pause(repeats)
    whole = min(longest, first * 2 ** min(repeats, 60))
    assert whole / 2 <= pause <= whole


def test_pauses_differ_by_chance() -> None:
    assert len({Retry().pause(3) for _ in range(20)}) > 10


def test_pauses_are_really_made(vendor: Vendor) -> None:
    vendor.usual = BUSY
    retry = Retry(retries=3, first=0.04, longest=0.08)
    with Client(Credentials(vendor.url, TOKEN), retry=retry) as client, pytest.raises(ServerError):
        client.segments()
    times = [asked.at for asked in vendor.asked]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert len(gaps) == 3
    assert gaps[0] >= 0.02
    assert min(gaps[1:]) >= 0.04


def test_the_server_says_how_long(vendor: Vendor) -> None:
    vendor.first = [reply(429, b"", **{"Retry-After": "1"})]
    vendor.usual = answered("segments")
    with Client(Credentials(vendor.url, TOKEN), retry=QUICK) as client:
        client.segments()
    first, second = vendor.asked
    assert 1 <= second.at - first.at < 3


def test_the_server_says_when(patient: Client, vendor: Vendor) -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    vendor.usual = reply(503, b"", **{"Retry-After": when})
    with pytest.raises(ServerError) as told:  # for that is after the deadline
        patient.segments()
    assert len(vendor.asked) == 1
    assert told.value.retry_after is not None
    assert 90 < told.value.retry_after <= 100


@pytest.mark.parametrize(
    "said", ["soon", "-1", "1e3", "²", "", "Wed, 21 Oct 2015 07:28:00 GMT", "0", "9" * 400]
)
def test_a_wait_that_is_none(patient: Client, vendor: Vendor, said: str) -> None:
    vendor.first = [reply(503, b"", **{"Retry-After": said})]
    vendor.usual = answered("segments")
    begun = time.monotonic()
    if said.startswith("9"):  # longer than there will be anybody to wait
        with pytest.raises(ServerError):
            patient.segments()
    else:
        patient.segments()
    assert time.monotonic() - begun < 1


def test_nothing_is_tried_again_after_the_deadline(vendor: Vendor) -> None:
    vendor.usual = BUSY
    retry = Retry(retries=1000, first=0.05, longest=0.05, deadline=0.3)
    begun = time.monotonic()
    with Client(Credentials(vendor.url, TOKEN), retry=retry) as client, pytest.raises(ServerError):
        client.segments()
    assert time.monotonic() - begun < 1
    assert 3 <= len(vendor.asked) <= 13


def test_an_answer_that_never_ends(vendor: Vendor) -> None:
    """Each piece comes in time, but there is no last one."""

    def drip(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            try:
                while True:
                    connection.sendall(b"1\r\n \r\n")
                    time.sleep(0.01)
            except OSError:
                return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=drip, args=(listener,), daemon=True).start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        retry = Retry(retries=0, deadline=0.3)
        begun = time.monotonic()
        with (
            Client(Credentials(url, TOKEN), timeout=0.2, retry=retry) as client,
            pytest.raises(ConnectionFailed, match="the answer took too long"),
        ):
            client.segments()
    assert time.monotonic() - begun < 2


def test_sleeping_is_the_callers_to_do(vendor: Vendor) -> None:
    """So that an interrupted program need not wait for a pause to end."""
    ended = threading.Event()
    ended.set()
    vendor.first = [BUSY, BUSY]
    vendor.usual = answered("segments")
    retry = Retry(first=60, longest=60, deadline=1000, sleep=ended.wait)
    begun = time.monotonic()
    with Client(Credentials(vendor.url, TOKEN), retry=retry) as client:
        client.segments()
    assert time.monotonic() - begun < 5


def test_an_error_that_is_too_many(patient: Client, vendor: Vendor) -> None:
    vendor.usual = SLOW_DOWN
    with pytest.raises(Rejected, match=r"too many requests \(429\)"):
        patient.segments()
    assert len(vendor.asked) == 4
