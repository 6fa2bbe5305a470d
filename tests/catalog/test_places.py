"""Where the keys and values of a JSON or TOML text stand."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.catalog.places import Path, json_places, toml_places
from segql.source import Span

DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=15,
)


def paths(document: Any, path: Path = ()) -> list[tuple[Path, Any]]:
    if not isinstance(document, dict | list):
        return [(path, document)]
    steps = document.items() if isinstance(document, dict) else enumerate(document)
    found = [each for step, value in steps for each in paths(value, (*path, step))]
    return [(path, document), *found]


@given(DOCUMENTS, st.sampled_from([None, 0, 3]), st.booleans())
def test_every_value_of_json_is_found(document: Any, indent: int | None, is_ascii: bool) -> None:
    text = json.dumps(document, indent=indent, ensure_ascii=is_ascii)
    locate = json_places(text)
    for path, value in paths(document):
        span = locate(path, "value")
        found = text[span.start : span.end]
        if isinstance(value, dict | list):
            assert found == ("{" if isinstance(value, dict) else "[")
        else:
            assert json.loads(found) == value
        if path and isinstance(path[-1], str):
            key = locate(path, "key")
            assert json.loads(text[key.start : key.end]) == path[-1]
            assert key.end < span.start


def test_deep_json() -> None:
    text = "[" * 900 + "]" * 900
    assert json_places(text)((0,) * 899, "value") == Span(899, 900)


@pytest.mark.parametrize(
    ("path", "part", "expected"),
    [
        (("a", 5), "value", "["),
        (("a", 0, "c"), "key", "1"),
        (("b",), "key", "{"),
        ((), "value", "{"),
    ],
)
def test_what_is_not_there_is_at_its_parent(path: Path, part: Any, expected: str) -> None:
    text = '{"a": [1, 2]}'
    span = json_places(text)(path, part)
    assert text[span.start : span.end] == expected


TOML = """\
table = "user"  # the usual one
"$schema" = 'x'

[[fields]]
name = "a"
  type="int"

[[ fields ]]
name = "b"

[other]
name = 5
"""


@pytest.mark.parametrize(
    ("path", "part", "expected", "line"),
    [
        (("table",), "key", "table", 1),
        (("$schema",), "value", "'x'", 2),
        (("fields", 0), "value", "[[fields]]", 4),
        (("fields", 0, "name"), "value", '"a"', 5),
        (("fields", 0, "type"), "value", '"int"', 6),
        (("fields", 0, "type"), "key", "type", 6),
        (("fields", 1), "value", "[[ fields ]]", 8),
        (("fields", 1, "name"), "value", '"b"', 9),
        (("fields", 1, "type"), "value", "[[ fields ]]", 8),
        (("other",), "key", "other", 11),
        (("other", "name"), "value", "5", 12),
    ],
)
def test_toml(path: Path, part: Any, expected: str, line: int) -> None:
    span = toml_places(TOML)(path, part)
    assert TOML[span.start : span.end] == expected
    assert TOML[: span.start].count("\n") + 1 == line


@given(st.text(), st.lists(st.text() | st.integers(0, 3), max_size=3).map(tuple))
def test_any_text_is_toml_enough(text: str, path: Path) -> None:
    span = toml_places(text)(path, "value")
    assert 0 <= span.start <= span.end <= len(text)
