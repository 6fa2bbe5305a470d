"""`segql drift`: whether somebody changed the account by hand."""

from __future__ import annotations

import json

from segql.api import Client

from .conftest import Run, Shell, Write


def test_a_life(segql: Shell, write: Write, account: Client, login: dict[str, str]) -> None:
    write("a.segql", 'FILTER a > 1 WITH name = "VIP" ALIAS vip; FILTER b ALIAS web')
    assert segql("push", **login).code == 0
    where = f"{login['LYTICS_API_URL']}, account {account.segments()[0].account_id}"
    assert segql("drift", **login) == Run(
        0,
        f"{where}\n\nNo drift: the account holds what the files say (2 segments).\n",
        "",
    )

    account.update("vip", {"segment_ql": "FILTER a > 5", "name": "Very", "tags": ["by hand"]})
    account.delete("web")
    account.create({"slug_name": "other", "segment_ql": "FILTER c"})
    assert segql("drift", **login) == Run(
        3,
        f"{where}\n\n"
        "~ vip  a.segql:1: differs in the account\n"
        '    ~ name: "VIP" -> "Very"\n'
        "    - FILTER a > 1\n"
        "    + FILTER a > 5\n\n"
        "- web  a.segql:1: not in the account\n\n"
        "Drift: 1 changed, 1 not in the account, 0 the same.\n",
        "",
    )


def test_what_is_protected_drifts_as_well(
    segql: Shell, write: Write, account: Client, login: dict[str, str]
) -> None:
    write("segql.toml", '[env.prod]\nprotected = ["vip"]\nowner-tag = "segql"')
    write("a.segql", "FILTER a ALIAS vip")
    account.create({"slug_name": "vip", "segment_ql": "FILTER b", "tags": ["segql"]})
    run = segql("drift", "--env", "prod", **login)
    assert run.code == 3
    assert "~ vip  a.segql:1: differs in the account\n" in run.out


def test_what_no_file_has_is_told_and_is_no_drift(
    segql: Shell, write: Write, account: Client, login: dict[str, str]
) -> None:
    write("segql.toml", '[env.prod]\nowner-tag = "segql"')
    write("a.segql", "FILTER a ALIAS vip")
    write("b.segql", "FILTER b ALIAS web")
    for slug, text in (("vip", "FILTER a"), ("web", "FILTER b"), ("old", "FILTER c")):
        account.create({"slug_name": slug, "segment_ql": text, "tags": ["segql"]})
    run = segql("drift", "--env", "prod", "a.segql", **login)
    assert run.code == 0
    assert "In the account, and in no file any more: old.\n" in run.out


def test_json(segql: Shell, write: Write, account: Client, login: dict[str, str]) -> None:
    write("a.segql", "FILTER a ALIAS vip")
    run = segql("drift", "--output-format", "json", **login)
    assert run.code == 3
    (missing,) = json.loads(run.out)["segments"]
    assert (missing["slug"], missing["state"]) == ("vip", "missing")


def test_what_cannot_run(segql: Shell, write: Write, login: dict[str, str]) -> None:
    assert segql("drift", **login).code == 2  # there is no file
    write("a.segql", "FILTER a > ALIAS a")
    run = segql("drift", **login)
    assert (run.code, run.out) == (2, "")
    write("a.segql", "FILTER a ALIAS a")
    assert segql("drift").code == 2  # there is no token
