"""From bytes to a parsed file."""

from __future__ import annotations

import pytest

from segql.workspace import read_bytes


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n", b"-- only a comment"])
def test_a_file_without_segments_is_fine(content: bytes) -> None:
    read = read_bytes(content, "a.segql")
    assert (read.statements, read.diagnostics) == ((), ())


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert read_bytes(b"\xef\xbb\xbfFILTER a", "a.segql").source.text == "FILTER a"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"FILTER a\xff", "this is not a text file: byte 9 is not UTF-8"),
        ("FILTER ä".encode("latin-1"), "this is not a text file: byte 8 is not UTF-8"),
        ("FILTER a".encode("utf-16"), "this is not a text file: byte 1 is not UTF-8"),
        ("FILTER a".encode("utf-16-le"), "this is not a text file: it holds NUL bytes"),
        (b"FILTER a\0", "this is not a text file: it holds NUL bytes"),
    ],
)
def test_what_is_not_utf8_text_becomes_a_diagnostic(content: bytes, message: str) -> None:
    read = read_bytes(content, "a.segql")
    (problem,) = read.diagnostics
    assert (problem.code, problem.message, problem.help) == ("SYN016", message, "save it as UTF-8")
    assert read.statements == ()
    assert read.source.path == "a.segql"
