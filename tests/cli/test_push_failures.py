"""A push that cannot be ended: what was done, what was not, and the exit code."""

from __future__ import annotations

import json

import pytest

from .api_server import Answer, Asked, Server, serving, well
from .conftest import TOKEN, Run, Shell, Write

FIVE = "\n".join(f"FILTER a > {number} ALIAS s{number}" for number in range(1, 6))


def pushed(segql: Shell, server: Server) -> Run:
    return segql("push", LYTICS_API_TOKEN=TOKEN, LYTICS_API_URL=server.url)


def test_a_server_that_fails_at_the_third_write(segql: Shell, write: Write) -> None:
    write("a.segql", FIVE)

    def answer(asked: Asked) -> Answer:
        return Answer(500, '{"message": "no more"}') if len(server.writes) == 3 else well(asked)

    with serving(answer) as server:
        run = pushed(segql, server)
    assert run.code == 2
    assert run.out.splitlines() == [
        "created   s1",
        "created   s2",
        "not done  s3  (create)",
        "not done  s4  (create)",
        "not done  s5  (create)",
        "Stopped: 2 created, 0 updated, 0 unchanged, 3 not done.",
    ]
    assert run.err.splitlines() == [
        f"segql: POST {server.url}/api/segment: the server failed (500): no more",
        "  help: Try again in a while.",
    ]
    assert len(server.writes) == 3


def test_a_refusal_at_validation_writes_nothing(segql: Shell, write: Write) -> None:
    write("a.segql", FIVE)

    def answer(asked: Asked) -> Answer:
        is_third = not asked.is_write and "a > 3" in asked.body
        return Answer(400, '{"message": "not in this account"}') if is_third else well(asked)

    with serving(answer) as server:
        run = pushed(segql, server)
    assert run.code == 1
    assert run.out.splitlines() == [
        *(f"not done  s{number}  (create)" for number in range(1, 6)),
        "Stopped: nothing was written.",
    ]
    assert run.err.startswith(f"segql: s3: POST {server.url}/api/segment/validate: refused (400)")
    assert server.writes == []


def test_everything_is_validated_before_the_first_write(segql: Shell, write: Write) -> None:
    write("a.segql", FIVE)
    with serving(well) as server:
        assert pushed(segql, server).code == 0
    assert [asked.is_write for asked in server.asked] == [False] * 6 + [True] * 5


def test_what_is_unchanged_is_not_sent(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a > 1 ALIAS s1; FILTER a > 2 ALIAS s2")
    remote = {"id": "7", "slug_name": "s1", "segment_ql": "FILTER a > 1", "name": "s1"}

    def answer(asked: Asked) -> Answer:
        listed = Answer(200, json.dumps({"data": [remote]}))
        return listed if asked.method == "GET" else well(asked)

    with serving(answer) as server:
        run = pushed(segql, server)
    assert run.out.splitlines()[:2] == ["unchanged s1", "created   s2"]
    assert [asked.path for asked in server.asked[1:]] == ["/api/segment/validate", "/api/segment"]
    assert all("a > 2" in asked.body for asked in server.asked[1:])


def test_a_segment_that_vanishes_meanwhile(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a > 1 ALIAS s1")
    remote = {"id": "7", "slug_name": "s1", "segment_ql": "FILTER b"}

    def answer(asked: Asked) -> Answer:
        if asked.method == "PUT":
            return Answer(404, '{"message": "gone"}')
        return Answer(200, json.dumps({"data": [remote]})) if asked.method == "GET" else well(asked)

    with serving(answer) as server:
        run = pushed(segql, server)
    assert (run.code, run.out.splitlines()) == (
        2,
        ["not done  s1  (update)", "Stopped: nothing was written."],
    )
    assert "not found (404): gone" in run.err
    assert server.asked[-1].path == "/api/segment/7"


@pytest.mark.parametrize(("status", "code"), [(400, 1), (422, 1), (429, 2), (401, 2), (503, 2)])
def test_the_exit_code_tells_a_refusal_from_a_failure(
    segql: Shell, write: Write, status: int, code: int
) -> None:
    write("a.segql", "FILTER a ALIAS a")
    for command in ("push", "validate"):
        with serving(lambda q: Answer(status) if q.method == "POST" else well(q)) as server:
            run = segql(command, LYTICS_API_TOKEN=TOKEN, LYTICS_API_URL=server.url)
        assert run.code == code
        assert f"({status})" in run.err


def test_validate_goes_on_after_a_refusal(segql: Shell, write: Write) -> None:
    write("a.segql", FIVE)

    def answer(asked: Asked) -> Answer:
        return Answer(400, '{"message": "no"}') if "a > 3" in asked.body else well(asked)

    with serving(answer) as server:
        run = segql("validate", LYTICS_API_TOKEN=TOKEN, LYTICS_API_URL=server.url)
    assert run.code == 1
    assert run.out.splitlines() == [
        "valid     s1",
        "valid     s2",
        "refused   s3",
        "valid     s4",
        "valid     s5",
        "4 valid, 1 refused.",
    ]
    where = f"{server.url}/api/segment/validate"
    assert run.err == f"segql: s3: POST {where}: refused (400): no\n"


def test_validate_stops_when_there_are_too_many_requests(segql: Shell, write: Write) -> None:
    write("a.segql", FIVE)
    with serving(lambda asked: Answer(429)) as server:
        run = segql("validate", LYTICS_API_TOKEN=TOKEN, LYTICS_API_URL=server.url)
    assert (run.code, run.out) == (2, "")
    assert run.err.endswith("  help: Wait a while, then try again.\n")
    assert len(server.asked) == 1
