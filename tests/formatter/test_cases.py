"""Each file of ``cases/`` holds a text and, below the line ``==>``, its canonical form.

A case is added by adding a file. Line length is 88, as by default.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import segql
from segql.formatter import format_text

CASES = sorted((Path(__file__).parent / "cases").glob("*.segql"))


def split(path: Path) -> tuple[str, str]:
    before, after = path.read_text(encoding="utf-8").split("==>\n")
    return before, after


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    before, after = split(path)
    assert format_text(before) == after


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_canonical_form_is_stable(path: Path) -> None:
    _, after = split(path)
    assert format_text(after) == after


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
@pytest.mark.parametrize("line_length", [20, 40, 1000])
def test_any_line_length_is_stable(path: Path, line_length: int) -> None:
    written = format_text(split(path)[0], line_length)
    assert format_text(written, line_length) == written


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_windows_line_ends_are_kept(path: Path) -> None:
    before, after = (text.replace("\n", "\r\n") for text in split(path))
    assert format_text(before) == after


def test_nul_stays_escaped() -> None:
    """No file can hold it."""
    text = 'FILTER a\nWITH {"description": "a\\u0000b"}\nALIAS x\n'
    assert "\0" not in segql.format(text)
    assert segql.format(segql.format(text)) == segql.format(text)
    (before,), (after,) = (segql.parse(t).statements for t in (text, segql.format(text)))
    assert before.options == after.options == {"description": "a\0b"}
