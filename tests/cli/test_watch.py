"""``segql check --watch``: the files are checked again whenever one changes."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue
from threading import Thread

import pytest

from .conftest import Run, Shell, Write

PATIENCE = 30  # seconds


class Watch:
    """What a watching command prints, line by line as it comes."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._lines: Queue[str] = Queue()
        Thread(target=self._read, args=(process,), daemon=True).start()

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self._lines.put(line)

    def wait_for(self, text: str) -> None:
        while text not in self._lines.get(timeout=PATIENCE):
            pass


@contextmanager
def watching(segql: Shell) -> Iterator[tuple[Watch, subprocess.Popen[str]]]:
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "segql", "check", "--watch"],
        cwd=segql.folder,
        env=segql.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield Watch(process), process
    finally:
        process.kill()
        process.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent in another way there")
def test_it_checks_again_until_it_is_interrupted(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a > ALIAS x")
    with watching(segql) as (watch, process):
        watch.wait_for("1 error in 1 file.")
        write("a.segql", "FILTER a > 1 ALIAS x")
        watch.wait_for("1 file checked, nothing found.")
        write("b.segql", "FILTER EXISTS(b) ALIAS y")
        watch.wait_for("PORT007")
        write("segql.toml", 'ignore = ["PORT"]')
        watch.wait_for("2 files checked, nothing found.")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=PATIENCE) == 0


def test_standard_input_cannot_be_watched(segql: Shell) -> None:
    run = segql("check", "--watch", "-")
    help = "  help: name files or folders\n"
    assert run == Run(2, "", f"segql: standard input cannot be watched\n{help}")
