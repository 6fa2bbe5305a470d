"""Accounts, profiles, data models, connections, jobs and work: what is sent, what comes back."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from segql.api import (
    Account,
    Client,
    Connection,
    ConnectionRequest,
    Datamodel,
    DatamodelField,
    Job,
    JobRequest,
    MalformedResponse,
    NotFound,
    SegmentSize,
    Work,
    WorkRequest,
)

from .conftest import Asked, Reply, Vendor, reply

TIMES = {"created": "2024-01-01T00:00:00Z", "modified": "2024-02-01T00:00:00Z"}
ACCOUNT = {"aid": "12345", "name": "ACME", "apikey": "k"} | TIMES
FIELD = {"name": "em", "as": "email", "type": "string", "is_by": True}
MODEL = {"id": "1", "name": "web", "fields": [FIELD]} | TIMES
WANTED = {"name": "Warehouse", "type": "bigquery", "auth_id": "9", "config": {"dataset": "d"}}
CONNECTION = {"id": "c1"} | WANTED | TIMES
TASK = {"type": "import", "connection_id": "c1", "config": {"rows": 5}}
JOB = {"id": "j1", "status": "running", "error": ""} | TASK | TIMES
PROFILE = {"_uid": "1", "email": "a@example.com", "scores": {"x": 0.5}, "anything": [1, None]}
WORK = {"workflow_id": "w", "verbose_logging": True, "config": {"collection_id": "c"}}
SIZE = {"id": "1", "name": "Active", "slug_name": "active", "size": 10402}

Call = Callable[[Client], object]

# What is called; method and path; the JSON body; the data that is answered; what that becomes.
OPERATIONS: list[tuple[Call, str, object, object, object]] = [
    (lambda c: c.accounts(), "GET /api/account", None, [ACCOUNT], [Account(**ACCOUNT)]),
    (lambda c: c.account("1 2"), "GET /api/account/1%202", None, ACCOUNT, Account(**ACCOUNT)),
    (
        lambda c: c.entity("user", "email", "a/b@example.com"),
        "GET /api/entity/user/email/a%2Fb%40example.com",
        None,
        PROFILE,
        PROFILE,
    ),
    (
        lambda c: c.entity("user", "_uid", "1", fields=["email", "a b"]),
        "GET /api/entity/user/_uid/1?fields=email%2Ca+b",
        None,
        PROFILE,
        PROFILE,
    ),
    (
        lambda c: c.datamodels(),
        "GET /api/datamodel",
        None,
        [MODEL],
        [
            Datamodel(
                id="1",
                name="web",
                fields=(DatamodelField(name="em", as_="email", type="string", is_by=True),),
                **TIMES,
            )
        ],
    ),
    (
        lambda c: c.datamodel("web"),
        "GET /api/datamodel/web",
        None,
        {"name": "web", "fields": None},
        Datamodel(name="web"),
    ),
    (
        lambda c: c.collect({"email": "å@example.com", "n": 1}),
        "POST /api/collect",
        {"email": "å@example.com", "n": 1},
        None,
        None,
    ),
    (
        lambda c: c.collect({"a": None}, stream="web hits"),
        "POST /api/collect?stream=web+hits",
        {"a": None},
        None,
        None,
    ),
    (
        lambda c: c.connections(),
        "GET /api/connection",
        None,
        [CONNECTION],
        [Connection(**CONNECTION)],
    ),
    (
        lambda c: c.connection("c1"),
        "GET /api/connection/c1",
        None,
        CONNECTION,
        Connection(**CONNECTION),
    ),
    (
        lambda c: c.create_connection(ConnectionRequest(**WANTED)),
        "POST /api/connection",
        WANTED,
        CONNECTION,
        Connection(**CONNECTION),
    ),
    (
        lambda c: c.update_connection("c1", ConnectionRequest(name="a", type="b")),
        "PUT /api/connection/c1",
        {"name": "a", "type": "b"},
        CONNECTION,
        Connection(**CONNECTION),
    ),
    (lambda c: c.delete_connection("c1"), "DELETE /api/connection/c1", None, None, None),
    (lambda c: c.jobs(), "GET /api/job", None, [JOB], [Job(**JOB)]),
    (lambda c: c.job("j1"), "GET /api/job/j1", None, JOB, Job(**JOB)),
    (
        lambda c: c.create_job(JobRequest(**TASK)),
        "POST /api/job",
        TASK,
        JOB,
        Job(**JOB),
    ),
    (lambda c: c.cancel_job("j1"), "DELETE /api/job/j1", None, None, None),
    (
        lambda c: c.start_work(WorkRequest(**WORK)),
        "POST /api/work",
        WORK,
        {"id": "7"},
        Work(id="7"),
    ),
    (
        lambda c: c.start_work(WorkRequest(workflow_id="w")),
        "POST /api/work",
        {"workflow_id": "w"},
        {"id": "7"},
        Work(id="7"),
    ),
    (lambda c: c.sizes(), "GET /api/segment/sizes", None, [SIZE], [SegmentSize(**SIZE)]),
    (
        lambda c: c.sizes(["1", "a,b"]),
        "GET /api/segment/sizes?ids=1%2Ca%2Cb",
        None,
        [SIZE, {"size": 3, "type": "custom"}],
        [SegmentSize(**SIZE), SegmentSize(size=3)],
    ),
]


@pytest.mark.parametrize(("call", "request_line", "body", "data", "expected"), OPERATIONS)
@pytest.mark.parametrize("is_bare", [False, True])
def test_operation(
    client: Client,
    vendor: Vendor,
    call: Call,
    request_line: str,
    body: object,
    data: object,
    expected: object,
    is_bare: bool,
) -> None:
    vendor.answer(200, data if is_bare else {"status": 200, "message": "ok", "data": data})
    assert call(client) == expected
    (asked,) = vendor.asked
    assert f"{asked.method} {asked.path}" == request_line
    assert (json.loads(asked.body) if asked.body else None) == body
    assert asked.headers.get("content-type") == (body and "application/json")


def test_a_size(client: Client, vendor: Vendor) -> None:
    vendor.answer(200, {"data": SIZE})
    assert client.size("FILTER å > 1") == SegmentSize(**SIZE)
    (asked,) = vendor.asked
    assert (asked.method, asked.path) == ("POST", "/api/segment/size")
    assert asked.headers["content-type"] == "text/plain"
    assert asked.body.decode() == "FILTER å > 1"


def test_a_size_of_something_without_a_name(client: Client, vendor: Vendor) -> None:
    vendor.answer(200, {"data": {"size": 0}})
    assert client.size("FILTER a") == SegmentSize(size=0)


def test_sizes_of_very_many(client: Client, vendor: Vendor) -> None:
    ids = [f"{number:032x}" for number in range(250)]

    def decide(asked: Asked) -> Reply:
        named = asked.path.partition("ids=")[2].split("%2C")
        assert len(asked.path) < 8000
        return reply(200, {"data": [{"id": id, "size": 1} for id in named]})

    vendor.decide = decide
    assert [size.id for size in client.sizes(ids)] == ids
    assert len(vendor.asked) == 3


def test_sizes_of_none(client: Client, vendor: Vendor) -> None:
    assert client.sizes([]) == []
    assert vendor.asked == []


def test_the_other_name_of_a_time(client: Client, vendor: Vendor) -> None:
    vendor.answer(200, {"data": {"id": "j1", "updated": "2024-02-01T00:00:00Z"}})
    assert client.job("j1") == Job(id="j1", modified="2024-02-01T00:00:00Z")


@pytest.mark.parametrize(
    "call",
    [
        lambda c: c.accounts(),
        lambda c: c.datamodels(),
        lambda c: c.connections(),
        lambda c: c.jobs(),
        lambda c: c.sizes(),
        lambda c: list(c.scan("a")),
    ],
)
def test_a_list_that_is_null(client: Client, vendor: Vendor, call: Call) -> None:
    vendor.answer(200, {"data": None})
    assert call(client) == []


@pytest.mark.parametrize(
    ("call", "data"),
    [
        (lambda c: c.account("1"), {"name": "no aid"}),
        (lambda c: c.account("1"), {"aid": []}),
        (lambda c: c.entity("user", "_uid", "1"), [PROFILE]),
        (lambda c: c.entity("user", "_uid", "1"), 5),
        (lambda c: c.datamodel("a"), {"fields": [5]}),
        (lambda c: c.connection("1"), {"id": "1", "config": []}),
        (lambda c: c.jobs(), {}),
        (lambda c: c.jobs(), [{"status": "running"}]),
        (lambda c: c.start_work(WorkRequest(workflow_id="a")), None),
        (lambda c: c.size("a"), {"size": "many"}),
        (lambda c: list(c.scan("a")), [5]),
        (lambda c: list(c.scan("a")), 5),
    ],
)
def test_an_answer_of_another_shape(
    client: Client, vendor: Vendor, call: Call, data: object
) -> None:
    vendor.answer(200, {"data": data})
    with pytest.raises(MalformedResponse, match="cannot be understood"):
        call(client)


@pytest.mark.parametrize(
    "call",
    [
        lambda c: c.account(""),
        lambda c: c.entity("user", "email", ".."),
        lambda c: c.entity("", "email", "a"),
        lambda c: c.datamodel("."),
        lambda c: c.delete_connection(""),
        lambda c: c.cancel_job(""),
        lambda c: c.scan(".."),
    ],
)
def test_a_name_that_would_address_something_else(
    client: Client, vendor: Vendor, call: Call
) -> None:
    with pytest.raises(NotFound):
        call(client)
    assert vendor.asked == []


def test_content_collections(account: Client) -> None:
    """The same operations over another table, at the emulated account."""
    account.create_text('FILTER PATH = "blog" FROM content ALIAS articles')
    account.create({"slug_name": "pages", "segment_ql": "FILTER a", "table": "content"})
    listed = {segment.slug_name: segment.table for segment in account.segments("content")}
    assert listed == {"articles": "content", "pages": "content"}
    assert account.segments() == []
