"""Tokens and addresses: what is refused before anything is sent, and never a token in sight."""

from __future__ import annotations

from pathlib import Path

import pytest

from segql.api import Client

from .conftest import TOKEN, Run, Shell, Write, stored

both = pytest.mark.parametrize("command", ["validate", "push"])


@pytest.fixture(autouse=True)
def _segment(write: Write) -> None:
    write("a.segql", "FILTER a ALIAS a")


@both
def test_no_token(segql: Shell, command: str) -> None:
    assert segql(command, LYTICS_API_TOKEN="", LIOKEY=" ") == Run(
        2,
        "",
        "segql: no API token: neither LYTICS_API_TOKEN nor LIOKEY is set\n"
        "  help: Set LYTICS_API_TOKEN, or name a profile of ~/.lytics/accounts.toml.\n",
    )


@both
def test_a_wrong_token(segql: Shell, account: Client, login: dict[str, str], command: str) -> None:
    run = segql(command, **login | {"LYTICS_API_TOKEN": "some-wrong-token"})
    assert run.code == 2
    assert "not authorized (401)" in run.err
    assert "some-wrong-token" not in run.out + run.err
    assert stored(account) == []


@both
@pytest.mark.parametrize("token", ["one\ntwo", "one\r\nX-Other: two", "töken", "to\tken"])
def test_a_token_that_no_header_can_carry(segql: Shell, command: str, token: str) -> None:
    run = segql(command, LYTICS_API_TOKEN=token, LYTICS_API_URL="http://127.0.0.1:1")
    assert run == Run(
        2,
        "",
        "segql: the API token has characters that a header cannot carry\n"
        "  help: Copy the token again, and set LYTICS_API_TOKEN to it alone, on one line.\n",
    )


def test_the_line_end_of_a_file_is_no_part_of_the_token(
    segql: Shell, account: Client, login: dict[str, str]
) -> None:
    assert segql("validate", **login | {"LYTICS_API_TOKEN": f" {TOKEN}\n"}).code == 0


def test_the_other_variable(segql: Shell, account: Client, emulator: str) -> None:
    assert segql("validate", LIOKEY=TOKEN, LYTICS_API_URL=emulator).code == 0


@both
@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://api.example.com", "sends the token in the clear to api.example.com"),
        ("http://127.0.0.1.example.com", "sends the token in the clear to 127.0.0.1.example.com"),
        ("ftp://example.com", "is not https"),
        ("example.com", "is not https"),
        ("https://", "has no host, or not a valid one"),
        ("https://me:secret@example.com", "carries a user or a password"),
    ],
)
def test_an_address_the_token_does_not_go_to(
    segql: Shell, command: str, url: str, message: str
) -> None:
    run = segql(command, LYTICS_API_TOKEN=TOKEN, LYTICS_API_URL=url)
    assert run == Run(
        2,
        "",
        f"segql: the API url {message}\n"
        "  help: Set LYTICS_API_URL to an address such as https://api.lytics.io.\n",
    )


def test_a_profile(segql: Shell, home: Path, account: Client, emulator: str) -> None:
    accounts = home / ".lytics/accounts.toml"
    accounts.write_text(f'[shop]\ntoken = "{TOKEN}"\nurl = "{emulator}"\n')
    assert segql("validate", "--profile", "shop").code == 0
    assert segql("validate", LYTICS_PROFILE="shop").code == 0
    run = segql("validate", "--profile", "shpo")
    assert run == Run(
        2,
        "",
        f"segql: no profile 'shpo' in {accounts}\n"
        "  help: Profiles there: shop. Add a [shpo] table.\n",
    )


@pytest.mark.parametrize(
    "content", [f'[shop]\ntoken = "{TOKEN}', f'[shop]\ntokn = "{TOKEN}"', f'shop = "{TOKEN}"']
)
def test_a_file_of_profiles_that_is_wrong(segql: Shell, home: Path, content: str) -> None:
    (home / ".lytics/accounts.toml").write_text(content)
    run = segql("push", "--profile", "shop")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("segql: ")
    assert TOKEN not in run.err


def test_no_file_of_profiles(segql: Shell, home: Path) -> None:
    (home / ".lytics/accounts.toml").unlink()
    run = segql("push", "--profile", "shop", LYTICS_API_TOKEN=TOKEN)
    message = f"segql: cannot read the profiles in {home}/.lytics/accounts.toml: "
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"{message}No such file or directory\n")
