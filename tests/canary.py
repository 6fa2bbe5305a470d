"""Watches for tokens in all tests: each of theirs begins with the canary, which nothing says.

Tokens are in the environment of every process, in the profiles of every user and in a url. Looked
at after each test is what was captured of output and logs (from DEBUG on: answers of the language
server as well), the files that it left, whichever they are (journals, plans, caches), and all that
other processes said.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

CANARY = "s3cret-token"
TOKEN = f"{CANARY}/with+odd=signs"

# What all processes have in their environment: a token, and a url that has one.
ENVIRONMENT = {
    "LYTICS_API_TOKEN": TOKEN,
    "LYTICS_API_URL": f"https://user:{CANARY}@api.example.com/?key={CANARY}",
}

# Upper case is what some servers make of a header; its letters have no other spellings.
_SOUGHT = re.compile(CANARY.encode(), re.IGNORECASE)
# Here tokens belong.
_PROFILES = "accounts.toml"

_communicate = subprocess.Popen.communicate


class TokenShown(AssertionError):
    """A token is where none may be."""


def place(home: Path) -> None:
    """Put the canary among the profiles of a user."""
    profiles = home / ".lytics" / _PROFILES
    profiles.parent.mkdir()
    profiles.write_text(f'[canary]\ntoken = "{TOKEN}"\n', encoding="utf-8")
    profiles.chmod(0o600)


def shows_token(said: bytes | str | None) -> bool:
    """Whether the canary is in what was said."""
    content = said.encode(errors="replace") if isinstance(said, str) else said
    return bool(content and _SOUGHT.search(content))


# ---- The plugin --------------------------------------------------------------------------


def pytest_configure() -> None:
    os.environ.update(ENVIRONMENT)
    subprocess.Popen.communicate = _watched  # type: ignore[method-assign]


def pytest_unconfigure() -> None:
    subprocess.Popen.communicate = _communicate  # type: ignore[method-assign]


def _watched(self: subprocess.Popen[Any], *arguments: Any, **options: Any) -> tuple[Any, Any]:
    said = _communicate(self, *arguments, **options)
    if any(map(shows_token, said)):
        raise TokenShown("another process has said a token")
    return said


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    found = [*_captured(report.sections)]
    if report.when == "teardown" and (folder := getattr(item, "funcargs", {}).get("tmp_path")):
        found += _files(folder)
    if found:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: a token is in {', '.join(found)}"
    return report


def _captured(sections: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (name for name, content in sections if shows_token(content))


def _files(folder: Path) -> Iterator[str]:
    """The files that have a token in their content or in their name."""
    for place, folders, files in os.walk(folder):
        paths = [os.path.join(place, name) for name in files if name != _PROFILES]
        yield from (path for path in paths if _has_token(path))
        yield from (os.path.join(place, name) for name in (*folders, *files) if shows_token(name))


def _has_token(path: str) -> bool:
    try:
        # Whoever opens a pipe waits for what it says.
        return os.path.isfile(path) and shows_token(Path(path).read_bytes())
    except OSError:  # nobody may read it
        return False
