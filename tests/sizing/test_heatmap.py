"""The picture of overlaps is XML whatever the names are."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from segql.sizing.heatmap import heatmap


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_name_can_be_drawn(names: list[str]) -> None:
    overlaps = [[5 if a == b else 2 for a in names] for b in names]
    picture = ElementTree.fromstring(heatmap(names, overlaps))
    assert sum(element.tag.endswith("}g") for element in picture.iter()) == len(names) ** 2


def test_names_are_text() -> None:
    picture = heatmap(["<script>alert(1)</script>"], [[1]])
    assert "<script" not in picture
    assert ElementTree.fromstring(picture) is not None


def test_an_empty_segment_has_no_share() -> None:
    assert ">0</text>" in heatmap(["nobody"], [[0]])
