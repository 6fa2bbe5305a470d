"""Start and end: the first line, the signals, the file, the port."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

import segql.emulator
from segql.emulator import EmulatorError, running, serve

from .conftest import TOKEN

SERVE = """
import sys
from segql.emulator import serve
serve(database=sys.argv[1] or None, announce=lambda url: print("emulator:", url, flush=True))
print("closed", flush=True)
"""


@contextmanager
def served(database: str = "") -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve in a process of its own; yield it and its url."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, database],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            first = process.stdout.readline()
            assert first.startswith("emulator: http://127.0.0.1:")
            yield process, first.split()[1]
        finally:
            process.kill()


def put(url: str, alias: str) -> None:
    headers = {"Authorization": TOKEN, "Content-Type": "text/plain"}
    text = f"FILTER visitct > 5 ALIAS {alias}".encode()
    response = httpx2.post(f"{url}/api/segment", content=text, headers=headers, trust_env=False)
    assert response.status_code == 201, response.text


def slugs(url: str) -> list[str]:
    response = httpx2.get(f"{url}/api/segment", params={"key": TOKEN}, trust_env=False)
    return [each["slug_name"] for each in response.json()["data"]]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    database = tmp_path / "a.duckdb"
    with served(str(database)) as (process, url):
        put(url, "kept")
        assert slugs(url) == ["kept"]
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, "closed\n", "")
    assert [path.name for path in tmp_path.iterdir()] == ["a.duckdb"]
    with running(database=database) as url:
        assert slugs(url) == ["kept"]


def test_a_signal_right_after_the_first_line() -> None:
    with served() as (process, _):
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, "closed\n", "")


def test_an_open_connection_does_not_hold_it_up() -> None:
    with served() as (process, url):
        host, port = url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as idle:
            idle.sendall(
                b"POST /api/segment?key=x HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n"
            )
            assert slugs(url) == []
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=20)
    assert process.returncode == 0


def test_a_killed_process_loses_nothing(tmp_path: Path) -> None:
    database = tmp_path / "a.duckdb"
    with served(str(database)) as (process, url):
        put(url, "kept")
        process.kill()
        process.communicate(timeout=20)
    with running(database=database) as url:
        assert slugs(url) == ["kept"]


def test_memory_forgets() -> None:
    with running() as url:
        put(url, "a")
    with running() as url:
        assert slugs(url) == []


def test_two_at_once() -> None:
    with running() as one, running() as two:
        put(one, "a")
        assert (slugs(one), slugs(two)) == (["a"], [])


def test_the_thread_ends_with_the_block() -> None:
    with running() as url:
        slugs(url)
    with pytest.raises(httpx2.ConnectError):
        slugs(url)


def test_a_port_in_use() -> None:
    with running() as url:
        port = int(url.rpartition(":")[2])
        announced: list[str] = []
        with pytest.raises(EmulatorError, match=f"port {port}: Address already in use") as caught:
            serve(port=port, announce=announced.append)
    assert "0" in caught.value.help
    assert announced == []


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 99999), ("192.0.2.1", 0)])
def test_a_place_that_cannot_be_had(host: str, port: int) -> None:
    with pytest.raises(EmulatorError, match=r"cannot listen on "), running(host=host, port=port):
        raise AssertionError


def test_ipv6() -> None:
    with running(host="::1") as url:
        assert url.startswith("http://[::1]:")
        assert slugs(url) == []


def test_a_bad_file_is_told_before_the_port(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("no database")
    with pytest.raises(EmulatorError, match="not a valid DuckDB"):
        serve(database=tmp_path / "a", announce=print)


def test_the_front_door_is_light() -> None:
    code = (
        "import sys; from segql.emulator import EmulatorError;"
        "print({'duckdb', 'starlette', 'uvicorn'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"


@pytest.mark.parametrize("name", segql.emulator.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(segql.emulator, name)


def test_another_name_is_not() -> None:
    with pytest.raises(AttributeError, match="severe"):
        _ = segql.emulator.severe
