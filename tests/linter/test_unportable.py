"""PORT001, PORT002: well-formed texts that the server cannot be told."""

from __future__ import annotations

import pytest

from .conftest import told


def test_a_string_with_a_quotation_mark_and_a_backslash() -> None:
    ((code, message, place),) = told(r'FILTER a = "x\"y\n"')
    assert (code, place) == ("PORT001", r'"x\"y\n"')
    assert "the server would drop every backslash in it" in message


def test_a_negative_argument() -> None:
    message = "the server refuses a negative number as argument of a function"
    assert told("FILTER pow(a, -1) > 2") == [("PORT002", message, "-1")]


@pytest.mark.parametrize(
    "text", [r'FILTER a = "x\"y"', r'FILTER a = "x\n"', "FILTER pow(a, 1) > -1"]
)
def test_nothing_to_report(text: str) -> None:
    assert told(text) == []
