"""Profiles in JSON, in every form that people have them in."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.profiles import BadProfile, read_json, splitting
from segql.profiles import json as json_module

A, B = {"a": 1}, {"b": [2]}
NO_JSON = "it is not JSON"
NO_OBJECT = "it is not an object"
BAD_2 = BadProfile("line 1, item 2", NO_JSON)
FIVE = [BadProfile("line 1", NO_OBJECT)]


def read(content: str | bytes) -> list[Any]:
    stream = io.BytesIO(content.encode() if isinstance(content, str) else content)
    return list(read_json(stream))


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
        ('{"a": 1}\nx\n{"b": [2]}', [A, BadProfile("line 2", NO_JSON), B]),
        ('{"a": 1}\n\n5', [A, BadProfile("line 3", NO_OBJECT)]),
        ('[{"a": 1}, 5]', [A, BadProfile("line 1, item 2", NO_OBJECT)]),
        ('{\n"a": 1\n}\n\nx\n', [A, BadProfile("line 5", NO_JSON)]),
        ('[\n{"a": 1},\n{"x": },\n{"b": [2]}\n]', [A, BadProfile("line 3, item 2", NO_JSON), B]),
        ('[{"a": 1}] {"b": [2]}', [A, B]),
        ('[{"a": 1}]]\n{"b": [2]}', [A, BadProfile("line 1", NO_JSON), B]),
        ('[{"a": 1}, "],{", {"b": [2]}]', [A, BadProfile("line 1, item 2", NO_OBJECT), B]),
        ('[5, x, {"b": [2]}]', [BadProfile("line 1, item 1", NO_OBJECT), BAD_2, B]),
        ('{"a": 1}\n[1]', [A, BadProfile("line 2, item 1", NO_OBJECT)]),
        ('{"a": 1}\n{\n"b": 1\n', [A, BadProfile("line 2", NO_JSON)]),
        ('[{"a": 1}', [A, BadProfile("line 1, item 2", "the list is not closed")]),
        ('[\n{"a": 1},\n{"b"', [A, BadProfile("line 3, item 2", NO_JSON)]),
        ("[" * 100_000, [BadProfile("line 1, item 1", "it is nested too deeply")]),
        ("5\n" + "[" * 100_000, [*FIVE, BadProfile("line 2", "it is nested too deeply")]),
        (b'{"a": 1}\n\xff\n', [A, BadProfile("line 2", NO_JSON)]),
        (b'{"a": "\xff"}', [BadProfile("line 1", NO_JSON)]),
        ('{"a": 1' + "0" * 400 + ".5e9999}", [BadProfile("line 1", NO_JSON)]),
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


@given(st.lists(st.dictionaries(st.text(), st.text('\\"[]{},\n'))), st.integers(1, 40))
def test_a_list_is_cut_at_its_items_however_it_arrives(profiles: list[Any], size: int) -> None:
    class Dripping(io.BytesIO):
        def read(self, count: int | None = -1) -> bytes:
            return super().read(size)

    head, _, rest = json.dumps([{"x": p} for p in profiles], ensure_ascii=True).partition("[")
    stream = Dripping(f"[\n{head}{rest}".encode())
    assert list(read_json(stream)) == [{"x": p} for p in profiles]


def test_a_profile_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_module, "LONGEST", 100)
    monkeypatch.setattr(splitting, "LONGEST", 100)
    monkeypatch.setattr(splitting, "_CHUNK", 10)
    long = json.dumps({"x": "y" * 1000})
    assert [type(each) for each in read(f'{long}\n{{"a": 1}}\n')] == [BadProfile, dict]
    assert read(f'[{{"a": 1}}, {long}]') == [A, BadProfile("line 1, item 2", json_module._TOO_LONG)]


@given(st.text('{}[]",\\ a1:\n'))
def test_any_brackets(content: str) -> None:
    assert all(isinstance(each, dict | BadProfile) for each in read(f"[{content}"))


@given(st.binary())
def test_any_bytes(content: bytes) -> None:
    assert all(isinstance(each, dict | BadProfile) for each in read(content))
