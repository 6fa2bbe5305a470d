"""Offsets, lines and columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.source import SourceFile

TEXT = "ab\r\n\n🛒c\nd"


@pytest.mark.parametrize(
    ("offset", "position"),
    [(0, (1, 1)), (2, (1, 3)), (4, (2, 1)), (5, (3, 1)), (6, (3, 2)), (8, (4, 1)), (9, (4, 2))],
)
def test_position(offset: int, position: tuple[int, int]) -> None:
    assert SourceFile(TEXT).position(offset) == position


def test_lines_have_no_line_break() -> None:
    source = SourceFile(TEXT)
    assert [source.line(number) for number in range(1, 5)] == ["ab", "", "🛒c", "d"]


@given(st.text(st.sampled_from("a\r\n🛒")))
def test_every_offset_has_its_own_position(text: str) -> None:
    source = SourceFile(text)
    positions = [source.position(offset) for offset in range(len(text) + 1)]
    assert positions == sorted(set(positions))
