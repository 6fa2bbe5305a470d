"""`segql plan`: what would be done, in words, in a file, and by its exit code."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from segql.api import Client

from .api_server import Answer, Asked, serving, well
from .conftest import TOKEN, Run, Shell, Write, slugs, stored

STDIN = ("-", "--stdin-filename", "audiences/new.segql")
CONFIG = """
[env.prod]
files = ["audiences/"]
owner-tag = "segql"
protected = ["vip*"]
"""


def test_a_life(segql: Shell, write: Write, account: Client, login: dict[str, str]) -> None:
    write("a.segql", '-- Why\nFILTER a > 1 WITH name = "First" ALIAS Vip')
    where = f"{login['LYTICS_API_URL']}"
    run = segql("plan", **login)
    assert run == Run(
        3,
        f"{where}\n\n"
        "+ create vip  a.segql:2\n"
        '    + name: "First"\n'
        '    + description: "Why"\n'
        "    + FILTER a > 1\n\n"
        "Plan: 1 to create, 0 to update, 0 to delete, 0 unchanged.\n",
        "",
    )
    assert stored(account) == []

    segql("push", **login)
    (segment,) = stored(account)
    run = segql("plan", **login)
    assert run.code == 0
    assert run.out == (
        f"{where}, account {segment.account_id}\n\n"
        "No changes: the account holds what the files say (1 segment).\n"
    )

    write("a.segql", '-- Why\nFILTER a > 2 WITH name = "Second" ALIAS Vip')
    run = segql("plan", **login)
    assert run.code == 3
    assert run.out.splitlines()[2:-2] == [
        "~ update vip  a.segql:2",
        '    ~ name: "First" -> "Second"',
        "    - FILTER a > 1",
        "    + FILTER a > 2",
    ]
    assert stored(account) == [segment]


def test_an_environment(segql: Shell, write: Write, account: Client, login: dict[str, str]) -> None:
    write("segql.toml", CONFIG)
    write("audiences/a.segql", "FILTER b ALIAS base; FILTER INCLUDE base ALIAS web")
    write("audiences/v.segql", "FILTER b ALIAS vip")
    write("drafts/d.segql", "FILTER a > ALIAS broken")  # no concern of this environment
    for slug, tags in (("vip", []), ("old", ["segql"]), ("theirs", [])):
        account.create({"slug_name": slug, "segment_ql": "FILTER a", "tags": tags})
    run = segql("plan", "--env", "prod", **login)
    assert (run.code, run.err) == (3, "")
    assert run.out.startswith("prod at http://127.0.0.1:")
    heads = [line for line in run.out.splitlines() if line[:1] in "+~-!" and line]
    assert heads == [
        "+ create base  audiences/a.segql:1",
        "+ create web  audiences/a.segql:1",
        "! blocked vip  audiences/v.segql:1: it is protected",
    ]
    assert "In the account, and in no file any more: old." in run.out

    run = segql("plan", "--env", "prod", "--prune", **login)
    assert "\n- delete old\n" in run.out
    assert "theirs" not in run.out
    assert slugs(account) == ["old", "theirs", "vip"]


def test_the_profile_of_an_environment(
    segql: Shell, write: Write, account: Client, emulator: str, home: Path
) -> None:
    accounts = f'[p]\ntoken = "{TOKEN}"\nurl = "{emulator}"\n[dead]\ntoken = "x"\nurl = "https://x"'
    (home / ".lytics" / "accounts.toml").write_text(accounts)
    write("segql.toml", '[env.prod]\nprofile = "p"\n[env.other]\nprofile = "none"')
    write("a.segql", "FILTER a ALIAS vip")
    assert segql("plan", "--env", "prod").out.startswith(f"prod at {emulator}\n")
    assert segql("plan", "--env", "other", "--profile", "p").out.startswith(f"other at {emulator}")
    run = segql("plan", "--env", "other")
    assert (run.code, run.out) == (2, "")
    assert "no profile 'none'" in run.err
    run = segql("plan", LYTICS_API_TOKEN="")  # an environment is never chosen by itself
    assert run.code == 2
    assert "no API token" in run.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--env", "prd"], "there is no environment `prd` in "),
        (["--prune"], "--prune: nothing tells which segments of the account are ours"),
        (["--env", "bare", "--prune"], "--prune: nothing tells which segments"),
        (["--env", "prod", "--prune", "audiences"], "--prune needs all files of the workspace"),
        ([*STDIN, "--env", "prod", "--prune"], "--prune needs all files of the workspace"),
        (["--env", "prod", "drafts"], "none of these files belong to `prod`"),
        (["--env", "prod", "--sizes", "profiles"], "there are no profiles to count"),
        (["--out", "p.json", "-"], "--out: standard input cannot be read again"),
        (["--out", "plan"], "--out: `segql apply` knows a plan by its name, *.json"),
        (["nowhere"], "nowhere: No such file or directory"),
    ],
)
def test_what_cannot_be_planned(
    segql: Shell, write: Write, login: dict[str, str], arguments: list[str], message: str
) -> None:
    write("segql.toml", f"{CONFIG}\n[env.bare]")
    write("audiences/a.segql", "FILTER a ALIAS a")
    write("drafts/b.segql", "FILTER a ALIAS b")
    run = segql("plan", *arguments, stdin="FILTER a ALIAS c", **login)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"segql: {message}")
    assert "\n  help: " in run.err or "No such file" in run.err


def test_a_profile_without_a_name_is_not_passed_over(
    segql: Shell, write: Write, login: dict[str, str]
) -> None:
    write("a.segql", "FILTER a ALIAS a")
    run = segql("plan", "--profile", "", **login)
    assert (run.code, run.out) == (2, "")
    assert "Invalid value for '--profile': The name is empty." in run.err


def test_mistakes_are_told_before_the_account_is_asked(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a > ALIAS a")
    with serving(well) as server:
        run = segql("plan", LYTICS_API_TOKEN=TOKEN, LYTICS_API_URL=server.url)
    assert (run.code, run.out, server.asked) == (2, "", [])
    assert run.err.startswith("a.segql:1:12: error SYN002")


def test_what_only_the_account_can_have_must_be_there(
    segql: Shell, write: Write, account: Client, login: dict[str, str]
) -> None:
    write("segql.toml", 'external = ["ghost"]')
    write("a.segql", "FILTER INCLUDE ghost ALIAS a")
    run = segql("plan", **login)
    assert run.code == 3
    assert "which is in neither the files nor the account" in run.out
    account.create({"slug_name": "ghost", "segment_ql": "FILTER a"})
    assert "+ create a " in segql("plan", **login).out


def test_an_account_that_has_no_such_table(segql: Shell, write: Write) -> None:
    def answer(asked: Asked) -> Answer:
        return Answer(404, '{"message": "no"}') if "=content" in asked.path else well(asked)

    with serving(answer) as server:
        login = {"LYTICS_API_TOKEN": TOKEN, "LYTICS_API_URL": server.url}
        write("a.segql", "FILTER a ALIAS a")
        assert segql("plan", **login).code == 3
        write("a.segql", "FILTER a FROM content ALIAS a")
        run = segql("plan", **login)
    assert (run.code, run.out) == (2, "")
    assert "404" in run.err


def test_an_address_where_no_account_is(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a FROM content ALIAS a")
    with serving(lambda asked: Answer(404)) as server:
        run = segql("plan", LYTICS_API_TOKEN=TOKEN, LYTICS_API_URL=server.url)
    assert (run.code, run.out) == (2, "")


def test_an_account_that_cannot_be_asked(segql: Shell, write: Write, emulator: str) -> None:
    write("a.segql", "FILTER a ALIAS a")
    run = segql("plan", LYTICS_API_TOKEN="wrong-token-of-mine", LYTICS_API_URL=emulator)
    assert (run.code, run.out) == (2, "")
    assert "401" in run.err


# ---- Formats -----------------------------------------------------------------------------


def test_a_plan_in_a_file(
    segql: Shell, write: Write, account: Client, login: dict[str, str], folder: Path
) -> None:
    write("a.segql", "FILTER a ALIAS vip")
    run = segql("plan", "--out", "plan.json", "--output-format", "json", "a.segql", **login)
    assert run.code == 3
    path = folder / "plan.json"
    document = json.loads(path.read_bytes())
    assert document == json.loads(run.out)
    assert document["paths"] == ["a.segql"]
    assert document["account"]["url"] == login["LYTICS_API_URL"]
    assert TOKEN not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600

    run = segql("plan", "--out", "nowhere/plan.json", **login)
    assert (run.code, run.out) == (2, "")
    assert run.err == "segql: nowhere/plan.json: No such file or directory\n"


def test_a_comment_for_a_pull_request(
    segql: Shell, write: Write, account: Client, login: dict[str, str]
) -> None:
    write("segql.toml", CONFIG)
    write("audiences/a.segql", "FILTER a ALIAS new")
    run = segql("plan", "--env", "prod", "--output-format", "markdown", **login)
    assert run.code == 3
    assert run.out.startswith("<!-- segql plan: prod -->\n### Plan for <code>prod at http:")
    assert "| ➕ create | <code>new</code> | <code>audiences/a.segql:1</code> | new |" in run.out


def test_what_stays_is_listed_when_asked_for(
    segql: Shell, write: Write, account: Client, login: dict[str, str]
) -> None:
    write("a.segql", "FILTER a ALIAS vip")
    segql("push", **login)
    assert "vip" not in segql("plan", **login).out
    run = segql("plan", "--all", **login)
    assert (run.code, "  unchanged vip  a.segql:1\n" in run.out) == (0, True)


@pytest.mark.parametrize("source", ["profiles", "account"])
def test_sizes(
    segql: Shell, write: Write, account: Client, login: dict[str, str], source: str
) -> None:
    write("segql.toml", 'profiles = ["people.ndjson"]')
    write("people.ndjson", '{"a": 1}\n{"a": 5}\nnonsense\n{"a": 9}\n')
    account.create({"slug_name": "vip", "segment_ql": "FILTER a > 7"})
    write("a.segql", "FILTER a > 1 ALIAS vip")
    run = segql("plan", "--sizes", source, **login)
    assert run.code == 3
    shown = "1 -> 2 (+1)" if source == "profiles" else "0 -> 0 (+0)"  # the account has nobody
    assert f"    members: {shown}\n" in run.out
    assert ("line 3" in run.err) is (source == "profiles")


# ---- What is asked -----------------------------------------------------------------------


USER = "/api/segment?table=user&valid=all"
CONTENT = "/api/segment?table=content&valid=all"
FILES = "\n".join(f"FILTER AND (INCLUDE s{n // 2}, a > {n}) ALIAS s{n}" for n in range(1, 500))


def test_five_hundred_against_five_hundred_is_one_list(segql: Shell, write: Write) -> None:
    write("a.segql", f"FILTER a ALIAS s0\n{FILES}")
    texts = {n: f"FILTER AND (INCLUDE s{n // 2}, a > {n - n // 400})" for n in range(1, 500)}
    texts[0] = "FILTER a"
    run, asked = planned(segql, [remote(f"s{n}", texts[n]) for n in range(500)])
    assert run.out.splitlines()[-1] == (
        "Plan: 0 to create, 100 to update, 0 to delete, 400 unchanged."
    )
    assert asked == [f"GET {USER}"]


@pytest.mark.parametrize(
    ("config", "text"),
    [
        ("", "FILTER a ALIAS new"),  # the other table may have the slug
        ("", "FILTER AND (a, INCLUDE else) ALIAS vip"),
        ('[env.x]\nowner-tag = "segql"', "FILTER a ALIAS vip"),  # it may be on what no file has
    ],
)
def test_another_table_is_listed_where_it_may_matter(
    segql: Shell, write: Write, config: str, text: str
) -> None:
    write("segql.toml", f"external = ['else']\n{config}")
    write("a.segql", text)
    _, asked = planned(segql, [remote("vip", "FILTER a")], *(["--env", "x"] if config else []))
    assert asked == [f"GET {USER}", f"GET {CONTENT}"]


def test_a_table_that_files_name_is_listed(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a FROM content ALIAS page")
    run, asked = planned(segql, [remote("page", "FILTER a", "content")])
    assert run.code == 0
    assert asked == [f"GET {CONTENT}", f"GET {USER}"]


def remote(slug: str, text: str, table: str = "user") -> dict[str, str]:
    return {"id": f"id-{slug}", "slug_name": slug, "segment_ql": text, "table": table}


def planned(segql: Shell, held: list[dict[str, str]], *arguments: str) -> tuple[Run, list[str]]:
    """A plan for an account that holds some segments, and what was asked for it."""

    def answer(asked: Asked) -> Answer:
        rows = [each for each in held if f"table={each['table']}" in asked.path]
        return Answer(200, json.dumps({"data": rows}))

    with serving(answer) as server:
        run = segql("plan", *arguments, LYTICS_API_TOKEN=TOKEN, LYTICS_API_URL=server.url)
    return run, [f"{asked.method} {asked.path}" for asked in server.asked]
