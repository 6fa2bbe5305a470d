"""The whole API at the emulated account: what is written comes back, from every operation."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from segql.api import (
    Client,
    ConnectionRequest,
    Credentials,
    JobRequest,
    NotFound,
    Rejected,
    Retry,
    WorkRequest,
)
from segql.emulator import Faults, Setup, parse_fault, running

from .conftest import TOKEN

COUNT = 230
FAULTS = (
    *("GET *:502:0.2", "GET *:drop:0.1", "PUT *:502-after:0.3", "DELETE *:drop-after:0.3"),
    *("POST /api/segment:drop:0.2", "POST /api/segment:502-after:0.2"),
)


@pytest.fixture(scope="module")
def shop() -> Iterator[Client]:
    """An account with members in it, whose answers get lost every now and then."""
    faults = [parse_fault(text) for text in FAULTS]
    retry = Retry(retries=20, first=0.001, longest=0.005, deadline=30)
    setup = Setup(token=TOKEN, faults=Faults(faults, seed=7))
    with (
        running(setup) as url,
        Client(Credentials(url, TOKEN), retry=retry, size_interval=0) as client,
    ):
        for number in range(COUNT):
            client.collect({"email": f"{number}@example.com", "visitct": number})
        yield client


def numbers(members: Iterator[dict[str, object]]) -> list[object]:
    return sorted(member["visitct"] for member in members)


def test_accounts(shop: Client) -> None:
    (listed,) = shop.accounts()
    assert shop.account(listed.aid) == listed
    with pytest.raises(NotFound):
        shop.account("nobody")


def test_entities(shop: Client) -> None:
    assert shop.entity("user", "email", "7@example.com")["visitct"] == 7
    assert shop.entity("user", "email", "7@example.com", fields=["visitct"]) == {"visitct": 7}
    with pytest.raises(NotFound):
        shop.entity("user", "email", "nobody@example.com")


def test_data_models(shop: Client) -> None:
    model = next(each for each in shop.datamodels() if each.fields)
    assert model.name
    assert shop.datamodel(model.name) == model
    fields = {field.as_ for field in model.fields or ()}
    assert {"email", "visitct"} <= fields


def test_scans(shop: Client) -> None:
    segment = shop.create({"slug_name": "many", "segment_ql": "FILTER visitct >= 10"})
    expected = list(range(10, COUNT))
    assert numbers(shop.scan("many")) == expected
    assert numbers(shop.scan("many", limit=7)) == expected
    assert numbers(shop.scan_query(id=segment.id)) == expected
    assert numbers(shop.scan_query(segments="FILTER visitct >= 10")) == expected
    assert numbers(shop.scan_filter("FILTER visitct >= 10", limit=50)) == expected
    assert numbers(shop.scan_filter(id=segment.id)) == expected
    assert numbers(shop.scan_splits("many", workers=5, limit=10)) == expected
    ordered = shop.scan("many", sortfield="visitct", sortorder="desc", fields=["visitct"])
    assert next(ordered) == {"visitct": COUNT - 1}
    shop.delete("many")


def test_a_scan_that_is_gone_on_with(shop: Client) -> None:
    first = shop.scan_filter("FILTER visitct >= 0", limit=100)
    page = next(first.pages())
    assert (len(page.members), page.total) == (100, COUNT)
    rest = shop.scan_filter("FILTER visitct >= 0", limit=100, start=first.next)
    assert numbers(iter([*page.members, *rest])) == list(range(COUNT))


def test_a_token_that_was_never_given(shop: Client) -> None:
    shop.create({"slug_name": "few", "segment_ql": "FILTER visitct < 3"})
    with pytest.raises(Rejected, match="token") as told:
        list(shop.scan("few", start="x" * 33))
    assert "begin the scan again" in told.value.help
    shop.delete("few")


def test_every_segment_is_written_once(shop: Client) -> None:
    """However many answers get lost."""
    made = [
        shop.create({"slug_name": f"s{number}", "segment_ql": f"FILTER visitct > {number}"})
        for number in range(40)
    ]
    assert sorted(each.id for each in shop.segments()) == sorted(each.id for each in made)
    for each in made:
        assert shop.upsert({"slug_name": each.slug_name, "segment_ql": "FILTER a"}).id == each.id
    assert {each.segment_ql for each in shop.segments()} == {"FILTER a"}
    for each in made:
        shop.delete(each.id)
    assert shop.segments() == []


def test_sizes(shop: Client) -> None:
    one = shop.create({"slug_name": "one", "segment_ql": "FILTER visitct < 3"})
    two = shop.create({"slug_name": "two", "segment_ql": "FILTER visitct < 5"})
    assert {size.slug_name: size.size for size in shop.sizes()} == {"one": 3, "two": 5}
    assert [size.size for size in shop.sizes([two.id])] == [5]
    assert shop.size("FILTER NOT INCLUDE two").size == COUNT - 5
    shop.delete(one.id)
    shop.delete(two.id)


def test_connections_jobs_and_work(shop: Client) -> None:
    wanted = ConnectionRequest(name="Warehouse", type="bigquery", config={"dataset": "d"})
    made = shop.create_connection(wanted)
    assert shop.connection(made.id) == made
    assert [each.id for each in shop.connections()] == [made.id]
    changed = shop.update_connection(made.id, ConnectionRequest(name="Other", type="bigquery"))
    assert changed.name == "Other"

    job = shop.create_job(JobRequest(type="import", connection_id=made.id))
    assert (job.connection_id, job.status) == (made.id, "pending")
    shop.cancel_job(job.id)
    assert shop.job(job.id).status == "cancelled"
    work = shop.start_work(WorkRequest(workflow_id="w", config={"collection_id": "c"}))
    assert {each.id for each in shop.jobs()} >= {job.id}
    assert work.id

    shop.delete_connection(made.id)
    with pytest.raises(NotFound):
        shop.connection(made.id)
