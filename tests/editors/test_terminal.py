"""The colours of a terminal, as the screenshots have them."""

from __future__ import annotations

import pytest

from tests.editors.terminal import to_html


@pytest.mark.parametrize(
    ("sequence", "style"),
    [
        ("31", "color:#cd3131"),
        ("94", "color:#3b8eea"),
        ("38;5;196", "color:#ff0000"),
        ("38;5;244", "color:#808080"),
        ("38;2;1;2;3", "color:#010203"),
        ("38:2::1:2:3", "color:#010203"),
        ("48;2;1;2;3", "color:inherit;background:#010203"),
        ("1;3", "color:inherit;font-weight:bold;font-style:italic"),
        ("4:3", "color:inherit;text-decoration:underline wavy"),
        ("4;58;2;1;2;3", "color:inherit;text-decoration:underline solid"),
        ("31;39", "color:inherit"),
        ("", "color:inherit"),
    ],
)
def test_a_sequence_becomes_a_style(sequence: str, style: str) -> None:
    assert to_html(f"\x1b[{sequence}ma < b") == f'<span style="{style}">a &lt; b</span>'


def test_what_is_no_colour_is_left_out() -> None:
    assert to_html("\x1b(Ba\x1b[2Jb") == '<span style="color:inherit">ab</span>'
