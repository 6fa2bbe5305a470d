"""What stands at a place: the way from the statement to the smallest node."""

from __future__ import annotations

import pytest

from segql.syntax.parser import parse

TEXT = 'FILTER AND (visits > 5, NOT city IN ("Rome", "Oslo")) FROM user ALIAS x;\n\nFILTER b'


@pytest.mark.parametrize(
    ("marked", "way"),
    [
        ("«visits", "Statement And Comparison Identifier"),
        ("visits«", "Statement And Comparison Identifier"),
        ("visits «>", "Statement And Comparison"),
        ("«5,", "Statement And Comparison Number"),
        ("«Rome", "Statement And Not Membership Array String"),
        ("«city", "Statement And Not Membership Identifier"),
        ("N«OT", "Statement And Not"),
        ("FIL«TER AND", "Statement"),
        ("us«er", "Statement From Name"),
        ("ALIAS x«", "Statement Alias Name"),
        ("«b", "Statement Identifier"),
        (";\n«", ""),
    ],
)
def test_the_way_to_a_place(marked: str, way: str) -> None:
    before = marked.partition("«")[0]
    offset = TEXT.index(marked.replace("«", "")) + len(before)
    parsed = parse(TEXT)
    path = parsed.path_at(offset)
    assert " ".join(type(node).__name__ for node in path) == way
    assert parsed.node_at(offset) == (path[-1] if path else None)


def test_what_is_missing_has_a_place_too() -> None:
    text = "FILTER AND (a > , b)"
    node = parse(text).node_at(text.index(">") + 1)
    assert type(node).__name__ == "Bad"
