"""Connections, jobs and workflows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from segql.emulator import Settings, Setup, State
from segql.emulator.calls import Call
from segql.emulator.models import Job, timestamp
from segql.emulator.resources import jobs

from .conftest import assert_error, calling, data

CONNECTION = {"name": "Warehouse", "type": "bigquery", "auth_id": "x", "config": {"set": "a"}}


def connected(http: httpx2.Client) -> dict[str, Any]:
    return data(http.post("/api/connection", json=CONNECTION))


def started(http: httpx2.Client, **more: object) -> dict[str, Any]:
    job = {"type": "export", "connection_id": connected(http)["id"]}
    return data(http.post("/api/job", json=job | more))


def status(http: httpx2.Client, id: str) -> str:
    return data(http.get(f"/api/job/{id}"))["status"]


class TestConnections:
    def test_a_life(self, fresh: httpx2.Client) -> None:
        made = connected(fresh)
        assert CONNECTION.items() <= made.items()
        assert made["created"] == made["modified"]
        path = f"/api/connection/{made['id']}"
        assert data(fresh.get(path)) == made
        assert data(fresh.get("/api/connection")) == [made]
        changed = data(fresh.put(path, json={"name": "Other", "type": "csv"}))
        expected = {"id": made["id"], "created": made["created"], "name": "Other", "type": "csv"}
        assert changed == expected | {"modified": changed["modified"]}
        assert changed["modified"] >= made["modified"]
        assert data(fresh.get(path)) == changed
        assert data(fresh.delete(path)) is None
        assert data(fresh.get("/api/connection")) == []

    @pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
    def test_unknown(self, fresh: httpx2.Client, method: str) -> None:
        body = CONNECTION if method == "PUT" else None
        assert_error(fresh.request(method, "/api/connection/nobody", json=body), 404, "nobody")

    @pytest.mark.parametrize(
        ("change", "in_message"),
        [
            ({"name": 5}, "$.name"),
            ({"auth_id": None}, "$.auth_id"),
            ({"config": []}, "$.config"),
            ({"type": ["x"]}, "$.type"),
        ],
    )
    def test_refused(
        self, fresh: httpx2.Client, change: dict[str, object], in_message: str
    ) -> None:
        made = connected(fresh)
        body = CONNECTION | change
        assert_error(fresh.post("/api/connection", json=body), 400, in_message)
        assert_error(fresh.put(f"/api/connection/{made['id']}", json=body), 400, in_message)
        assert data(fresh.get("/api/connection")) == [made]

    @pytest.mark.parametrize("name", ["name", "type"])
    def test_what_is_needed(self, fresh: httpx2.Client, name: str) -> None:
        body = {key: value for key, value in CONNECTION.items() if key != name}
        assert_error(fresh.post("/api/connection", json=body), 400, name)


class TestJobs:
    @pytest.mark.parametrize(
        ("age", "expected"),
        [(0, "pending"), (20, "pending"), (30, "running"), (90, "running"), (110, "complete")],
    )
    def test_they_move_on(self, age: int, expected: str) -> None:
        with State(settings=Settings(job_time=100)) as state:
            begun = timestamp(datetime.now(UTC) - timedelta(seconds=age))
            job = Job(id="x", type="export", status="pending", created=begun, modified=begun)
            state.jobs.put("x", job)
            told = jobs.fetch(state, Call({"id": "x"}, [], "", b"")).data
            assert isinstance(told, Job)
            assert told.status == expected
            assert (told.modified > begun) == (expected != "pending")
            assert state.jobs.all() == [told]

    def test_a_job_begins_as_pending(self, fresh: httpx2.Client) -> None:
        job = started(fresh, config={"table": "a"})
        assert (job["type"], job["status"], job["config"]) == ("export", "pending", {"table": "a"})
        assert "error" not in job

    def test_cancelled(self, fresh: httpx2.Client) -> None:
        job = started(fresh)
        assert data(fresh.delete(f"/api/job/{job['id']}")) is None
        assert status(fresh, job["id"]) == "cancelled"

    def test_what_is_over_stays_as_it_is(self) -> None:
        with calling(Setup(settings=Settings(job_time=0))) as http:
            job = started(http)
            assert data(http.delete(f"/api/job/{job['id']}")) is None
            assert status(http, job["id"]) == "complete"

    def test_failed(self, fresh: httpx2.Client) -> None:
        job = started(fresh)
        fresh.delete(f"/api/connection/{job['connection_id']}")
        told = data(fresh.get(f"/api/job/{job['id']}"))
        assert (told["status"], told["error"]) == ("failed", "its connection was deleted")

    def test_what_was_complete_does_not_fail(self) -> None:
        with calling(Setup(settings=Settings(job_time=0))) as http:
            job = started(http)
            http.delete(f"/api/connection/{job['connection_id']}")
            assert status(http, job["id"]) == "complete"

    @pytest.mark.parametrize("method", ["GET", "DELETE"])
    def test_unknown(self, fresh: httpx2.Client, method: str) -> None:
        assert_error(fresh.request(method, "/api/job/nobody"), 404, "nobody")

    @pytest.mark.parametrize(
        ("body", "in_message"),
        [
            ({"type": "export", "connection_id": "nobody"}, "no connection 'nobody'"),
            ({"type": "export"}, "connection_id"),
            ({"connection_id": "x"}, "type"),
            ({"type": "export", "connection_id": 5}, "connection_id"),
        ],
    )
    def test_refused(self, fresh: httpx2.Client, body: object, in_message: str) -> None:
        assert_error(fresh.post("/api/job", json=body), 400, in_message)
        assert data(fresh.get("/api/job")) == []


class TestWork:
    def test_it_is_a_job(self, fresh: httpx2.Client) -> None:
        body = {"workflow_id": "e40a", "verbose_logging": True, "config": {"a": 1}}
        made = data(fresh.post("/api/work", json=body))
        assert made.keys() == {"id"}
        job = data(fresh.get(f"/api/job/{made['id']}"))
        assert (job["type"], job["status"]) == ("work", "pending")
        assert job["config"] == {"a": 1, "workflow_id": "e40a", "verbose_logging": True}
        assert "connection_id" not in job

    @pytest.mark.parametrize(
        "body", [{}, {"workflow_id": 5}, {"workflow_id": "x", "verbose_logging": "yes"}]
    )
    def test_refused(self, fresh: httpx2.Client, body: object) -> None:
        assert_error(fresh.post("/api/work", json=body), 400)


def test_the_account(fresh: httpx2.Client) -> None:
    (account,) = data(fresh.get("/api/account"))
    assert data(fresh.get(f"/api/account/{account['aid']}")) == account
    assert account.keys() == {"aid", "name", "created", "modified"}  # and no key
    segment = {"name": "n", "segment_ql": "FILTER a > 1"}
    assert data(fresh.post("/api/segment", json=segment), 201)["account_id"] == account["aid"]
    assert_error(fresh.get("/api/account/nobody"), 404, "nobody")
