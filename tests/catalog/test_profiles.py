"""Reading files of profiles."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.catalog.profiles import BadProfile, read_profiles

A, B = {"a": 1}, {"b": [2]}


def read(content: str | bytes) -> list[Any]:
    stream = io.BytesIO(content.encode() if isinstance(content, str) else content)
    return list(read_profiles(stream))


@pytest.mark.parametrize(
    "content",
    [
        '{"a": 1}\n{"b": [2]}\n',
        '{"a": 1}\r\n\r\n  {"b": [2]}',
        '\ufeff{"a": 1}\n{"b": [2]}\n',
        '[{"a": 1}, {"b": [2]}]',
        '[{"a": 1},\n {"b": [2]}]\n',
        json.dumps([A, B], indent=2),
        json.dumps(A, indent=2) + "\n" + json.dumps(B, indent=2) + "\n",
        json.dumps(A, indent=2) + '\n{"b": [2]}\n',
        '{"data": [{"a": 1}, {"b": [2]}]}',
        json.dumps({"next": "", "total": 2, "data": [A, B]}, indent=4),
    ],
)
def test_every_form(content: str) -> None:
    assert read(content) == [A, B]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", []),
        ("\n \n", []),
        ("[]", []),
        ("{}", [{}]),
        ('{"data": [1], "name": "x"}', [{"data": [1], "name": "x"}]),
        ('{"data": {"a": 1}}', [{"data": {"a": 1}}]),
        ('{"a": 1}\nx\n{"b": [2]}', [A, BadProfile("line 2", "it is not JSON"), B]),
        ('{"a": 1}\n\n5', [A, BadProfile("line 3", "it is not an object")]),
        ('[{"a": 1}, 5]', [A, BadProfile("line 1, item 2", "it is not an object")]),
        ('{"a": 1}\n[1]', [A, BadProfile("line 2, item 1", "it is not an object")]),
        ('{"a": 1}\n{\n"b": 1\n', [A, BadProfile("line 2", "it is not JSON")]),
        ('[{"a": 1}', [BadProfile("line 1", "it is not JSON")]),
        ("[" * 100_000, [BadProfile("line 1", "it is nested too deeply")]),
        (b'{"a": 1}\n\xff\n', [A, BadProfile("line 2", "it is not JSON")]),
        (b'{"a": "\xff"}', [BadProfile("line 1", "it is not JSON")]),
        ('{"a": 1' + "0" * 400 + ".5e9999}", [BadProfile("line 1", "it is not JSON")]),
    ],
)
def test_what_is_wrong(content: str | bytes, expected: list[Any]) -> None:
    assert read(content) == expected


@given(
    st.lists(
        st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"])), st.none() | st.integers(-9, 9)
        )
    )
)
def test_lines_and_lists_say_the_same(profiles: list[dict[str, Any]]) -> None:
    lines = "\n".join(map(json.dumps, profiles))
    plain = [p for p in profiles if not (isinstance(p.get("data"), list))]
    assert read(lines) == plain
    assert read(json.dumps(profiles)) == plain
    assert read(json.dumps(profiles, indent=1)) == plain


@given(st.binary())
def test_any_bytes(content: bytes) -> None:
    assert all(isinstance(each, dict | BadProfile) for each in read(content))
