"""An emulated account, and segments as files would say them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from segql.api import Client, Credentials
from segql.emulator import running
from segql.syntax.parser import parse
from segql.workspace import Segment, Workspace

TOKEN = "s3cret-token"
TABLES = ("user", "content", "account")


@pytest.fixture(scope="session")
def emulator() -> Iterator[str]:
    with running(token=TOKEN) as url:
        yield url


@pytest.fixture
def client(emulator: str) -> Iterator[Client]:
    """A client of the one emulator of all these tests, empty again after each."""
    with Client(Credentials(emulator, TOKEN)) as client:
        yield client
        for table in TABLES:
            for segment in client.segments(table, valid="all"):
                client.delete(segment.id)


def segments(text: str) -> list[Segment]:
    return list(Workspace([parse(text, "a.segql")]).segments)
