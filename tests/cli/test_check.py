"""`segql check`: what it prints for people, and its exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Run, Shell, Write


def test_nothing_found(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a > 1 ALIAS a")
    assert segql("check") == Run(0, "1 file checked, nothing found.\n", "")


def test_a_mistake_is_shown_at_its_place(segql: Shell, write: Write) -> None:
    write("deep/a.segql", "-- why\nFILTER AND (a, visitct >= )")
    run = segql("check", "deep/a.segql")
    assert run == Run(1, run.out, "")
    assert run.out.splitlines() == [
        "deep/a.segql:2:27: error SYN002 a field or a value is missing before `)`",
        "  |",
        "2 | FILTER AND (a, visitct >= )",
        "  |                           ^",
        "  = help: write a field, a number, or a text in double quotes",
        "",
        "1 error in 1 file.",
    ]


def test_several_files(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER AND (a > ); FILTER b >")
    write("b.segql", "FILTER b")
    write("c/d.segql", "FILTER c >")
    run = segql("check")
    places = [line.split(": ")[0] for line in run.out.splitlines() if "SYN002" in line]
    assert places == ["a.segql:1:17", "a.segql:1:30", "c/d.segql:1:11"]
    assert run.out.endswith("\n3 errors in 2 files.\n")
    assert run.code == 1


def test_paths_are_files_and_folders(segql: Shell, write: Write) -> None:
    for name in ("a.segql", "b.segql", "c/d.segql", "e/f.segql"):
        write(name, "FILTER x >")
    run = segql("check", "e", "a.segql", "c/d.segql", "a.segql")
    reported = [line.split(":")[0] for line in run.out.splitlines() if "SYN002" in line]
    assert sorted(reported) == ["a.segql", "c/d.segql", "e/f.segql"]


def test_a_path_outside_the_current_folder(segql: Shell, write: Write) -> None:
    path = write("../elsewhere/a.segql", "FILTER a >").resolve()
    assert segql("check", str(path)).out.startswith(f"{path}:1:11: ")
    assert segql("check", "../elsewhere/a.segql").out.startswith("../elsewhere/a.segql:1:11: ")
    assert segql("check", "../elsewhere").out.startswith(f"{path}:1:11: ")


@pytest.mark.parametrize("name", ["with space.segql", "ü/日本 🙂.segql", "-dash.segql", "a.txt"])
def test_any_file_name(segql: Shell, write: Write, name: str) -> None:
    write(name, "FILTER a >")
    assert segql("check", "--", name).out.startswith(f"{name}:1:11: error SYN002 ")


def test_a_name_that_would_steer_the_terminal(segql: Shell, write: Write) -> None:
    write("new\nline \x1b[31m.segql", "FILTER a >")
    run = segql("check")
    assert run.out.startswith("new�line �[31m.segql:1:11: ")
    assert run.code == 1


def test_a_name_that_is_no_utf8(segql: Shell, folder: Path) -> None:
    with open(bytes(folder) + b"/x\xff.segql", "wb") as file:
        file.write(b"FILTER a >")
    assert segql("check").out.startswith("x�.segql:1:11: ")


def test_colours_are_for_terminals(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a >")
    assert "\x1b" not in segql("check", NO_COLOR="").out


def test_a_terminal_gets_colours_unless_it_wants_none(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a >")
    assert "\x1b[1;31merror SYN002\x1b[0m" in on_a_terminal(segql, NO_COLOR="")
    assert "\x1b" not in on_a_terminal(segql, NO_COLOR="1")


def on_a_terminal(segql: Shell, **environment: str) -> str:
    ours, its = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "segql", "check"],
        cwd=segql.folder,
        env=segql.environment | {"TERM": "xterm"} | environment,
        stdout=its,
    ):
        os.close(its)
        shown = b""
        while chunk := _read(ours):
            shown += chunk
    os.close(ours)
    return shown.decode()


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # how Linux tells that the other side is closed
        return b""
