"""--retries, --timeout and --verbose: the same for every command that asks an account."""

from __future__ import annotations

from pathlib import Path

import pytest

from .api_server import Answer, Asked, Server, serving, well
from .conftest import TOKEN, Run, Shell, Write

ENDS = ("one", "two")
# Each command with what it asks first.
COMMANDS = {
    ("validate",): "POST /api/segment/validate",
    ("push",): "GET /api/segment?table=user&valid=all",
    ("plan",): "GET /api/segment?table=user&valid=all",
    ("apply", "--auto-approve"): "GET /api/segment?table=user&valid=all",
    ("drift",): "GET /api/segment?table=user&valid=all",
    ("pull", "--check"): "GET /api/segment?table=user&valid=all",
    ("sync", *ENDS, "--dry-run"): "GET /api/segment?table=user&valid=all",
    ("catalog", "pull"): "GET /api/schema/user",
    ("api", "GET", "/api/account"): "GET /api/account",
}


class Calls:
    """Calls a command for an account that is out of service when it is asked first."""

    def __init__(self, segql: Shell, home: Path) -> None:
        self._segql = segql
        self._profiles = home / ".lytics" / "accounts.toml"

    def __call__(self, *arguments: str, **environment: str) -> tuple[Run, Server]:
        def answer(asked: Asked) -> Answer:
            return well(asked) if len(server.asked) > 1 else Answer(503)

        with serving(answer) as server:
            rows = (f'[{each}]\ntoken = "{TOKEN}-{each}"\nurl = "{server.url}"' for each in ENDS)
            self._profiles.write_text("\n".join(rows), encoding="utf-8")
            self._profiles.chmod(0o600)
            login = {"LYTICS_API_TOKEN": TOKEN, "LYTICS_API_URL": server.url}
            run = self._segql(*arguments, **login, **environment)
        return run, server


@pytest.fixture
def calls(segql: Shell, write: Write, home: Path) -> Calls:
    write("a.segql", "FILTER a ALIAS a")
    return Calls(segql, home)


def asked(server: Server) -> list[str]:
    return [f"{each.method} {each.path}" for each in server.asked]


each_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each[0])


@each_command
def test_what_may_pass_is_tried_again(command: tuple[str, ...], calls: Calls) -> None:
    run, server = calls(*command, "--retries", "1")
    assert asked(server)[:2] == [COMMANDS[command]] * 2
    assert "503" not in run.err


@each_command
def test_without_retries_it_is_not(command: tuple[str, ...], calls: Calls) -> None:
    run, server = calls(*command, "--retries", "0")
    assert asked(server) == [COMMANDS[command]]
    assert run.code == 2
    assert "503" in run.err


@each_command
def test_requests_are_told(command: tuple[str, ...], calls: Calls) -> None:
    run, server = calls(*command, "--retries", "1", "--verbose")
    method, path = COMMANDS[command].split(" ")
    told = [line for line in run.err.splitlines() if server.url in line]
    assert told[0].startswith(f"{method} {server.url}{path}: 503 in ")
    assert len(told) >= len(server.asked)


def test_the_environment_says_it_for_all(calls: Calls) -> None:
    _, server = calls("plan", SEGQL_RETRIES="1")
    assert len(server.asked) == 3


def test_a_wrong_number_is_told(segql: Shell) -> None:
    run = segql("plan", SEGQL_RETRIES="many")
    assert run.code == 2
    assert "'--retries'" in run.err
