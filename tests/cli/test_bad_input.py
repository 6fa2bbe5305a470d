"""What is wrong with the files themselves: one clear line, and the right exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import Run, Shell, Write

NO_FILES = "  help: name a file, or a folder that holds some\n"


@pytest.mark.parametrize(
    "content", ["", "\ufeff", "\r\n\r\n", "-- only\n# comments\n/* here */", ";"]
)
def test_a_file_without_segments_is_fine(segql: Shell, write: Write, content: str) -> None:
    write("a.segql", content)
    assert segql("check") == Run(0, "1 file checked, nothing found.\n", "")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (bytes(range(256)), "byte 129 is not UTF-8"),
        (b"FILTER \xe4 > 1", "byte 8 is not UTF-8"),
        (b"FILTER a\0 > 1", "it holds NUL bytes"),
        (b"\x7fELF\0\0\0", "it holds NUL bytes"),
    ],
    ids=["every byte", "latin-1", "NUL", "program"],
)
def test_what_is_no_text_is_a_finding_and_the_others_are_checked(
    segql: Shell, write: Write, content: bytes, message: str
) -> None:
    write("a.segql", content)
    write("b.segql", "FILTER b >")
    run = segql("check")
    assert (run.code, run.err) == (1, "")
    assert run.out.splitlines() == [
        f"a.segql:1:1: error SYN016 this is not a text file: {message}",
        "  = help: save it as UTF-8",
        "",
        "b.segql:1:11: error SYN002 a field or a value is missing",
        "  |",
        "1 | FILTER b >",
        "  |           ^",
        "  = help: write a field, a number, or a text in double quotes",
        "",
        "2 errors in 2 files.",
    ]


@pytest.mark.parametrize("command", ["check", "format", "ast", "compile", "validate", "push"])
def test_a_file_that_is_not_there(segql: Shell, command: str) -> None:
    run = segql(command, "nope.segql")
    assert run == Run(2, "", "segql: nope.segql: No such file or directory\n")


def test_a_folder_without_segments(segql: Shell, write: Write) -> None:
    write("empty/note.txt", "")
    assert segql("check") == Run(2, "", f"segql: no .segql files in the current folder\n{NO_FILES}")
    assert segql("check", "empty") == Run(2, "", f"segql: no .segql files in empty\n{NO_FILES}")


def test_a_folder_without_segments_beside_one_that_has_some(segql: Shell, write: Write) -> None:
    write("empty/note.txt", "")
    write("full/a.segql", "FILTER a")
    assert segql("check", "empty", "full") == Run(0, "1 file checked, nothing found.\n", "")


def test_a_folder_that_is_named_like_a_file(segql: Shell, folder: Path) -> None:
    (folder / "x.segql").mkdir()
    assert segql("check", "x.segql") == Run(2, "", f"segql: no .segql files in x.segql\n{NO_FILES}")


def test_a_link_to_nowhere(segql: Shell, folder: Path) -> None:
    (folder / "x.segql").symlink_to("gone")
    assert segql("check", "x.segql") == Run(2, "", "segql: x.segql: No such file or directory\n")


def test_a_link_in_a_circle(segql: Shell, folder: Path) -> None:
    (folder / "x.segql").symlink_to("x.segql")
    message = "segql: x.segql: Too many levels of symbolic links\n"
    assert segql("check", "x.segql") == Run(2, "", message)


def test_a_link_in_a_circle_in_a_folder_is_passed_over(segql: Shell, folder: Path) -> None:
    (folder / "x.segql").symlink_to("x.segql")
    (folder / "good.segql").write_text("FILTER a > 1 ALIAS good")
    run = segql("check")
    assert (run.code, run.err) == (0, "")


def test_a_name_that_is_too_long(segql: Shell) -> None:
    name = "x" * 300 + ".segql"
    assert segql("check", name) == Run(2, "", f"segql: {name}: File name too long\n")


@pytest.fixture
def locked(write: Write) -> Iterator[Path]:
    path = write("locked.segql", "FILTER a ALIAS a")
    path.chmod(0)
    yield path
    path.chmod(0o600)


@pytest.mark.usefixtures("locked")
def test_a_file_that_may_not_be_read(unprivileged: Shell) -> None:
    assert unprivileged("format", "locked.segql") == Run(
        2, "", "segql: locked.segql: Permission denied\n"
    )


@pytest.mark.usefixtures("locked")
def test_the_others_are_checked(unprivileged: Shell, write: Write) -> None:
    write("x.segql", "FILTER a >")
    run = unprivileged("check", "locked.segql", "x.segql", "--output-format", "json")
    assert run.code == 1
    found = {problem["path"]: problem["code"] for problem in json.loads(run.out)}
    assert found == {"locked.segql": "CFG003", "x.segql": "SYN002"}


@pytest.mark.usefixtures("locked")
def test_a_file_beside_that_may_not_be_read(unprivileged: Shell, write: Write) -> None:
    write("x.segql", "FILTER a ALIAS x")
    assert unprivileged("check", "x.segql") == Run(0, "1 file checked, nothing found.\n", "")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep a folder that is in use")
def test_a_current_folder_that_is_gone(segql: Shell, folder: Path) -> None:
    (folder / "gone").mkdir()
    run = segql.script("cd gone; rmdir ../gone; $SEGQL check")
    assert run.code == 2
    assert run.err == "segql: cannot read or write: No such file or directory\n"
