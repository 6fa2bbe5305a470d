"""docs/github-actions.yml: which job runs when, what it may do, and a day of it."""

from __future__ import annotations

import shutil

import pytest

from segql.api import Client, Credentials
from segql.emulator import Faults, Setup, parse_fault, running
from tests.accounts import TOKEN, stored

from .conftest import Start
from .forges import GitHub
from .runners import WORKFLOW, Machine, read


@pytest.mark.parametrize(
    ("event", "jobs"),
    [
        ("pull_request", ["check", "code-scanning", "plan"]),
        ("push", ["check", "code-scanning", "apply"]),
        ("schedule", ["drift"]),
    ],
)
def test_which_jobs_run(start: Start, event: str, jobs: list[str]) -> None:
    assert start(event).jobs() == jobs


def test_a_day(start: Start, machine: Machine, github: GitHub, account: Client) -> None:
    assert start("pull_request").job("check").code == 0
    assert start("pull_request").job("code-scanning").code == 0
    assert start("pull_request").job("plan").code == 0
    assert start("pull_request").job("plan").code == 0
    assert len(github.comments) == 1
    assert stored(account) == []

    assert start("push").job("apply").code == 0
    assert [segment.slug_name for segment in stored(account)] == ["vip"]
    assert start("schedule").job("drift").code == 0
    account.update("vip", {"segment_ql": "FILTER visits > 50"})
    assert start("schedule").job("drift").code == 3

    machine.write("audiences/bad.segql", "FILTER a > ALIAS bad")
    assert start("pull_request").job("check").code == 1
    assert start("pull_request").job("code-scanning").code == 0  # an alert is no failure
    assert '"SYN002"' in (machine.workspace / "segql.sarif").read_text()


def test_an_apply_that_failed_is_made_good_by_the_next(start: Start, machine: Machine) -> None:
    slugs = [f"s{number}" for number in range(6)]
    for slug in slugs:
        machine.write(f"audiences/{slug}.segql", f"FILTER visits > 5 ALIAS {slug}\n")
    faults = Faults([parse_fault("POST /api/segment:503:0.5")], seed=1)
    codes: list[int] = []
    with (
        running(Setup(token=TOKEN, faults=faults)) as url,
        Client(Credentials(url, TOKEN)) as account,
    ):
        run = start("push")
        run.environment = {**run.environment, "LYTICS_API_URL": url, "SEGQL_RETRIES": "0"}
        while 0 not in codes and len(codes) < 20:
            codes.append(run.job("apply").code)
            shutil.rmtree(machine.workspace / ".segql")  # the next machine is another one
        assert sorted(segment.slug_name or "" for segment in stored(account)) == [*slugs, "vip"]
    assert len(codes) > 1
    assert codes[:-1] == [2] * (len(codes) - 1)


def test_rights_and_secrets() -> None:
    workflow = read(WORKFLOW)
    jobs = workflow["jobs"]
    assert workflow["permissions"] == {"contents": "read"}
    assert jobs["plan"]["permissions"] == {"contents": "read", "pull-requests": "write"}
    assert "permissions" not in jobs["apply"]
    assert jobs["apply"]["environment"] == "production"
    assert jobs["apply"]["concurrency"]["cancel-in-progress"] is False
    # Only who asks the account has its token, and only in the step that does.
    having = {name for name in jobs if "secrets." in str(jobs[name])}
    assert having == {"plan", "apply", "drift"}
    assert all("env" not in jobs[name] for name in jobs)


def test_no_expression_stands_in_a_script() -> None:
    for job in read(WORKFLOW)["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
