"""Places in the three encodings, and edits as clients make them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from segql.source import SourceFile
from segql_lsp.places import Places, edited

ENCODINGS = ("utf-8", "utf-16", "utf-32")
CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
# Characters of one to four bytes, and those that Python, but not the protocol, ends lines at.
TEXTS = st.text(st.sampled_from('ab" ,(\né🛒\r\n\u2028\x0b\x0c\x85\u200d\U0001f1e6'), max_size=40)


def lines_of(text: str) -> list[str]:
    """The lines of a text without their ends, written down anew from the protocol."""
    return re.split(r"\r\n|\n|\r", text)


def units(text: str, encoding: str) -> int:
    codec, size = CODECS[encoding]
    return len(text.encode(codec)) // size


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(TEXTS, st.data())
def test_a_place_is_where_the_protocol_has_it(
    encoding: str, text: str, data: st.DataObject
) -> None:
    offset = data.draw(st.integers(0, len(text)))
    if text[offset - 1 : offset + 1] == "\r\n":
        return  # inside a line's end there is no place
    above = lines_of(text[:offset])
    expected = len(above) - 1, units(above[-1], encoding)
    places = Places(SourceFile(text), encoding)
    assert places.place(offset) == expected
    assert places.offset(*expected) == offset


@pytest.mark.parametrize(
    ("encoding", "place", "expected"),
    [
        ("utf-16", (0, 2), 1),  # in the middle of the cart: before it
        ("utf-8", (0, 3), 1),
        ("utf-16", (0, 3), 2),
        ("utf-8", (0, 5), 2),
        ("utf-32", (0, 2), 2),
        ("utf-16", (0, 99), 3),  # behind the line: its end
        ("utf-16", (1, 0), 5),
        ("utf-16", (9, 9), 6),  # behind the text: its end
    ],
)
def test_odd_places(encoding: str, place: tuple[int, int], expected: int) -> None:
    assert Places(SourceFile("a🛒b\r\nc"), encoding).offset(*place) == expected


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(TEXTS, st.data())
def test_edits_leave_both_texts_equal(encoding: str, text: str, data: st.DataObject) -> None:
    mine, changes = text, []
    for _ in range(data.draw(st.integers(1, 5))):
        before = lines_of(mine)
        line = data.draw(st.integers(0, len(before) - 1))
        last = data.draw(st.integers(line, len(before) - 1))
        column = data.draw(st.integers(0, len(before[line])))
        end = data.draw(st.integers(column if last == line else 0, len(before[last])))
        new = data.draw(TEXTS)
        starts = [0, *(m.end() for m in re.finditer(r"\r\n|\n|\r", mine))]
        mine = mine[: starts[line] + column] + new + mine[starts[last] + end :]
        place = types.Range(
            types.Position(line, units(before[line][:column], encoding)),
            types.Position(last, units(before[last][:end], encoding)),
        )
        changes.append(types.TextDocumentContentChangePartial(place, new))
    assert edited(text, changes, encoding) == mine


def test_a_whole_text_takes_the_place_of_all() -> None:
    whole = types.TextDocumentContentChangeWholeDocument("new")
    here = types.Range(types.Position(0, 3), types.Position(0, 3))
    added = types.TextDocumentContentChangePartial(here, "er")
    assert edited("old", [whole, added], "utf-16") == "newer"


def test_a_range_backwards_takes_nothing_away() -> None:
    back = types.Range(types.Position(0, 2), types.Position(0, 1))
    change = types.TextDocumentContentChangePartial(back, "x")
    assert edited("abc", [change], "utf-16") == "abxc"
