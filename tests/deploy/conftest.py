"""An emulated account, and segments as files would say them."""

from __future__ import annotations

import pytest

from segql.api import Client
from segql.syntax.parser import parse
from segql.workspace import Segment, Workspace
from tests.accounts import account, emulator

__all__ = ["account", "emulator"]


@pytest.fixture
def client(account: Client) -> Client:
    return account


def segments(text: str) -> list[Segment]:
    return list(Workspace([parse(text, "a.segql")]).segments)
