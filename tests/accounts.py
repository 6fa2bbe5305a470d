"""An emulated account for the tests of what talks to one: import the fixtures into a conftest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from segql.api import Client, Credentials, Segment
from segql.emulator import running
from tests.canary import TOKEN

TABLES = ("user", "content", "account")


@pytest.fixture(scope="session")
def emulator() -> Iterator[str]:
    with running(token=TOKEN) as url:
        yield url


@pytest.fixture
def account(emulator: str) -> Iterator[Client]:
    """The account as it really is; empty again after each test."""
    with Client(Credentials(emulator, TOKEN)) as client:
        yield client
        for segment in stored(client):
            client.delete(segment.id)


def stored(account: Client) -> list[Segment]:
    return [each for table in TABLES for each in account.segments(table, valid="all")]
