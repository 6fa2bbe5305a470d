"""``segql emulator``: what it is started with, and what it says when it cannot start."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx2
import pytest

from .conftest import Shell

TEXT = {"Content-Type": "text/plain"}


class Served(NamedTuple):
    http: httpx2.Client
    process: subprocess.Popen[str]


@contextmanager
def serving(segql: Shell, *arguments: str, **environment: str) -> Iterator[Served]:
    """The command on a free port, and a caller with the token `token`."""
    with subprocess.Popen(
        [sys.executable, "-m", "segql", "emulator", "--port", "0", *arguments],
        cwd=segql.folder,
        env=segql.environment | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            first = process.stdout.readline()
            assert first.startswith("emulator: http://127.0.0.1:"), process.communicate()[1]
            url = first.split()[1]
            with httpx2.Client(
                base_url=url, headers={"Authorization": "token"}, trust_env=False
            ) as http:
                yield Served(http, process)
        finally:
            process.kill()


def stop(served: Served) -> tuple[int, str, str]:
    served.process.send_signal(signal.SIGINT)
    out, err = served.process.communicate(timeout=20)
    return served.process.returncode, out, err


def size(http: httpx2.Client, text: str = "FILTER *") -> int:
    response = http.post("/api/segment/size", content=text.encode(), headers=TEXT)
    assert response.status_code == 200, response.text
    return response.json()["data"]["size"]


def test_it_serves_until_it_is_stopped(segql: Shell) -> None:
    with serving(segql) as served:
        assert size(served.http) == 0
        assert stop(served) == (0, "", "")


def test_profiles_and_catalogs(segql: Shell) -> None:
    (segql.folder / "people.ndjson").write_text('{"phone": 1, "n": "2020"}\n' * 2 + "oops\n")
    (segql.folder / "more.csv").write_text("phone,n\n2,7\n")
    (segql.folder / "pages.json").write_text('[{"url": "a"}, {"url": "b"}]')
    fields = {"fields": [{"name": "phone", "type": "string", "identity": True}]}
    (segql.folder / "catalog.user.json").write_text(json.dumps(fields))
    files = ("people.ndjson", "more.csv", "content=pages.json")
    options = [part for file in files for part in ("--profiles", file)]
    with serving(segql, *options, "--catalog", "catalog.user.json") as served:
        assert size(served.http) == 2
        assert size(served.http, 'FILTER phone = "2"') == 1
        assert size(served.http, "FILTER * FROM content") == 2
        code, out, err = stop(served)
    assert (code, out) == (0, "")
    assert err == "segql: people.ndjson: line 3: it is not JSON\n"


def test_a_file_whose_name_has_an_equals_sign(segql: Shell) -> None:
    (segql.folder / "user=a.ndjson").write_text('{"user_id": 1}\n')
    with serving(segql, "--profiles", "user=a.ndjson") as served:
        assert size(served.http) == 1


def test_a_database(segql: Shell) -> None:
    for expected in (1, 2):
        with serving(segql, "--database", "a.duckdb") as served:
            served.http.post("/api/collect", json={"user_id": expected})
            assert size(served.http) == expected
            assert stop(served)[0] == 0


def test_the_only_token(segql: Shell) -> None:
    with serving(segql, SEGQL_EMULATOR_TOKEN="another-token") as served:
        assert served.http.get("/api/account").status_code == 401
        assert served.http.get("/").status_code == 401
        assert served.http.get("/api/account?key=another-token").status_code == 401  # header first
        served.http.headers["Authorization"] = "another-token"
        assert served.http.get("/api/account").status_code == 200
        code, out, err = stop(served)
    assert (code, out, err) == (0, "", "")


def test_faults_and_latency(segql: Shell) -> None:
    faults = ("--fault", "GET /api/job:503", "--fault", "GET /api/account:drop", "--latency", "1:1")
    with serving(segql, *faults, "--fault-seed", "3") as served:
        assert served.http.get("/api/job").status_code == 503
        with pytest.raises(httpx2.RemoteProtocolError):
            served.http.get("/api/account")
        assert size(served.http) == 0
        assert stop(served) == (0, "", "")


def test_limits_and_times(segql: Shell) -> None:
    times = ("--scan-lifetime", "0.000001", "--job-time", "0")
    with serving(segql, "--limits", *times) as served:
        assert size(served.http) == 0
        again = served.http.post("/api/segment/size", content=b"FILTER *", headers=TEXT)
        assert again.status_code == 429
        work = served.http.post("/api/work", json={"workflow_id": "x"}).json()["data"]["id"]
        assert served.http.get(f"/api/job/{work}").json()["data"]["status"] == "complete"
        for number in range(2):
            served.http.post("/api/collect", json={"user_id": number})
        page = served.http.get("/api/segment/scan?id=all_users&limit=1").json()
        rest = served.http.get("/api/segment/scan", params={"start": page["next"]})
        assert rest.status_code == 400


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--fault", "POST /x:200"), "segql: `POST /x:200` is no fault\n  help: Write METHOD"),
        (("--fault", "x"), "segql: `x` is no fault\n"),
        (("--latency", "fast"), "segql: `fast` is no latency\n  help: Write milliseconds"),
        (("--profiles", "none.ndjson"), "segql: cannot read none.ndjson: No such file"),
        (("--profiles", "content=none.csv"), "segql: cannot read none.csv: No such file"),
        (("--profiles", "empty.json"), "segql: there is no profile in empty.json\n  help: "),
        (("--catalog", "none.json"), "segql: none.json: No such file"),
        (("--catalog", "empty.json"), "segql: empty.json: "),
        (("--database", "text"), "segql: cannot open the database "),
        (("--scan-lifetime", "0"), "scan-lifetime"),
        (("--job-time", "-1"), "job-time"),
    ],
)
def test_what_it_cannot_start_with(segql: Shell, arguments: tuple[str, ...], message: str) -> None:
    (segql.folder / "empty.json").write_text(" ")
    (segql.folder / "text").write_text("no database " * 1000)
    run = segql("emulator", "--port", "0", *arguments)
    assert (run.code, run.out) == (2, "")
    assert message in run.err


def test_a_token_in_a_log(segql: Shell, tmp_path: Path) -> None:
    """Nothing that a caller says of itself is printed, whatever goes wrong."""
    secret = "s3cret-token"
    with serving(segql, "--fault", "/api/job:500", SEGQL_EMULATOR_TOKEN=secret) as served:
        served.http.headers["Authorization"] = secret
        for path in ("/api/job", "/api/account", "/api/none", "/", "/openapi.json"):
            response = served.http.get(path, params={"key": secret})
            assert secret not in response.text
        assert served.http.post("/api/segment", content=b"{", headers=TEXT).status_code == 400
        _, out, err = stop(served)
    assert secret not in out + err
