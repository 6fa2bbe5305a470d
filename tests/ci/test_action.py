"""The action: its scripts, run by bash with the inputs and the events of a team's day."""

from __future__ import annotations

from pathlib import Path

import pytest

from segql.api import Client
from tests.accounts import TOKEN, stored

from .conftest import Start
from .forges import READER, GitHub
from .runners import ACTION, ROOT, Machine, read

PLAN = {"command": "plan", "env": "prod"}
LOGIN = {"LYTICS_API_TOKEN": TOKEN}


def test_check(start: Start, machine: Machine) -> None:
    assert start("push").action().code == 0
    machine.write("audiences/bad.segql", "FILTER a > ALIAS bad")
    run = start("push").action({"working-directory": "audiences"})
    assert run.code == 1
    assert "::error file=audiences/bad.segql,line=1,col=12," in run.log


def test_a_plan_on_a_pull_request(
    start: Start, machine: Machine, github: GitHub, account: Client
) -> None:
    run = start("pull_request").action(PLAN, **LOGIN)
    assert run.code == 0
    (comment,) = github.comments
    assert comment.body.startswith("<!-- segql plan: prod -->\n### Plan for <code>prod at ")
    assert run.summary == comment.body
    assert run.outputs["changes"] == "true"
    assert Path(run.outputs["plan"]).stat().st_mode & 0o077 == 0
    assert stored(account) == []

    assert "unchanged: " in start("pull_request").action(PLAN, **LOGIN).log
    assert start("push").action({"command": "apply", "env": "prod"}, **LOGIN).code == 0
    run = start("pull_request").action(PLAN, **LOGIN)
    assert (run.code, run.outputs["changes"]) == (0, "false")
    assert github.bodies == [run.summary]
    assert "### No changes" in run.summary
    # Nothing is left in the repository that somebody could commit.
    left = {path.name for path in machine.workspace.iterdir()}
    assert left == {"segql.toml", "audiences", ".segql"}


def test_the_plan_can_be_applied_as_it_was_reviewed(
    start: Start, machine: Machine, account: Client
) -> None:
    plan = start("pull_request").action(PLAN, **LOGIN).outputs["plan"]
    script = f'cp -r . ../{{0}} && cd ../{{0}} && segql apply "{plan}" --auto-approve'
    environment = {**start("push").environment, **LOGIN}
    machine.write("audiences/vip.segql", "FILTER visits > 6 ALIAS vip\n")
    code, log = machine.bash(script.format("changed"), environment)
    assert code == 2
    assert "cannot be carried out any more" in log
    machine.write("audiences/vip.segql", "FILTER visits > 5 ALIAS vip\n")
    code, log = machine.bash(script.format("another-machine"), environment)
    assert (code, log.splitlines()[0]) == (0, "created   vip")
    assert [segment.slug_name for segment in stored(account)] == ["vip"]


@pytest.mark.parametrize(
    ("event", "inputs"), [("pull_request", {"comment": "false"}), ("push", {})]
)
def test_a_plan_without_a_comment(
    start: Start, github: GitHub, event: str, inputs: dict[str, str]
) -> None:
    run = start(event).action(PLAN | inputs, **LOGIN)
    assert (run.code, run.outputs["changes"], github.asked) == (0, "true", [])


def test_a_fork_has_no_secrets(start: Start, github: GitHub) -> None:
    run = start("pull_request", head="eve/segments").action(PLAN)
    assert (run.code, github.asked) == (0, [])
    assert run.log.startswith("::notice title=segql::There is no plan: a pull request from a fork")
    assert run.outputs == {"changes": "", "plan": ""}
    # Where a fork is given secrets, there is a plan.
    assert start("pull_request", head="eve/segments").action(PLAN, **LOGIN).code == 0


@pytest.mark.parametrize("event", ["pull_request", "push", "pull_request_target"])
def test_a_missing_token_is_a_mistake_elsewhere(start: Start, event: str) -> None:
    run = start(event).action(PLAN, LYTICS_API_TOKEN="")
    assert run.code == 2
    assert "segql: no API token" in run.log


def test_plans_that_cannot_be_made(start: Start, machine: Machine, github: GitHub) -> None:
    for inputs in ({"env": "prd"}, {"working-directory": "nowhere"}):
        run = start("pull_request").action(PLAN | inputs, **LOGIN)
        assert run.code in (1, 2)
        assert run.outputs == {"changes": "", "plan": ""}
    machine.write("audiences/bad.segql", "FILTER a > ALIAS bad")
    run = start("pull_request").action(PLAN, **LOGIN)
    assert run.code == 2
    assert "audiences/bad.segql:1:12: error" in run.log
    assert github.asked == []


def test_a_comment_that_may_not_be_written(start: Start) -> None:
    run = start("pull_request").action(PLAN, **LOGIN, GH_TOKEN=READER)
    assert run.code == 2
    assert "Give the job `permissions: pull-requests: write`" in run.log


def test_apply_and_prune(start: Start, machine: Machine, account: Client) -> None:
    account.create({"slug_name": "old", "segment_ql": "FILTER a", "tags": ["segql"]})
    apply = {"command": "apply", "env": "prod"}
    assert "created   vip" in start("push").action(apply, **LOGIN).log
    assert {segment.slug_name for segment in stored(account)} == {"old", "vip"}
    assert "deleted   old" in start("push").action(apply | {"prune": "true"}, **LOGIN).log
    assert {segment.slug_name for segment in stored(account)} == {"vip"}


def test_drift(start: Start, account: Client) -> None:
    drift = {"command": "drift", "env": "prod"}
    assert start("schedule").action(drift, **LOGIN).code == 3
    account.create({"slug_name": "vip", "segment_ql": "FILTER visits > 5", "tags": ["segql"]})
    assert start("schedule").action(drift, **LOGIN).code == 0
    account.update("vip", {"segment_ql": "FILTER visits > 50"})
    run = start("schedule").action(drift, **LOGIN)
    assert run.code == 3
    assert "    + FILTER visits > 50\n" in run.log


def test_an_unknown_command(start: Start) -> None:
    run = start("push").action({"command": "destroy"}, **LOGIN)
    assert run.code == 2
    assert run.log.startswith("::error title=segql::")


def test_what_is_installed(start: Start, machine: Machine) -> None:
    start("push").action({"command": "check"}, **LOGIN)
    start("push").action({"version": "1.2.3"}, GITHUB_TOKEN="x", GH_TOKEN="y")
    quiet = "install --quiet --disable-pip-version-check"
    assert machine.installed == [f"{quiet} {ROOT} secrets=", f"{quiet} segql==1.2.3 secrets="]
    assert (ROOT / "pyproject.toml").exists()


@pytest.mark.parametrize("name", ["command", "env", "working-directory", "version", "prune"])
@pytest.mark.parametrize("text", ['"; touch pwned; "', "$(touch pwned)"])
def test_an_input_is_never_code(start: Start, machine: Machine, name: str, text: str) -> None:
    start("push").action({"command": "drift"} | {name: text})
    assert list(machine.workspace.parent.rglob("*pwned*")) == []


def test_no_expression_stands_in_a_script() -> None:
    for step in read(ACTION)["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
