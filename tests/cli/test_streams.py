"""Standard streams that are closed, full, or read only in part."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Run, Shell, Write


@pytest.fixture(autouse=True)
def _files(write: Write) -> None:
    write("a.segql", "FILTER a > 1 ALIAS a")
    write("bad/b.segql", "FILTER b >")


def test_a_reader_that_has_seen_enough(segql: Shell, write: Write) -> None:
    write("many.segql", "FILTER a > 1 ALIAS x\n" * 20_000)
    run = segql.script("$SEGQL ast many.segql | head -1; exit ${PIPESTATUS[0]}")
    assert run == Run(2, "many.segql\n", "")


def test_a_reader_that_is_gone_is_no_finding(segql: Shell) -> None:
    run = segql.script("(sleep 0.3; $SEGQL check a.segql) | true; exit ${PIPESTATUS[0]}")
    assert run == Run(2, "", "")


def test_standard_input_closed(segql: Shell) -> None:
    run = segql.script("$SEGQL check - <&-")
    assert run == Run(
        2, "", "segql: standard input is closed\n  help: pipe a text into it, or name a file\n"
    )


def test_a_comment_from_a_closed_standard_input(segql: Shell, write: Write) -> None:
    write("event.json", '{"pull_request": {"number": 1}}')
    job = "GITHUB_ACTIONS=true GITHUB_EVENT_PATH=event.json GITHUB_REPOSITORY=a/b GITHUB_TOKEN=t"
    run = segql.script(f"{job} GITHUB_API_URL=http://127.0.0.1:1 $SEGQL comment <&-")
    assert run == Run(
        2, "", "segql: standard input is closed\n  help: pipe a text into it, or name a file\n"
    )


@pytest.mark.parametrize(("path", "code"), [("a.segql", 0), ("bad/b.segql", 1), ("nope", 2)])
def test_standard_output_closed(segql: Shell, path: str, code: int) -> None:
    assert segql.script(f"$SEGQL check {path} >&-").code == code


@pytest.mark.parametrize(("path", "code"), [("a.segql", 0), ("bad/b.segql", 1), ("nope", 2)])
def test_standard_error_closed(segql: Shell, path: str, code: int) -> None:
    assert segql.script(f"$SEGQL compile {path} 2>&-").code == code


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the device is Linux's own")
def test_a_full_disk_behind_standard_output(segql: Shell) -> None:
    run = segql.script("$SEGQL check a.segql >/dev/full")
    assert run.code == 2
    assert run.err.splitlines()[0].startswith("segql: ")
    assert "No space left on device" in run.err


def test_a_terminal_that_cannot_show_every_letter(segql: Shell, write: Write) -> None:
    write("ü.segql", 'FILTER a = "日本" b')
    run = segql("check", "ü.segql", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert run.code == 1
    assert run.out.startswith("ü.segql:1:17: ")
    assert '1 | FILTER a = "日本" b\n' in run.out


INTERRUPTED = """
import os, signal, threading, segql.cli
signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever the caller does with it
threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
segql.cli.main()
"""


def test_an_interrupt_is_no_finding(segql: Shell) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, "check", "-"],
        cwd=segql.folder,
        env=segql.environment,
        stdin=subprocess.PIPE,  # stays open: the command waits for it
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.wait(timeout=60) == 2
        assert process.stdout is not None
        assert process.stderr is not None
        assert (process.stdout.read(), process.stderr.read()) == ("", "segql: interrupted\n")
