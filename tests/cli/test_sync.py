"""`segql sync`: from one account to another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from segql.api import Client, Credentials
from segql.emulator import running

from .conftest import TOKEN, Run, Shell, Write, slugs

NOW = "--auto-approve"
TARGET_TOKEN = "another-token-of-another-account"


@pytest.fixture
def target_url() -> Iterator[str]:
    with running(token=TARGET_TOKEN) as url:
        yield url


@pytest.fixture
def target(target_url: str) -> Iterator[Client]:
    """An account of its own."""
    with Client(Credentials(target_url, TARGET_TOKEN)) as client:
        yield client


@pytest.fixture(autouse=True)
def profiles(home: Path, emulator: str, target_url: str) -> None:
    path = home / ".lytics" / "accounts.toml"
    path.write_text(
        f'[a]\ntoken = "{TOKEN}"\nurl = "{emulator}"\n'
        f'[b]\ntoken = "{TARGET_TOKEN}"\nurl = "{target_url}"\n'
    )
    path.chmod(0o600)


def test_a_life(segql: Shell, folder: Path, account: Client, target: Client) -> None:
    first = account.create({"slug_name": "first", "segment_ql": "FILTER a > 1", "tags": ["x"]})
    account.create({"slug_name": "second", "segment_ql": f"FILTER INCLUDE {first.id}"})
    target.create({"slug_name": "theirs", "segment_ql": "FILTER own"})
    run = segql("sync", "a", "b", "--dry-run")
    assert run.code == 3
    assert "+ create first" in run.out
    assert slugs(target) == ["theirs"]

    assert segql("sync", "a", "b", NOW) == Run(
        0,
        "created   first\ncreated   second\ncreated 2, updated 0, deleted 0, unchanged 0.\n",
        "",
    )
    assert slugs(target) == ["first", "second", "theirs"]
    assert target.segment("second").segment_ql == "FILTER INCLUDE first ALIAS second"
    assert target.segment("first").tags == ("x",)
    assert segql("sync", "a", "b", "--dry-run").code == 0
    assert segql("sync", "a", "b", NOW) == Run(
        0, "created 0, updated 0, deleted 0, unchanged 2.\n", ""
    )
    assert list(folder.glob(".segql/*.journal*")) == []


def test_only_some(segql: Shell, account: Client, target: Client) -> None:
    for slug in ("vip", "other"):
        account.create({"slug_name": slug, "segment_ql": "FILTER a"})
    assert segql("sync", "a", "b", "--only", "v*", NOW).code == 0
    assert slugs(target) == ["vip"]
    assert segql("sync", "a", "b", "--only", "x", NOW).code == 2


def test_what_an_environment_protects_stays(
    segql: Shell, write: Write, account: Client, target: Client
) -> None:
    write("segql.toml", '[env.prod]\nprofile = "b"\nprotected = ["vip"]\nowner-tag = "segql"')
    account.create({"slug_name": "vip", "segment_ql": "FILTER new"})
    account.create({"slug_name": "other", "segment_ql": "FILTER a"})
    target.create({"slug_name": "vip", "segment_ql": "FILTER old"})
    run = segql("sync", "a", "prod", NOW)
    assert (run.code, run.out) == (2, "")
    assert "segql: vip: it is protected" in run.err
    assert slugs(target) == ["vip"]
    assert segql("sync", "a", "prod", "--only", "other", NOW).code == 0
    assert target.segment("other").tags == ("segql",)


def test_what_cannot_be_copied_does_not_stop_the_rest(
    segql: Shell, account: Client, target: Client
) -> None:
    account.create({"slug_name": "bad", "segment_ql": "FILTER len(a, -1) > 2"})
    account.create({"slug_name": "good", "segment_ql": "FILTER a"})
    run = segql("sync", "a", "b", NOW)
    assert run.code == 1
    assert run.err.startswith("segql: bad: the server refuses a negative number")
    assert slugs(target) == ["good"]


def test_after_an_interruption_another_call_does_the_rest(
    segql: Shell, write: Write, account: Client, target: Client
) -> None:
    account.create({"slug_name": "vip", "segment_ql": "FILTER a"})
    write(".segql/sync.a.b.journal", "what was left of it")
    assert segql("sync", "a", "b", NOW).code == 0
    assert slugs(target) == ["vip"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("a", "a", NOW), "`a` and `a` are the same account"),
        (("a", "c", NOW), "no profile 'c'"),
        (("a", "", NOW), "The name is empty."),
        (("a", "b"), "there is no terminal to ask on"),
    ],
)
def test_it_cannot_run(
    segql: Shell, account: Client, target: Client, arguments: tuple[str, ...], message: str
) -> None:
    account.create({"slug_name": "vip", "segment_ql": "FILTER a"})
    run = segql("sync", *arguments)
    assert (run.code, run.out) == (2, "")
    assert message in run.err
    assert slugs(target) == []
