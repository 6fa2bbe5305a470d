"""docs/team.md, docs/ci.md and docs/plan.md: what they show can be done."""

from __future__ import annotations

import re
import shlex
from importlib import import_module

import pytest

from segql.cli import COMMANDS
from tests.accounts import TOKEN

from .conftest import Start
from .forges import TOKEN as JOB_TOKEN
from .forges import GitHub
from .runners import ACTION, ROOT, Machine, read

_BLOCK = re.compile(r"^```(?:sh|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_CALL = re.compile(r"(?:^|[`$&] ?)segql ([a-z][^`#\n|>&]*)", re.MULTILINE)


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["team.md", "ci.md"])
def test_every_command_and_option_exists(name: str) -> None:
    calls = [shlex.split(call) for call in _CALL.findall(page(name).replace("\n--", " --"))]
    assert len(calls) > 3
    for command, *arguments in calls:
        params = import_module(f"segql.cli.{COMMANDS[command][0]}").command.params
        known = {option for param in params for option in param.opts}
        assert {each for each in arguments if each.startswith("-")} <= known


def test_the_table_has_every_input() -> None:
    table = page("ci.md").split("| input | is |")[1].split("\n\n")[0]
    assert re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE) == [*read(ACTION)["inputs"]]


def test_the_comment_of_a_plan(start: Start, machine: Machine, github: GitHub) -> None:
    section = page("plan.md").split("## In a pull request")[1]
    script = _BLOCK.findall(section)[0]
    environment = {"LYTICS_API_TOKEN": TOKEN, "GITHUB_TOKEN": JOB_TOKEN}
    environment |= start("pull_request").environment
    code, log = machine.bash(script, environment)
    assert (code, log.split()[0]) == (0, "written:")
    assert github.bodies[0].startswith("<!-- segql plan: prod -->\n")
