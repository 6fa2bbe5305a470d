"""Where the credentials are found, and which are refused."""

from __future__ import annotations

import traceback
from pathlib import Path
from urllib.parse import quote

import pytest

from segql.api import Credentials, CredentialsError, load_credentials
from tests.canary import TOKEN

ACCOUNTS = """
[staging]
token = "staging-token"
url = "https://staging.example.com/"

[live]
token = "live-token"

[numeric]
token = 12345678

[empty]
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / ".lytics"
    folder.mkdir()
    (folder / "accounts.toml").write_text(ACCOUNTS)
    return tmp_path


@pytest.mark.parametrize(
    ("environ", "url", "token"),
    [
        ({"LYTICS_API_TOKEN": "a"}, "https://api.lytics.io", "a"),
        ({"LIOKEY": "b"}, "https://api.lytics.io", "b"),
        ({"LYTICS_API_TOKEN": "a", "LIOKEY": "b"}, "https://api.lytics.io", "a"),
        ({"LYTICS_API_TOKEN": " ", "LIOKEY": "b"}, "https://api.lytics.io", "b"),
        ({"LYTICS_API_TOKEN": " a\n"}, "https://api.lytics.io", "a"),
        ({"LIOKEY": "b", "LYTICS_API_URL": "http://[::1]:80/x/"}, "http://[::1]/x", "b"),
        ({"LIOKEY": "b", "LYTICS_API_URL": ""}, "https://api.lytics.io", "b"),
    ],
)
def test_environment(environ: dict[str, str], url: str, token: str, home: Path) -> None:
    found = load_credentials(environ, home=home)
    assert (found.url, found.token) == (url, token)


@pytest.mark.parametrize(
    ("environ", "profile", "url", "token"),
    [
        ({}, "staging", "https://staging.example.com", "staging-token"),
        ({}, "live", "https://api.lytics.io", "live-token"),
        ({"LYTICS_PROFILE": "live"}, None, "https://api.lytics.io", "live-token"),
        ({"LYTICS_PROFILE": "live"}, "staging", "https://staging.example.com", "staging-token"),
        (
            {"LYTICS_API_TOKEN": TOKEN, "LYTICS_API_URL": "https://other.example.com"},
            "live",
            "https://api.lytics.io",
            "live-token",
        ),
    ],
)
def test_profile(
    environ: dict[str, str], profile: str | None, url: str, token: str, home: Path
) -> None:
    found = load_credentials(environ, profile, home)
    assert (found.url, found.token) == (url, token)


@pytest.mark.parametrize(
    ("profile", "in_message", "in_help"),
    [
        ("nobody", "no profile 'nobody'", "empty, live, numeric, staging"),
        ("numeric", "`$.token`", "token ="),
        ("empty", "missing required field `token`", "token ="),
    ],
)
def test_bad_profile(profile: str, in_message: str, in_help: str, home: Path) -> None:
    with pytest.raises(CredentialsError) as caught:
        load_credentials({"LYTICS_API_TOKEN": TOKEN}, profile, home)
    assert in_message in caught.value.message
    assert in_help in caught.value.help


@pytest.mark.parametrize(
    ("content", "why"), [(None, "No such file"), (b"a = b", "not TOML"), (b"\xff", "not UTF-8")]
)
def test_bad_accounts_file(tmp_path: Path, content: bytes | None, why: str) -> None:
    if content is not None:
        (tmp_path / ".lytics").mkdir()
        (tmp_path / ".lytics" / "accounts.toml").write_bytes(content)
    with pytest.raises(CredentialsError, match=why) as caught:
        load_credentials({}, "live", tmp_path)
    assert caught.value.__context__ is None


def test_no_token(tmp_path: Path) -> None:
    with pytest.raises(CredentialsError, match="neither LYTICS_API_TOKEN nor LIOKEY") as caught:
        load_credentials({}, home=tmp_path)
    assert "accounts.toml" in caught.value.help


@pytest.mark.parametrize(
    "token", [f"{TOKEN}\nX-Evil: 1", f"{TOKEN}\x00", f"{TOKEN}\x7f", f"{TOKEN}é", f"{TOKEN}密"]
)
def test_unusable_token(token: str) -> None:
    with pytest.raises(CredentialsError) as caught:
        load_credentials({"LYTICS_API_TOKEN": token})
    assert TOKEN not in "".join(traceback.format_exception(caught.value))


def test_a_url_with_the_token() -> None:
    with pytest.raises(CredentialsError, match="carries the token") as caught:
        Credentials(f"https://api.example.com/{quote(TOKEN)}/", TOKEN)
    assert TOKEN not in "".join(traceback.format_exception(caught.value))
    assert Credentials("https://api.example.com", "api").url == "https://api.example.com"


def test_empty_token() -> None:
    with pytest.raises(CredentialsError, match="empty"):
        Credentials("https://api.example.com", " ")


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example.com",
        "http://10.0.0.1",
        "http://0.0.0.0",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://127.0.0.1\\@example.com",
        "http://127.0.0.1@example.com",
        "https://user:password@api.example.com",
        "https://api.example.com/?key=abc",
        "https://api.example.com/#x",
        "https://api.example.com:99999",
        "https://api.example.com:port",
        "https://api example.com",
        "https://[::1",
        "https://",
        "ftp://api.example.com",
        "api.example.com",
        "https://api.exam\nple.com",
    ],
)
def test_refused_url(url: str) -> None:
    with pytest.raises(CredentialsError) as caught:
        Credentials(url, TOKEN)
    assert caught.value.help
    assert TOKEN not in caught.value.message


@pytest.mark.parametrize(
    "url",
    [
        "https://api.lytics.io",
        "https://münchen.example.com",
        "http://127.0.0.1:8080",
        "http://127.8.9.10",
        "http://[::1]:8080",
        "http://localhost",
        "HTTP://LOCALHOST",
    ],
)
def test_accepted_url(url: str) -> None:
    assert Credentials(url, TOKEN).token == TOKEN


def test_the_token_is_not_shown() -> None:
    credentials = Credentials("https://api.lytics.io", TOKEN)
    assert TOKEN not in repr(credentials)
    assert TOKEN not in str(credentials)
    assert credentials.redact(f"<{TOKEN}>") == "<[token]>"


def test_a_user_without_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr("os.getuid", lambda: 987_654_321)
    with pytest.raises(CredentialsError, match="no home folder"):
        load_credentials({}, "shop")
