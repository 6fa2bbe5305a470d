"""`segql format --check` and `--diff`: nothing is written."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import Run, Shell, Write

LOOSE = "FILTER a>1\n"
CANONICAL = "FILTER b > 2\n"


@pytest.fixture(autouse=True)
def files(write: Write, folder: Path) -> Iterator[None]:
    write("a.segql", LOOSE)
    write("b.segql", CANONICAL)
    yield
    assert (folder / "a.segql").read_text() == LOOSE
    assert (folder / "b.segql").read_text() == CANONICAL
    assert len(list(folder.iterdir())) == 2


def test_check_names_what_would_change(segql: Shell) -> None:
    assert segql("format", "--check") == Run(
        1, "would reformat a.segql\n", "1 file would be reformatted, 1 file left unchanged.\n"
    )


def test_check_of_what_is_canonical(segql: Shell) -> None:
    assert segql("format", "--check", "b.segql") == Run(0, "", "1 file left unchanged.\n")


def test_diff_shows_what_would_change(segql: Shell) -> None:
    assert segql("format", "--diff") == Run(
        1,
        "--- a.segql\n+++ a.segql\n@@ -1 +1 @@\n-FILTER a>1\n+FILTER a > 1\n",
        "1 file would be reformatted, 1 file left unchanged.\n",
    )


def test_diff_of_what_is_canonical(segql: Shell) -> None:
    assert segql("format", "--diff", "b.segql") == Run(0, "", "1 file left unchanged.\n")


def test_of_both_diff_speaks(segql: Shell) -> None:
    run = segql("format", "--check", "--diff")
    assert (run.code, run.out.splitlines()[0]) == (1, "--- a.segql")


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_a_text_with_errors(segql: Shell, option: str) -> None:
    run = segql("format", option, "-", stdin="FILTER a >")
    assert (run.code, run.out) == (1, "")
    assert run.err.startswith("<stdin>:1:11: error SYN002 ")


def test_standard_input(segql: Shell) -> None:
    assert segql("format", "--check", "-", stdin=CANONICAL) == Run(0, "", "")
    assert segql("format", "--check", "-", stdin=LOOSE) == Run(1, "would reformat <stdin>\n", "")
    assert segql("format", "--diff", "-", stdin=CANONICAL) == Run(0, "", "")
    assert segql("format", "--diff", "-", "--stdin-filename", "x.segql", stdin=LOOSE) == Run(
        1, "--- x.segql\n+++ x.segql\n@@ -1 +1 @@\n-FILTER a>1\n+FILTER a > 1\n", ""
    )


@pytest.mark.skipif(not shutil.which("patch"), reason="needs the tool that applies a diff")
@pytest.mark.parametrize(
    "text",
    [
        "FILTER a>1",
        "FILTER a>1\r\n-- why\r\nALIAS x\r\n",
        'FILTER a="x\u2028y\x0cz\x85"\nALIAS x',
        "-- one\n\n\n-- two\nFILTER a>1\n;\n\n\nFILTER b>2 -- three\n" * 20,
    ],
    ids=["no line end", "windows", "line ends of Unicode only", "several hunks"],
)
def test_the_diff_can_be_applied(segql: Shell, tmp_path: Path, text: str) -> None:
    path = tmp_path / "patched.segql"
    path.write_bytes(text.encode())
    diff = segql("format", "--diff", "-", stdin=text).out
    subprocess.run(["patch", "--binary", str(path)], input=diff.encode(), check=True)
    assert path.read_bytes().decode() == segql("format", "-", stdin=text).out
