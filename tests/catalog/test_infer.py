"""Catalogs from profiles."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.catalog import TYPES, Field
from segql.catalog.infer import infer

DAY = "2015-04-01"
MOMENT = "2015-04-01T10:00:00Z"


@pytest.mark.parametrize(
    ("values", "type"),
    [
        ([True, False], "bool"),
        ([1, 2], "int"),
        ([1, 2.5], "number"),
        ([2.5], "number"),
        (["a"], "string"),
        ([DAY, MOMENT, "2015-04-01 10:00:00Z"], "date"),
        ([DAY, "a"], "string"),
        ([DAY, ""], "date"),
        (["2015-02-30"], "string"),
        (["1438445529707", "20150401"], "string"),
        (["now-3d"], "string"),
        ([1, "a"], "unknown"),
        ([1, True], "unknown"),
        ([1, DAY], "unknown"),
        ([None, 1], "int"),
        ([None], "unknown"),
        ([""], "unknown"),
        ([["a"], ["b"]], "[]string"),
        ([["a"], []], "[]string"),
        ([[1], [2]], "[]int"),
        ([[1], [2.5]], "[]number"),
        ([[DAY], [MOMENT]], "[]date"),
        ([[True]], "[]bool"),
        ([[]], "[]value"),
        ([[1, "a"]], "[]value"),
        ([[None, 1]], "[]int"),
        ([[["a"]]], "[]value"),
        ([[{"a": 1}]], "[]value"),
        ([{"a": 1}, {"b": 2}], "map[string]int"),
        ([{"a": 1, "b": 2.5}], "map[string]number"),
        ([{"a": "x"}, {}], "map[string]string"),
        ([{"a": DAY}], "map[string]date"),
        ([{"a": True}], "map[string]bool"),
        ([{"a": None, "b": ""}], "map[string]value"),
        ([{}], "map[string]value"),
        ([{"a": 1, "b": "x"}], "map[string]value"),
        ([{"a": [1]}], "map[string]value"),
        (["a", ["a"]], "unknown"),
        ([{"a": 1}, 1], "unknown"),
        (["1.5,2.5"], "string"),
    ],
)
def test_the_type(values: list[Any], type: str) -> None:
    assert infer({"field": value} for value in values) == [Field("field", TYPES[type], keys=())]


@pytest.mark.parametrize(
    ("name", "values", "type"),
    [
        ("geo", ["1.5,2.5", "-45, 170.25"], "geolocation"),
        ("last_location", ["1.5,2.5"], "geolocation"),
        ("geo", ["1.5,2.5", "Rome"], "string"),
        ("geo", [["1.5,2.5"]], "[]string"),
        ("geo", [{"a": "1.5,2.5"}], "map[string]string"),
        ("size", ["1.5,2.5"], "string"),
    ],
)
def test_a_place_only_where_the_name_says_so(name: str, values: list[Any], type: str) -> None:
    (field,) = infer({name: value} for value in values)
    assert field.type == TYPES[type]


def test_fields_are_sorted_and_need_a_name() -> None:
    assert [field.name for field in infer([{"b": 1, "": 1}, {"a": 1, "B": 1}])] == ["B", "a", "b"]


def test_no_profiles() -> None:
    assert infer([]) == []


def test_examples_and_keys() -> None:
    profiles: list[dict[str, Any]] = [
        {
            "city": city,
            "visitct": 5,
            "price": 1.5,
            "tags": ["a", "a", tag],
            "email": "shared",
            "member": True,
            "created": DAY,
            "scores": {"sum": 1, tag: 2, "bob@x.com": 3},
        }
        for city, tag in [("Rome", "x"), ("Rome", "y"), ("Oslo", "y"), ("Oslo", "z"), ("Rome", "z")]
    ]
    fields = {field.name: field for field in infer(profiles)}
    examples = {name: field.examples for name, field in fields.items() if field.examples}
    assert examples == {
        "city": ("Rome", "Oslo"),
        "visitct": ("5",),
        "price": ("1.5",),
        "tags": ("a", "y", "z"),
    }
    assert {name: field.keys for name, field in fields.items() if field.keys} == {
        "scores": ("sum", "y", "z")
    }


def test_values_that_are_about_single_people_are_no_examples() -> None:
    profiles = ({"code": f"code {number // 2}", "tier": "gold"} for number in range(100))
    fields = {field.name: field.examples for field in infer(profiles)}
    assert fields == {"code": ("code 0", "code 1", "code 10", "code 11", "code 12", "code 13",
                               "code 14", "code 15", "code 16", "code 17"),
                      "tier": ("gold",)}  # fmt: skip
    assert infer({"code": f"code {number}"} for number in range(100))[0].examples == ()
    assert infer({"text": "long " * 50} for _ in range(100))[0].examples == ()


def test_frequent_values_are_found_among_very_many() -> None:
    def profiles() -> Iterator[dict[str, Any]]:
        for number in range(30_000):
            yield {"city": "Rome" if number % 2 else f"town {number % 5000}"}

    (field,) = infer(profiles())
    assert field.examples[0] == "Rome"


def test_the_memory_of_a_field_does_not_grow() -> None:
    def profiles(count: int) -> Iterator[dict[str, Any]]:
        for number in range(count):
            text = f"{number}"
            yield {"text": text, "long": text * 20, "set": [text], "map": {text: 1}}

    def peak(count: int) -> int:
        tracemalloc.start()
        infer(profiles(count))
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(10)
    assert peak(30_000) < peak(3_000) * 1.5


PROFILES = st.lists(
    st.dictionaries(
        st.text(max_size=3),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
            max_leaves=4,
        ),
    )
)


@given(PROFILES)
def test_any_profiles(profiles: list[dict[str, Any]]) -> None:
    fields = infer(profiles)
    assert {field.name for field in fields} == {name for p in profiles for name in p if name}
    assert all(field.type in TYPES.values() for field in fields)


@given(PROFILES, st.randoms())
def test_the_order_of_profiles_does_not_matter(profiles: list[dict[str, Any]], chance: Any) -> None:
    turned = list(profiles)
    chance.shuffle(turned)
    assert infer(turned) == infer(profiles)
