"""`segql validate`: checked here, then by the API; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from segql.api import Client

from .conftest import Run, Shell, Write, stored


@pytest.fixture(autouse=True)
def _stays_empty(account: Client) -> Iterator[None]:
    yield
    assert stored(account) == []


def test_every_segment_with_the_answer(segql: Shell, write: Write, login: dict[str, str]) -> None:
    write("a.segql", "FILTER a ALIAS One; FILTER INCLUDE one ALIAS two")
    write("b.segql", "FILTER b FROM content ALIAS three")
    assert segql("validate", **login) == Run(
        0, "valid     one\nvalid     two\nvalid     three\n3 valid, 0 refused.\n", ""
    )


def test_standard_input(segql: Shell, login: dict[str, str]) -> None:
    run = segql("validate", "-", stdin="FILTER a ALIAS a", **login)
    assert run == Run(0, "valid     a\n1 valid, 0 refused.\n", "")


def test_only_what_was_named_is_asked_about(
    segql: Shell, write: Write, login: dict[str, str]
) -> None:
    write("a.segql", "FILTER INCLUDE b ALIAS a")
    write("b.segql", "FILTER b ALIAS b")
    assert segql("validate", "a.segql", **login).out == "valid     a\n1 valid, 0 refused.\n"
