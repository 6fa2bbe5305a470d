"""Segments are written once, although requests and answers get lost on the way to the account."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from segql.api import (
    Client,
    Conflict,
    ConnectionFailed,
    Credentials,
    NotFound,
    Retry,
    ServerError,
    Unauthorized,
)
from tests.accounts import stored
from tests.road import Send

from .conftest import QUICK, TOKEN, Asked, Reply, Vendor, reply
from .losing import Losing, Loss, losing

PAYLOAD = {
    "slug_name": "Vip",
    "segment_ql": "FILTER AND (a > 1, b > 2) ALIAS Vip",
    "name": "Our best",
    "tags": ["t"],
    "is_public": True,
}
LOSSES: list[Loss] = ["request", "answer", "503 before", "503 after"]


@pytest.fixture
def road(emulator: str, account: Client) -> Iterator[Losing]:
    with losing(emulator) as road:
        yield road


@pytest.fixture
def lossy(road: Losing) -> Iterator[Client]:
    """A client that asks the account over the road."""
    with Client(Credentials(road.url, TOKEN), timeout=5, retry=QUICK) as client:
        yield client


@pytest.mark.parametrize("loss", LOSSES)
def test_a_segment_is_created_once(
    lossy: Client, road: Losing, account: Client, loss: Loss
) -> None:
    road.losses = [loss]
    created = lossy.create(PAYLOAD)
    (segment,) = stored(account)
    assert created == segment
    assert (segment.slug_name, segment.name, segment.tags) == ("vip", "Our best", ("t",))
    arrived = loss in ("answer", "503 after")
    again = [] if arrived else ["POST /api/segment"]
    assert road.requests == ["POST /api/segment", "GET /api/segment/Vip", *again]


def test_it_is_not_looked_up_where_it_was_not_even_read(
    lossy: Client, road: Losing, account: Client
) -> None:
    road.losses = ["429", "429"]
    assert [lossy.create(PAYLOAD)] == stored(account)
    assert road.requests == ["POST /api/segment"] * 3


def test_the_last_try_is_looked_up_as_well(lossy: Client, road: Losing, account: Client) -> None:
    road.losses = ["request", "request", "request", "answer"]
    assert [lossy.create(PAYLOAD)] == stored(account)
    assert road.requests == ["POST /api/segment", "GET /api/segment/Vip"] * 4


def test_the_tries_have_an_end(lossy: Client, road: Losing, account: Client) -> None:
    road.losses = ["503 before"] * 5
    with pytest.raises(ServerError, match="busy"):
        lossy.create(PAYLOAD)
    assert stored(account) == []
    assert road.requests.count("POST /api/segment") == 4


def test_somebody_else_takes_the_slug_meanwhile(
    lossy: Client, road: Losing, account: Client
) -> None:
    road.losses = ["request"]
    road.meanwhile = lambda: account.create({"slug_name": "vip", "segment_ql": "FILTER x"})
    with pytest.raises(Conflict, match="the answer was lost, and `vip` is another segment") as told:
        lossy.create(PAYLOAD)
    assert told.value.status == 409
    assert [segment.segment_ql for segment in stored(account)] == ["FILTER x"]
    assert road.requests == ["POST /api/segment", "GET /api/segment/Vip"]


def test_a_slug_that_was_taken_before(lossy: Client, road: Losing, account: Client) -> None:
    account.create({"slug_name": "vip", "segment_ql": "FILTER x"})
    with pytest.raises(Conflict):
        lossy.create(PAYLOAD)
    assert road.requests == ["POST /api/segment"]
    road.losses = ["answer"]  # and it is not known any more that it was
    with pytest.raises(Conflict, match="another segment"):
        lossy.create(PAYLOAD)


def test_a_request_that_arrives_after_it_was_looked_for(
    lossy: Client, road: Losing, account: Client
) -> None:
    looked = iter([404])

    def meet(number: int, asked: Asked, send: Send) -> Reply:
        # The answer is lost, and the first look comes too early to see the segment.
        if asked.method == "GET" and (status := next(looked, None)):
            return reply(status, {"message": "not yet"})
        return road.meet(number, asked, send)

    road.road.meet = meet
    road.losses = ["answer"]
    assert [lossy.create(PAYLOAD)] == stored(account)
    post, get = "POST /api/segment", "GET /api/segment/Vip"
    assert road.requests == [post, get, post, get]


@pytest.mark.parametrize(
    ("status", "kept"),
    [(401, 1), (500, 4), (200, 1)],
    ids=["no right to look", "looking fails", "no segment comes back"],
)
def test_nothing_is_sent_again_that_cannot_be_looked_up(
    patient: Client, vendor: Vendor, status: int, kept: int
) -> None:
    vendor.decide = lambda asked: reply(503 if asked.method == "POST" else status)
    with pytest.raises(ServerError, match=r"POST .* \(503\)") as told:
        patient.create(PAYLOAD)
    assert told.value.is_doubtful
    assert vendor.requests == ["POST /api/segment", *["GET /api/segment/Vip"] * kept]


@pytest.mark.parametrize(
    "payload",
    [
        {"slug_name": "vip", "segment_ql": "FILTER a"},
        {"slug": "vip", "filter_ql": "FILTER a"},
        {"segment_ql": "FILTER a ALIAS vip"},
        {"slug_name": None, "filter_ql": "a ALIAS vip"},
    ],
)
def test_where_the_slug_is_found(
    patient: Client, vendor: Vendor, payload: dict[str, object]
) -> None:
    there = {"id": "7", "slug_name": "VIP", "segment_ql": "FILTER a  -- as we wrote it", "tags": []}
    vendor.decide = lambda q: reply(503) if q.method == "POST" else reply(200, {"data": there})
    assert patient.create(payload).id == "7"
    assert vendor.requests == ["POST /api/segment", "GET /api/segment/vip"]


@pytest.mark.parametrize(
    "payload", [{"segment_ql": "FILTER a"}, {"name": "A"}, {"segment_ql": "a ALIAS b; c ALIAS d"}]
)
def test_what_cannot_be_found_is_sent_once(
    patient: Client, vendor: Vendor, payload: dict[str, object]
) -> None:
    vendor.answer(503, {"message": "busy"})
    with pytest.raises(ServerError) as told:
        patient.create(payload)
    assert vendor.requests == ["POST /api/segment"]
    assert told.value.is_doubtful
    assert "look before you send it again" in told.value.help


@pytest.mark.parametrize(
    ("theirs", "is_ours"),
    [
        ({}, True),
        ({"segment_ql": "AND (a>1   b > 2)"}, True),
        ({"segment_ql": "FILTER AND (a > 1, b > 3)"}, False),
        ({"segment_ql": "FILTER AND (a > 1, b > 2) LIMIT 5"}, False),
        ({"segment_ql": "FILTER ) ("}, False),
        ({"segment_ql": None}, False),
        ({"name": "Theirs"}, False),
        ({"name": None}, True),
        ({"tags": []}, False),
        ({"is_public": False}, False),
        ({"description": "What we said nothing about"}, True),
    ],
)
def test_which_segment_is_the_one_we_sent(
    patient: Client, vendor: Vendor, theirs: dict[str, object], is_ours: bool
) -> None:
    there = {"id": "7"} | PAYLOAD | theirs
    vendor.decide = lambda q: reply(503) if q.method == "POST" else reply(200, {"data": there})
    if is_ours:
        assert patient.create(PAYLOAD).id == "7"
    else:
        with pytest.raises(Conflict, match="another segment"):
            patient.create(PAYLOAD)
    assert len(vendor.asked) == 2


def test_a_client_without_retries_does_not_look(client: Client, vendor: Vendor) -> None:
    vendor.answer(503, {"message": "busy"})
    with pytest.raises(ServerError) as told:
        client.create(PAYLOAD)
    assert told.value.is_doubtful
    assert vendor.requests == ["POST /api/segment"]


# ---- Upsert, update, delete -------------------------------------------------------------


@pytest.mark.parametrize("loss", [*LOSSES, None])
@pytest.mark.parametrize("is_there", [False, True])
def test_upsert(
    lossy: Client, road: Losing, account: Client, loss: Loss | None, is_there: bool
) -> None:
    if is_there:
        account.create({"slug_name": "vip", "segment_ql": "FILTER x", "description": "Kept"})
    road.losses = [loss]
    segment = lossy.upsert(PAYLOAD)
    assert stored(account) == [segment]
    assert (segment.name, segment.segment_ql) == (PAYLOAD["name"], PAYLOAD["segment_ql"])
    assert segment.description == ("Kept" if is_there else "")


@pytest.mark.parametrize("loss", LOSSES)
def test_a_text_with_an_alias_is_sent_again(
    lossy: Client, road: Losing, account: Client, loss: Loss
) -> None:
    road.losses = [loss]
    segment = lossy.create_text("FILTER a > 1 ALIAS vip")
    assert stored(account) == [segment]
    assert road.requests == ["POST /api/segment"] * 2


def test_a_text_without_an_alias_is_not(patient: Client, vendor: Vendor) -> None:
    vendor.answer(503, b"")
    with pytest.raises(ServerError) as told:
        patient.create_text("FILTER a > 1")
    assert len(vendor.asked) == 1
    assert "look before" in told.value.help


@pytest.mark.parametrize("loss", LOSSES)
def test_an_update_is_sent_again(lossy: Client, road: Losing, account: Client, loss: Loss) -> None:
    account.create(PAYLOAD)
    road.losses = [loss]
    lossy.update("vip", {"name": "Other"})
    assert [segment.name for segment in stored(account)] == ["Other"]
    assert road.requests == ["PUT /api/segment/vip"] * 2


def test_an_update_that_gave_it_another_slug(lossy: Client, road: Losing, account: Client) -> None:
    account.create(PAYLOAD)
    road.losses = ["answer"]
    renamed = lossy.update("vip", {"slug_name": "best", "name": "Other"})
    assert stored(account) == [renamed]
    assert (renamed.slug_name, renamed.name) == ("best", "Other")


def test_an_update_of_what_somebody_deleted(lossy: Client, road: Losing, account: Client) -> None:
    account.create(PAYLOAD)
    account.create({"slug_name": "best", "segment_ql": "FILTER x", "name": "Theirs"})
    road.losses = ["request"]
    road.meanwhile = lambda: account.delete("vip")
    with pytest.raises(NotFound):
        lossy.update("vip", {"slug_name": "best", "name": "Ours"})
    assert [segment.name for segment in stored(account)] == ["Theirs"]


@pytest.mark.parametrize("loss", LOSSES)
def test_a_deletion_is_done_when_nothing_is_left(
    lossy: Client, road: Losing, account: Client, loss: Loss
) -> None:
    account.create(PAYLOAD)
    road.losses = [loss]
    lossy.delete("vip")
    assert stored(account) == []
    assert road.requests == ["DELETE /api/segment/vip"] * 2


def test_a_deletion_of_nothing(lossy: Client, road: Losing) -> None:
    with pytest.raises(NotFound):
        lossy.delete("vip")
    road.losses = ["429"]  # it was not even read, and so the second answer stands
    with pytest.raises(NotFound):
        lossy.delete("vip")


def test_other_failures_are_told_at_once(emulator: str) -> None:
    with losing(emulator) as road:
        client = Client(Credentials(road.url, "wrong-token"), retry=QUICK)
        with client, pytest.raises(Unauthorized):
            client.create(PAYLOAD)
    assert len(road.requests) == 1


def test_no_connection_at_all() -> None:
    client = Client(Credentials("http://127.0.0.1:1", TOKEN), retry=QUICK)
    with client, pytest.raises(ConnectionFailed) as told:
        client.create(PAYLOAD)
    assert not told.value.is_doubtful


def test_a_deadline_is_kept_while_looking(vendor: Vendor) -> None:
    vendor.decide = lambda asked: reply(503)
    retry = Retry(retries=100, first=0.02, longest=0.02, deadline=0.3)
    with Client(Credentials(vendor.url, TOKEN), retry=retry) as client, pytest.raises(ServerError):
        client.create(PAYLOAD)
    assert vendor.asked[-1].at - vendor.asked[0].at < 0.5
