"""`segql format`: what becomes of files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .conftest import Run, Shell, Write

LOOSE = "filter and(a>1 , b  in (1,2))  alias X"
CANONICAL = "FILTER AND (a > 1, b IN (1, 2)) ALIAS X\n"


def test_a_file_is_rewritten(segql: Shell, write: Write) -> None:
    path = write("a.segql", LOOSE)
    assert segql("format") == Run(0, "", "1 file reformatted.\n")
    assert path.read_text() == CANONICAL
    assert segql("format") == Run(0, "", "1 file left unchanged.\n")


def test_a_canonical_file_is_not_touched(segql: Shell, write: Write) -> None:
    path = write("a.segql", CANONICAL)
    os.utime(path, (1, 1))
    before = path.stat()
    segql("format")
    after = path.stat()
    assert (after.st_mtime, after.st_ino) == (1, before.st_ino)


def test_a_file_with_errors_is_left_and_the_others_are_rewritten(
    segql: Shell, write: Write
) -> None:
    bad = write("a.segql", f"{LOOSE}; FILTER b >")
    good = write("b.segql", LOOSE)
    run = segql("format")
    assert (run.code, run.out) == (1, "")
    assert run.err.startswith("a.segql:1:51: error SYN002 a field or a value is missing\n")
    assert run.err.endswith("\n1 file reformatted, 1 file with errors.\n")
    assert bad.read_text() == f"{LOOSE}; FILTER b >"
    assert good.read_text() == CANONICAL


def test_what_is_no_text_is_left(segql: Shell, write: Write) -> None:
    path = write("a.segql", b"FILTER   a\xff")
    run = segql("format")
    assert run.code == 1
    assert run.err.endswith("\n1 file with errors.\n")
    assert path.read_bytes() == b"FILTER   a\xff"


@pytest.mark.parametrize("content", ["", "-- only a comment\n"])
def test_a_file_without_segments(segql: Shell, write: Write, content: str) -> None:
    path = write("a.segql", content)
    assert segql("format") == Run(0, "", "1 file left unchanged.\n")
    assert path.read_text() == content


def test_line_ends_are_kept(segql: Shell, write: Write) -> None:
    path = write("a.segql", "-- why\r\nfilter a>1\r\nalias x\r\n")
    assert segql("format").code == 0
    assert path.read_bytes() == b"-- why\r\nFILTER a > 1 ALIAS x\r\n"
    assert segql("format") == Run(0, "", "1 file left unchanged.\n")


def test_permissions_are_kept(segql: Shell, write: Write) -> None:
    path = write("a.segql", LOOSE)
    path.chmod(0o640)
    assert segql("format").code == 0
    assert path.stat().st_mode & 0o777 == 0o640
    assert path.read_text() == CANONICAL


def test_a_link_stays_a_link(segql: Shell, write: Write, folder: Path) -> None:
    real = write("../elsewhere/real.segql", LOOSE)
    link = folder / "a.segql"
    link.symlink_to("../elsewhere/real.segql")
    assert segql("format", "a.segql") == Run(0, "", "1 file reformatted.\n")
    assert link.is_symlink()
    assert real.read_text() == CANONICAL


def test_nothing_is_left_behind(segql: Shell, write: Write, folder: Path) -> None:
    write("a.segql", LOOSE)
    write("b.segql", "FILTER b >")
    segql("format")
    assert sorted(path.name for path in folder.iterdir()) == ["a.segql", "b.segql"]


def test_the_longest_possible_name(segql: Shell, write: Write) -> None:
    path = write(f"{'n' * 249}.segql", LOOSE)
    assert segql("format") == Run(0, "", "1 file reformatted.\n")
    assert path.read_text() == CANONICAL


def test_a_folder_that_may_not_be_written_to(
    unprivileged: Shell, write: Write, folder: Path
) -> None:
    path = write("deep/a.segql", LOOSE)
    path.parent.chmod(0o500)
    run = unprivileged("format")
    path.parent.chmod(0o700)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"segql: {folder}/deep/")
    assert run.err.endswith(": Permission denied\n")
    assert path.read_text() == LOOSE
    assert [entry.name for entry in path.parent.iterdir()] == ["a.segql"]


def test_standard_input_is_printed_and_no_file_is_written(
    segql: Shell, write: Write, folder: Path
) -> None:
    assert segql("format", "-", stdin=LOOSE) == Run(0, CANONICAL, "")
    assert segql("format", "-", stdin=CANONICAL) == Run(0, CANONICAL, "")
    path = write("a.segql", LOOSE)
    assert segql("format", "-", "--stdin-filename", "a.segql", stdin="filter x").out == "FILTER x\n"
    assert path.read_text() == LOOSE
    assert list(folder.iterdir()) == [path]


def test_standard_input_keeps_its_line_ends(segql: Shell) -> None:
    assert segql("format", "-", stdin="filter a\r\n;filter b\r\n").out == (
        "FILTER a\r\n\r\nFILTER b\r\n"
    )


def test_standard_input_with_errors_is_not_printed(segql: Shell) -> None:
    run = segql("format", "-", stdin="filter a >")
    assert (run.code, run.out) == (1, "")
    assert run.err.startswith("<stdin>:1:11: error SYN002 ")
