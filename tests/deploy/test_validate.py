"""Asking the API without storing anything."""

from __future__ import annotations

import pytest

from segql.api import Client, Credentials, Unauthorized
from segql.deploy import validate

from .conftest import segments


def test_each_segment_with_the_answer(client: Client) -> None:
    text = "FILTER a ALIAS one; FILTER b ALIAS two"
    answers = [(segment.slug, reason) for segment, reason in validate(client, segments(text))]
    assert answers == [("one", None), ("two", None)]
    assert client.segments(valid="all") == []


def test_an_api_that_cannot_be_asked(emulator: str) -> None:
    with Client(Credentials(emulator, "wrong-token")) as client, pytest.raises(Unauthorized):
        list(validate(client, segments("FILTER a ALIAS one")))
