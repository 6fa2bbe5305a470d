"""The spellings of field types, and the operators of each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.catalog import OPERATORS, TYPES, FieldType, allowed, documented, parse_type

# canonical name -> other spellings of the vendor's pages
SPELLINGS = {
    "string": ["String", "text", " string "],
    "bool": ["boolean"],
    "int": ["integer", "long", "int64"],
    "number": ["float", "double", "Number"],
    "date": ["time", "datetime", "timestamp"],
    "[]string": ["ts[]string", "[] string", "[]text"],
    "[]date": ["[]time", "[]timestamp"],
    "[]int": ["[]integer"],
    "[]value": ["array", "list", "[]"],
    "map[string]int": ["map[string]integer", "MAP[string]INT"],
    "map[string]number": ["map[string]float"],
    "map[string]date": ["map[string]time"],
    "map[string]value": ["object", "map", "map[string]interface{}", "map [ string ] value"],
    "geolocation": ["GeoLocation"],
    "[]timebucket": ["timebucket"],
    "membership": ["Membership"],
}
NO_TYPES = [
    "",
    "strin",
    "string int",
    "[][]string",
    "map[int]string",
    "map[string]",
    "map[string]membership",
    "[]unknown",
    "ts[]membership",
]


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in SPELLINGS.items() for text in texts]
)
def test_a_spelling(name: str, text: str) -> None:
    assert parse_type(text) == TYPES[name]


@pytest.mark.parametrize("name", TYPES)
def test_a_canonical_name_stands_for_itself(name: str) -> None:
    found = parse_type(name)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("text", NO_TYPES)
def test_no_type(text: str) -> None:
    assert parse_type(text) is None


@given(st.text())
def test_any_text_is_a_type_or_none(text: str) -> None:
    found = parse_type(text)
    assert found is None or TYPES[found.name] == found


@pytest.mark.parametrize(
    ("name", "shape", "value"),
    [
        ("int", "scalar", "int"),
        ("[]string", "set", "string"),
        ("map[string]date", "map", "date"),
        ("map[string]value", "map", None),
        ("geolocation", "geolocation", None),
        ("[]timebucket", "timebuckets", None),
        ("flows", "internal", None),
        ("unknown", "unknown", None),
    ],
)
def test_the_parts_of_a_type(name: str, shape: str, value: str | None) -> None:
    assert (TYPES[name].shape, TYPES[name].value) == (shape, value)


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ("[]string", "string"),
        ("map[string]int", "int"),
        ("map[string]value", "unknown"),
        ("string", "unknown"),
        ("membership", "unknown"),
    ],
)
def test_what_is_in_a_set_or_map(name: str, item: str) -> None:
    assert TYPES[name].item == TYPES[item]


@pytest.mark.parametrize(
    ("name", "operators"),
    [
        ("string", "= != CONTAINS LIKE IN EXISTS"),
        ("bool", "= != EXISTS"),
        ("int", "= != > >= < <= BETWEEN EXISTS"),
        ("number", "= != > >= < <= BETWEEN EXISTS"),
        ("date", "> >= < <= BETWEEN EXISTS"),
        ("[]string", "INTERSECTS IN EXISTS"),
        ("[]int", "INTERSECTS IN EXISTS"),
        ("[]date", "> < EXISTS"),
        ("map[string]int", "INTERSECTS IN EXISTS"),
        ("map[string]value", "INTERSECTS IN EXISTS"),
        ("geolocation", ""),
        ("[]timebucket", ""),
        ("embedding", "EXISTS"),
        ("unknown", " ".join(OPERATORS)),
        ("[]value", " ".join(OPERATORS)),
    ],
)
def test_what_the_vendor_documents(name: str, operators: str) -> None:
    assert documented(TYPES[name]) == set(operators.split())


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("string", "INTERSECTS"),
        ("bool", ""),
        ("int", "IN INTERSECTS"),
        ("number", "IN INTERSECTS"),
        ("date", "= !="),
        ("[]string", "CONTAINS LIKE"),
        ("[]number", "CONTAINS LIKE"),
        ("[]date", "= != >= <= IN INTERSECTS"),
        ("map[string]string", ""),
        ("geolocation", "EXISTS"),
        ("[]timebucket", "EXISTS"),
        ("membership", ""),
        ("unknown", ""),
    ],
)
def test_what_works_besides(name: str, more: str) -> None:
    assert allowed(TYPES[name]) - documented(TYPES[name]) == set(more.split())


@pytest.mark.parametrize("type", TYPES.values(), ids=str)
def test_every_type_has_operators_of_the_language(type: FieldType) -> None:
    assert documented(type) <= allowed(type) <= set(OPERATORS)
    assert "EXISTS" in allowed(type)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("int", "number"),
        ("number", "number"),
        ("date", "date"),
        ("[]int", "set"),
        ("map[string]int", "map"),
        ("[]timebucket", "timebuckets"),
        ("geolocation", "geolocation"),
        ("dynamic", "any"),
        ("unknown", "any"),
    ],
)
def test_the_kind_of_an_argument(name: str, kind: str) -> None:
    assert TYPES[name].kind == kind


def test_what_may_have_keys() -> None:
    without = {name for name, type in TYPES.items() if not type.may_have_keys}
    assert without == {name for name, type in TYPES.items() if type.shape in ("scalar", "set")}
