"""`segql apply`: what it does to the account, what it says, and when it refuses."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from segql.api import Client

from .api_server import Answer, Asked, serving, well
from .conftest import TOKEN, Run, Shell, Write, slugs, stored

CONFIG = """
[env.prod]
owner-tag = "segql"
protected = ["vip*"]
"""
NOW = "--auto-approve"


def journals(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob(".segql/*.journal*"))


def test_a_life(
    segql: Shell, write: Write, folder: Path, account: Client, login: dict[str, str]
) -> None:
    write("a.segql", "FILTER INCLUDE b ALIAS a; FILTER b > 1 ALIAS B")
    assert segql("apply", NOW, **login) == Run(
        0,
        "created   b\ncreated   a\ncreated 2, updated 0, deleted 0, unchanged 0.\n",
        "",
    )
    assert slugs(account) == ["a", "b"]

    assert segql("apply", NOW, **login) == Run(
        0, "created 0, updated 0, deleted 0, unchanged 2.\n", ""
    )

    write("a.segql", "FILTER INCLUDE b ALIAS a; FILTER b > 2 ALIAS B")
    assert segql("apply", NOW, **login).out.splitlines() == [
        "updated   b",
        "created 0, updated 1, deleted 0, unchanged 1.",
    ]
    assert account.segment("b").segment_ql == "FILTER b > 2 ALIAS B"
    assert journals(folder) == []
    assert segql("plan", **login).code == 0


def test_what_is_ours_and_in_no_file_is_deleted(
    segql: Shell, write: Write, account: Client, login: dict[str, str]
) -> None:
    account.create({"slug_name": "theirs", "segment_ql": "FILTER a"})
    write("segql.toml", CONFIG)
    write("a.segql", "FILTER a ALIAS inner; FILTER INCLUDE inner ALIAS outer; FILTER a ALIAS kept")
    assert segql("apply", "--env", "prod", NOW, **login).code == 0
    assert account.segment("inner").tags == ("segql",)

    write("a.segql", "FILTER a ALIAS kept")
    assert segql("apply", "--env", "prod", NOW, **login).out.splitlines() == [
        "created 0, updated 0, deleted 0, unchanged 1."
    ]
    assert segql("apply", "--env", "prod", "--prune", NOW, **login).out.splitlines() == [
        "deleted   outer",
        "deleted   inner",
        "created 0, updated 0, deleted 2, unchanged 1.",
    ]
    assert slugs(account) == ["kept", "theirs"]


def test_json(segql: Shell, write: Write, account: Client, login: dict[str, str]) -> None:
    write("a.segql", "FILTER a ALIAS a; FILTER b ALIAS b")
    account.create({"slug_name": "b", "segment_ql": "FILTER b"})
    run = segql("apply", NOW, "--output-format", "json", **login)
    assert (run.code, run.err) == (0, "")
    told = json.loads(run.out)
    assert told.pop("account")["url"] == login["LYTICS_API_URL"]
    assert told == {
        "env": None,
        "changes": [{"action": "create", "slug": "a", "done": True}],
        "unchanged": 1,
        "error": None,
    }


# ---- Before the first write -------------------------------------------------------------


def test_nobody_is_there_to_be_asked(
    segql: Shell, write: Write, account: Client, login: dict[str, str]
) -> None:
    write("a.segql", "FILTER a ALIAS a")
    assert segql("apply", **login) == Run(
        2, "", "segql: there is no terminal to ask on\n  help: add --auto-approve\n"
    )
    assert slugs(account) == []


def on_terminal(segql: Shell, answer: str, *arguments: str, **environment: str) -> tuple[int, str]:
    """What the command says to a person who gives an answer."""
    here, there = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "segql", *arguments],
        cwd=segql.folder,
        env={**segql.environment, "TERM": "xterm", **environment},
        stdin=there,
        stdout=there,
        stderr=there,
        start_new_session=True,
    )
    os.close(there)
    os.write(here, answer.encode())
    said = b""
    try:
        while piece := os.read(here, 10_000):
            said += piece
    except OSError:  # the other end is closed
        pass
    os.close(here)
    return process.wait(timeout=60), said.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("answer", ["n\n", "\x04"], ids=["no", "the end of the input"])
def test_a_person_says_no(
    segql: Shell, write: Write, folder: Path, account: Client, login: dict[str, str], answer: str
) -> None:
    write("a.segql", "FILTER a ALIAS a")
    code, said = on_terminal(segql, answer, "apply", **login)
    assert code == 2
    assert "+ create a" in said
    assert "Do this? [y/N]: " in said
    assert "Nothing was written." in said
    assert slugs(account) == []
    assert journals(folder) == []


def test_a_person_says_yes(
    segql: Shell, write: Write, account: Client, login: dict[str, str]
) -> None:
    write("a.segql", "FILTER a ALIAS a; FILTER b ALIAS b")
    code, said = on_terminal(segql, "y\n", "apply", **login)
    assert code == 0
    assert "100%" in said
    assert said.endswith("created 2, updated 0, deleted 0, unchanged 0.\n")
    assert slugs(account) == ["a", "b"]


def test_a_mistake_in_a_file(
    segql: Shell, write: Write, account: Client, login: dict[str, str]
) -> None:
    write("a.segql", "FILTER a > ALIAS a")
    run = segql("apply", NOW, **login)
    assert (run.code, run.out) == (2, "")
    assert "SYN" in run.err


def test_what_is_blocked_stops_all(
    segql: Shell, write: Write, account: Client, login: dict[str, str]
) -> None:
    account.create({"slug_name": "vip1", "segment_ql": "FILTER a"})
    write("segql.toml", CONFIG)
    write("a.segql", "FILTER b ALIAS vip1; FILTER c ALIAS c")
    assert segql("apply", "--env", "prod", NOW, **login) == Run(
        2, "", "segql: vip1: it is protected\nStopped: nothing was written.\n"
    )
    assert slugs(account) == ["vip1"]


def test_all_that_the_api_refuses_is_told_before_the_first_write(
    segql: Shell, write: Write, folder: Path
) -> None:
    write("a.segql", "\n".join(f"FILTER a > {number} ALIAS s{number}" for number in range(4)))

    def answer(asked: Asked) -> Answer:
        refuses = asked.method == "POST" and ("a > 1" in asked.body or "a > 3" in asked.body)
        return Answer(400, '{"message": "no"}') if refuses else well(asked)

    with serving(answer) as server:
        run = segql("apply", NOW, LYTICS_API_TOKEN=TOKEN, LYTICS_API_URL=server.url)
    where = f"POST {server.url}/api/segment/validate: refused (400): no"
    assert run == Run(
        1, "", f"segql: s1: {where}\nsegql: s3: {where}\nStopped: nothing was written.\n"
    )
    assert server.writes == []
    assert journals(folder) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--resume", "--abandon"), "exclude each other"),
        (("plan.json", "a.segql"), "A plan says itself which files it is of"),
        (("plan.json", "--prune"), "A plan says itself which files it is of"),
    ],
)
def test_wrong_usage(segql: Shell, write: Write, arguments: tuple[str, ...], message: str) -> None:
    write("a.segql", "FILTER a ALIAS a")
    write("plan.json", "{}")
    run = segql("apply", *arguments)
    assert (run.code, run.out) == (2, "")
    assert message in run.err


# ---- A plan in a file -------------------------------------------------------------------


def test_a_plan_that_was_kept(
    segql: Shell, write: Write, account: Client, login: dict[str, str]
) -> None:
    write("segql.toml", CONFIG)
    write("a.segql", "FILTER a ALIAS a")
    assert segql("plan", "--env", "prod", "--out", "plan.json", **login).code == 3
    run = segql("apply", "plan.json", NOW, **login)
    assert run == Run(0, "created   a\ncreated 1, updated 0, deleted 0, unchanged 0.\n", "")
    assert account.segment("a").tags == ("segql",)
    again = segql("apply", "plan.json", NOW, **login)
    assert again.code == 2
    assert "plan.json cannot be carried out any more: the account has changed: a" in again.err


@pytest.mark.parametrize("who", ["file", "account"])
def test_what_has_changed_since_a_plan_was_made(
    segql: Shell, write: Write, account: Client, login: dict[str, str], who: str
) -> None:
    account.create({"slug_name": "a", "segment_ql": "FILTER x"})
    write("a.segql", "FILTER a ALIAS a; FILTER b ALIAS b")
    segql("plan", "--out", "plan.json", "a.segql", **login)
    if who == "file":
        write("a.segql", "FILTER a ALIAS a; FILTER c ALIAS b")
    else:
        account.update("a", {"name": "Mine"})
    before = stored(account)
    run = segql("apply", "plan.json", NOW, **login)
    slug = "b" if who == "file" else "a"
    have = "the files have" if who == "file" else "the account has"
    assert run == Run(
        2,
        "",
        f"segql: plan.json cannot be carried out any more: {have} changed: {slug}\n"
        "  help: make it again: segql plan --out plan.json a.segql\n",
    )
    assert stored(account) == before


def test_a_plan_that_was_edited(
    segql: Shell, write: Write, folder: Path, account: Client, login: dict[str, str]
) -> None:
    write("a.segql", "FILTER a ALIAS a")
    segql("plan", "--out", "plan.json", **login)
    plan = (folder / "plan.json").read_text()
    write("plan.json", plan.replace('"segment_ql": "FILTER a', '"segment_ql": "FILTER b'))
    run = segql("apply", "plan.json", NOW, **login)
    assert run.code == 2
    assert "it does not do what the files say" in run.err
    assert slugs(account) == []


def test_a_plan_for_another_environment(
    segql: Shell, write: Write, account: Client, login: dict[str, str]
) -> None:
    write("segql.toml", CONFIG)
    write("a.segql", "FILTER a ALIAS a")
    segql("plan", "--out", "plan.json", **login)
    run = segql("apply", "plan.json", "--env", "prod", NOW, **login)
    assert run == Run(
        2, "", "segql: plan.json is a plan for no environment\n  help: leave --env out\n"
    )


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"format": 99}', "\x00"])
def test_a_file_that_is_no_plan(
    segql: Shell, write: Write, login: dict[str, str], content: str
) -> None:
    write("plan.json", content)
    run = segql("apply", "plan.json", NOW, **login)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("segql: plan.json is ")


# ---- An apply that stops ----------------------------------------------------------------


def failing_at(number: int, answer: Answer, *, writes: list[str]) -> Callable[[Asked], Answer]:
    """An empty account that answers one write otherwise."""
    held: dict[str, str] = {}

    def answered(asked: Asked) -> Answer:
        if asked.is_write:
            writes.append(asked.body)
            if len(writes) == number:
                return answer
            fields = json.loads(asked.body)
            held[fields["slug_name"]] = json.dumps({"data": {"id": fields["slug_name"], **fields}})
            return Answer(201, held[fields["slug_name"]])
        name = asked.path.rpartition("/")[2]
        if asked.method == "GET" and not name.startswith("segment"):
            return Answer(200, held[name]) if name in held else Answer(404)
        return well(asked)

    return answered


def test_what_the_api_refuses_in_the_middle(segql: Shell, write: Write, folder: Path) -> None:
    write("a.segql", "\n".join(f"FILTER a > {number} ALIAS s{number}" for number in range(4)))
    writes: list[str] = []
    refused = Answer(422, '{"message": "too many"}')
    with serving(failing_at(3, refused, writes=writes)) as server:
        run = segql("apply", NOW, LYTICS_API_TOKEN=TOKEN, LYTICS_API_URL=server.url)
    assert run.code == 1
    assert run.out.splitlines() == [
        "created   s0",
        "created   s1",
        "not done  s2  (create)",
        "not done  s3  (create)",
        "Stopped: created 2, updated 0, deleted 0, unchanged 0, not done 2.",
    ]
    assert run.err == f"segql: POST {server.url}/api/segment: refused (422): too many\n"
    assert len(writes) == 3
    assert journals(folder) == []  # nothing is in doubt: it can be planned anew


def test_a_write_that_the_account_holds_otherwise_was_written(
    segql: Shell, write: Write, folder: Path
) -> None:
    write("a.segql", "FILTER a ALIAS `one\x9b1m`; FILTER b ALIAS two")
    other = '{"data": {"id": "1", "slug_name": "one\x9b1m", "segment_ql": "FILTER c"}}'
    writes: list[str] = []

    def answered(asked: Asked) -> Answer:
        if asked.is_write:
            writes.append(asked.body)
        is_asked_for = asked.method == "GET" and "/api/segment/" in asked.path
        return Answer(200 if writes else 404, other) if is_asked_for else well(asked)

    with serving(answered) as server:
        run = segql("apply", NOW, LYTICS_API_TOKEN=TOKEN, LYTICS_API_URL=server.url)
    assert run.code == 1
    assert run.out.splitlines() == [
        "begun     one\N{REPLACEMENT CHARACTER}1m  (create)",
        "not done  two  (create)",
        "Stopped: created 0, updated 0, deleted 0, unchanged 0, not done 2.",
    ]
    assert "was written, but the account holds something else: name, segment_ql" in run.err
    assert "\x9b" not in run.err
    assert journals(folder) == []


def test_the_api_refuses_the_first_write(segql: Shell, write: Write, folder: Path) -> None:
    write("a.segql", "FILTER a ALIAS a; FILTER b ALIAS b")
    with serving(failing_at(1, Answer(422), writes=[])) as server:
        there = {"LYTICS_API_TOKEN": TOKEN, "LYTICS_API_URL": server.url}
        run = segql("apply", NOW, "--output-format", "json", **there)
        assert run.code == 1
        told = json.loads(run.out)
        assert [change["done"] for change in told["changes"]] == [False, False]
        assert told["error"].startswith(f"POST {server.url}/api/segment: refused (422)")
    with serving(failing_at(1, Answer(422), writes=[])) as server:
        there = {"LYTICS_API_TOKEN": TOKEN, "LYTICS_API_URL": server.url}
        run = segql("apply", NOW, **there)
    assert (run.code, run.out) == (
        1,
        "not done  a  (create)\nnot done  b  (create)\nStopped: nothing was written.\n",
    )
    assert journals(folder) == []


def test_the_journal_cannot_be_written_any_more(segql: Shell, write: Write, folder: Path) -> None:
    write("a.segql", "FILTER a ALIAS a; FILTER b ALIAS b")
    writes: list[str] = []
    usual = failing_at(0, Answer(500), writes=writes)

    def answer(asked: Asked) -> Answer:
        if asked.is_write:
            (folder / ".segql/apply.journal").unlink()
        return usual(asked)

    with serving(answer) as server:
        run = segql("apply", NOW, LYTICS_API_TOKEN=TOKEN, LYTICS_API_URL=server.url)
    assert run.code == 2
    assert "apply.journal: No such file or directory" in run.err
    assert run.out.splitlines()[0] == "begun     a  (create)"
    assert len(writes) == 1  # what cannot be written down is not done


def test_what_cannot_be_reached_any_more_can_be_gone_on_with(
    segql: Shell, write: Write, folder: Path, account: Client, login: dict[str, str]
) -> None:
    write("segql.toml", CONFIG)
    write("a.segql", "FILTER a ALIAS a; FILTER b ALIAS b")
    with serving(failing_at(2, Answer(501), writes=[])) as server:
        there = {"LYTICS_API_TOKEN": TOKEN, "LYTICS_API_URL": server.url}
        run = segql("apply", "--env", "prod", NOW, **there)
        assert run.code == 2
        assert run.out.splitlines()[-1] == (
            "Stopped: created 1, updated 0, deleted 0, unchanged 0, not done 1."
        )
        assert run.err.splitlines()[-1] == (
            "  help: `segql apply --env prod --resume` goes on with it, "
            "`segql apply --env prod --abandon` forgets it"
        )
        assert journals(folder) == ["env.prod.journal"]
        assert TOKEN not in (folder / ".segql/env.prod.journal").read_text()
        assert (folder / ".segql/.gitignore").read_text() == "*\n"

        again = segql("apply", "--env", "prod", NOW, **there)
        assert again.code == 2
        assert again.err.startswith("segql: an apply was interrupted\n  help: `segql apply --env")

        elsewhere = segql("apply", "--env", "prod", "--resume", **login)
        assert elsewhere.code == 2
        assert f"was for another account: it was for {server.url}" in elsewhere.err
        assert slugs(account) == []

        resumed = segql("apply", "--env", "prod", "--resume", **there)
    assert resumed == Run(0, "created   b\ncreated 2, updated 0, deleted 0, unchanged 0.\n", "")
    assert journals(folder) == []


def test_an_interrupted_apply_is_forgotten(segql: Shell, write: Write, folder: Path) -> None:
    write("a.segql", "FILTER a ALIAS a; FILTER b ALIAS b")
    with serving(failing_at(2, Answer(501), writes=[])) as server:
        there = {"LYTICS_API_TOKEN": TOKEN, "LYTICS_API_URL": server.url}
        assert segql("apply", NOW, **there).code == 2
        assert segql("apply", "--abandon") == Run(
            0,
            "begun     b  (create)\n"
            "The interrupted apply is forgotten. What it has written stays.\n",
            "",
        )
        assert journals(folder) == []
        run = segql("apply", NOW, "--output-format", "json", **there)
    assert run.code == 0


def test_a_broken_journal(segql: Shell, write: Write, folder: Path, login: dict[str, str]) -> None:
    write("a.segql", "FILTER a ALIAS a")
    write(".segql/apply.journal", "nonsense\n")
    assert segql("apply", NOW, **login).code == 2
    run = segql("apply", "--resume", **login)
    assert run.code == 2
    assert "apply.journal: line 1 cannot be read" in run.err
    assert segql("apply", "--abandon").code == 0
    assert journals(folder) == []


@pytest.mark.parametrize("option", ["--resume", "--abandon"])
def test_nothing_was_interrupted(segql: Shell, write: Write, folder: Path, option: str) -> None:
    write("a.segql", "FILTER a ALIAS a")
    run = segql("apply", option)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("segql: no apply was interrupted: there is no ")
    assert not (folder / ".segql").exists()


def test_the_folder_cannot_be_made(segql: Shell, write: Write, login: dict[str, str]) -> None:
    write("a.segql", "FILTER a ALIAS a")
    write(".segql", "a file")
    run = segql("apply", NOW, **login)
    assert (run.code, run.out) == (2, "")
    assert ".segql" in run.err


def test_an_environment_that_there_is_not(
    segql: Shell, write: Write, folder: Path, login: dict[str, str]
) -> None:
    write("segql.toml", CONFIG)
    write("a.segql", "FILTER a ALIAS a")
    run = segql("apply", "--env", "prot", NOW, **login)
    assert run.code == 2
    assert "did you mean `prod`?" in run.err
    assert not (folder / ".segql").exists()
