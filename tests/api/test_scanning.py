"""Members, page by page: of both documents, of any number, and in parallel."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from itertools import islice
from urllib.parse import parse_qs, urlsplit

import pytest

from segql.api import Client, MalformedResponse, Page, Rejected, Scan, ServerError

from .conftest import TOKEN, Asked, Reply, Vendor, reply

Query = dict[str, list[str]]


def query_of(asked: Asked) -> Query:
    return parse_qs(urlsplit(asked.path).query)


class Members:
    """An account with numbered members, told page by page.

    `param` takes the token and `token` hands it back: they differ between the documents.
    """

    def __init__(self, count: int, param: str = "start", token: str = "next") -> None:
        self.count, self.param, self.token = count, param, token
        self.failing_at = -1

    def __call__(self, asked: Asked) -> Reply:
        query = query_of(asked)
        first = int(query.get(self.param, ["at-0"])[0].removeprefix("at-"))
        if first == self.failing_at:
            return reply(500, {"message": "no more"})
        splits = {int(split) for text in query.get("splits", []) for split in text.split(",")}
        ours = [n for n in range(self.count) if not splits or n % 100 in splits]
        last = first + int(query["limit"][0])
        page = [{"_uid": str(n)} for n in ours[first:last]]
        following = f"at-{last}" if last < len(ours) else ""
        return reply(200, {"data": page, self.token: following, "total": len(ours)})


def uids(scan: Scan) -> list[int]:
    return [int(member["_uid"]) for member in scan]


def test_all_pages_of_the_page(client: Client, vendor: Vendor) -> None:
    vendor.decide = Members(25)
    assert uids(client.scan("my slug", limit=10)) == list(range(25))
    assert vendor.requests == [
        "GET /api/segment/my%20slug/scan?limit=10",
        "GET /api/segment/my%20slug/scan?limit=10&start=at-10",
        "GET /api/segment/my%20slug/scan?limit=10&start=at-20",
    ]


def test_all_pages_of_the_openapi_description(client: Client, vendor: Vendor) -> None:
    vendor.decide = Members(25, "next", "_next")
    assert uids(client.scan_filter("FILTER a > 1", limit=10, generation=3)) == list(range(25))
    assert vendor.requests == [
        "POST /api/segment/scan?limit=10&generation=3",
        "POST /api/segment/scan?limit=10&next=at-10&generation=3",
        "POST /api/segment/scan?limit=10&next=at-20&generation=3",
    ]
    assert {asked.body for asked in vendor.asked} == {b'{"filter":"FILTER a > 1"}'}


def test_a_stored_segment_by_the_openapi_description(client: Client, vendor: Vendor) -> None:
    vendor.decide = Members(3, "next", "_next")
    assert uids(client.scan_filter(id="7")) == [0, 1, 2]
    assert vendor.asked[0].body == b'{"id":"7"}'


@pytest.mark.parametrize("arguments", [{}, {"filter": "a", "id": "7"}])
def test_a_scan_of_nothing_or_of_two_things(client: Client, arguments: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="a filter or an id"):
        client.scan_filter(**arguments)


def test_everything_a_scan_may_be_told(client: Client, vendor: Vendor) -> None:
    list(
        client.scan_query(
            id="7",
            segments={"op": "and"},
            limit=5,
            start="x y",
            splits=[1, 5],
            fields=["email", "visitct"],
            sortfield="visitct",
            sortorder="desc",
            recent=True,
            meta=False,
        )
    )
    (asked,) = vendor.asked
    assert asked.path.startswith("/api/segment/scan?")
    assert query_of(asked) == {
        "id": ["7"],
        "segments": ['{"op":"and"}'],
        "limit": ["5"],
        "start": ["x y"],
        "splits": ["1,5"],
        "fields": ["email,visitct"],
        "sortfield": ["visitct"],
        "sortorder": ["desc"],
        "recent": ["true"],
        "meta": ["false"],
    }


def test_pages_are_fetched_as_they_are_needed(client: Client, vendor: Vendor) -> None:
    vendor.decide = Members(1000)
    scan = client.scan("a", limit=10)
    assert vendor.asked == []
    assert len(list(islice(scan, 15))) == 15
    assert len(vendor.asked) == 2
    assert next(scan)["_uid"] == "15"  # it goes on where it stood
    assert (scan.next, scan.page.total) == ("at-20", 1000)


def test_another_scan_goes_on_at_a_token(client: Client, vendor: Vendor) -> None:
    vendor.decide = Members(25)
    assert uids(client.scan("a", limit=10, start="at-20")) == [20, 21, 22, 23, 24]


def test_pages(client: Client, vendor: Vendor) -> None:
    vendor.answer(200, {"data": [{"a": 1}], "total": 1, "meta": {"a": "int"}})
    (page,) = client.scan("a").pages()
    assert page == Page(members=[{"a": 1}], total=1, meta={"a": "int"})


def test_a_scan_without_an_envelope(client: Client, vendor: Vendor) -> None:
    vendor.answer(200, [{"_uid": "1"}])
    assert uids(client.scan("a")) == [1]


def test_a_token_that_is_the_same_for_all_pages(client: Client, vendor: Vendor) -> None:
    pages = iter([[{"_uid": "0"}], [{"_uid": "1"}], []])
    vendor.decide = lambda asked: reply(200, {"data": next(pages), "next": "cursor"})
    assert uids(client.scan("a")) == [0, 1]


def test_pages_that_are_empty_in_between(client: Client, vendor: Vendor) -> None:
    pages = iter([([], "1"), ([{"_uid": "0"}], "2"), ([], "3"), ([{"_uid": "1"}], "")])

    def decide(asked: Asked) -> Reply:
        data, token = next(pages)
        return reply(200, {"data": data, "next": token})

    vendor.decide = decide
    assert uids(client.scan("a")) == [0, 1]


def test_pages_that_are_empty_for_ever(client: Client, vendor: Vendor) -> None:
    vendor.decide = lambda asked: reply(200, {"data": [], "next": str(len(vendor.asked))})
    with pytest.raises(MalformedResponse, match="100 pages without a member"):
        list(client.scan("a"))
    assert len(vendor.asked) == 100


def test_a_token_that_has_expired(client: Client, vendor: Vendor) -> None:
    vendor.answer(400, {"message": "no such scan"})
    with pytest.raises(Rejected, match="no such scan") as told:
        list(client.scan("a", start="old"))
    assert told.value.help == "The token of a page lasts ten minutes: begin the scan again."
    with pytest.raises(Rejected) as told:
        list(client.scan("a"))
    assert told.value.help == ""


def test_a_page_is_asked_for_again(patient: Client, vendor: Vendor) -> None:
    members = Members(25)
    lost = iter([False, True, False, True, True])

    def decide(asked: Asked) -> Reply:
        return reply(503) if next(lost, False) else members(asked)

    vendor.decide = decide
    assert uids(patient.scan("a", limit=10)) == list(range(25))
    assert len(vendor.asked) == 6


# ---- In parallel ------------------------------------------------------------------------


def test_splits(client: Client, vendor: Vendor) -> None:
    vendor.decide = Members(1000)
    members = client.scan_splits("a", workers=4, limit=50, fields=["_uid"])
    assert sorted(int(member["_uid"]) for member in members) == list(range(1000))
    shares = {query_of(asked)["splits"][0] for asked in vendor.asked}
    numbers = [int(number) for share in shares for number in share.split(",")]
    assert len(shares) == 4
    assert sorted(numbers) == list(range(100))
    assert {query_of(asked)["fields"][0] for asked in vendor.asked} == {"_uid"}


def test_splits_are_scanned_at_once(client: Client, vendor: Vendor) -> None:
    members = Members(300)
    together = threading.Barrier(3, timeout=10)

    def decide(asked: Asked) -> Reply:
        together.wait()
        return members(asked)

    vendor.decide = decide
    assert len(list(client.scan_splits("a", workers=3, limit=1000))) == 300


def test_fewer_splits_than_workers(client: Client, vendor: Vendor) -> None:
    vendor.decide = Members(1000)
    members = list(client.scan_splits("a", workers=8, splits=[3, 7]))
    assert {int(member["_uid"]) % 100 for member in members} == {3, 7}
    assert len(vendor.asked) == 2


def test_a_failure_ends_all_of_them(client: Client, vendor: Vendor) -> None:
    members = vendor.decide = Members(100_000)
    members.failing_at = 20
    with pytest.raises(ServerError, match="no more"):
        list(client.scan_splits("a", workers=4, limit=10))
    assert threading.active_count() < 20


def test_a_reader_who_has_seen_enough(client: Client, vendor: Vendor) -> None:
    vendor.decide = Members(100_000)
    before = threading.active_count()
    members = client.scan_splits("a", workers=4, limit=10)
    assert len(list(islice(members, 5))) == 5
    members.close()
    asked = len(vendor.asked)
    assert asked < 30
    assert threading.active_count() <= before + 4  # the server's own
    assert len(vendor.asked) == asked


def test_splits_have_no_one_token(client: Client) -> None:
    with pytest.raises(ValueError, match="one token"):
        client.scan_splits("a", start="x")


def test_nobody_to_scan(client: Client) -> None:
    with pytest.raises(ValueError, match="a worker"):
        client.scan_splits("a", workers=0)


# ---- Very many --------------------------------------------------------------------------

COUNTING = """
import resource, sys
from segql.api import Client, Credentials

with Client(Credentials(sys.argv[1], sys.argv[2])) as client:
    first = next(client.scan_filter("FILTER a", limit=5000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    count = sum(1 for _ in client.scan_filter("FILTER a", limit=5000))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(count, after - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the unit of ru_maxrss is another elsewhere")
def test_a_million_members_need_no_more_memory_than_a_page(vendor: Vendor) -> None:
    members = [{"_uid": str(n), "email": f"{n}@example.com", "visitct": n} for n in range(5000)]
    page = json.dumps(members)

    def decide(asked: Asked) -> Reply:
        number = int(query_of(asked).get("next", ["0"])[0])
        token = str(number + 1) if number < 199 else ""
        return Reply(200, f'{{"_next": "{token}", "data": {page}}}'.encode())

    vendor.decide = decide
    arguments = [sys.executable, "-c", COUNTING, vendor.url, TOKEN]
    run = subprocess.run(arguments, capture_output=True, text=True, check=True, timeout=120)
    count, kilobytes = map(int, run.stdout.split())
    assert count == 1_000_000
    assert kilobytes < 20_000
