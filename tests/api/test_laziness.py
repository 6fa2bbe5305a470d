"""The room's front door is light: the HTTP library is imported on first use."""

from __future__ import annotations

import subprocess
import sys

import pytest

import segql.api


def test_the_exceptions_cost_nothing() -> None:
    code = "import sys; from segql.api import ApiError; print('httpx2' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def test_what_answers_are_made_of_needs_no_http() -> None:
    names = "Segment, Account, Connection, Datamodel, Job, Retry, Request, Page"
    code = f"import sys; from segql.api import {names}; print('httpx2' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


@pytest.mark.parametrize("name", segql.api.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(segql.api, name)


def test_another_name_is_not() -> None:
    with pytest.raises(AttributeError, match="Clint"):
        _ = segql.api.Clint
